"""The verification checklist of a case, made from the form version when verification begins."""

from applications.models import Application, CheckItem

S = CheckItem.Subject


def make(application: Application) -> None:
    """One line for the identity, each section, the project records and each document; safe to call twice."""
    definition = application.form_version.definition
    subjects = [(S.IDENTITY, "")]
    subjects += [(S.SECTION, section["uid"]) for section in definition["sections"]]
    subjects += [(S.PROJECTS, "")]
    subjects += [(S.DOCUMENT, document["uid"]) for document in definition["documents"]]
    CheckItem.objects.bulk_create(
        [
            CheckItem(application=application, subject=subject, target_uid=uid, position=position)
            for position, (subject, uid) in enumerate(subjects)
        ],
        ignore_conflicts=True,
    )

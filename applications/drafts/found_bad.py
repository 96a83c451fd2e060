"""Mails to a company about a document that was found bad before it was handed in.

The page of the documents says it too, but nobody may be looking: files are scanned again each day.
"""

from applications import emails, rounds
from applications.models import Application, Status
from applications.questions import versions
from portal import addresses
from portal.files.models import StoredFile
from portal.mail import kinds, outbox
from portal.texts import localized

FOUND_BAD = "application.file_found_bad"
BAD = (StoredFile.State.INFECTED, StoredFile.State.REJECTED)
REPLACED_IN = {Status.DRAFT, Status.CLARIFICATION_REQUESTED}


def register() -> None:
    kinds.register(kinds.Kind(FOUND_BAD, still_due=_can_be_replaced, links=_documents_link))


def tell(application: Application, stored: StoredFile) -> bool:
    """Queue the mail to everybody who can replace the file; False where it takes no changes any more."""
    if not _takes_changes(application):
        return False
    requirement = versions.requirement_of(application.form_version.definition, stored.slot)
    for user in emails.who_may_act(application.provider_id):
        outbox.put(
            FOUND_BAD,
            key=f"application-bad-file:{stored.uuid}:{user.uuid}",
            to=user.email,
            language=user.language,
            template="applications/emails/file_found_bad",
            context={
                "person": user,
                "application": application,
                "provider": application.provider,
                "round_name": localized(application.round, "name", user.language),
                "place": localized(requirement, "name", user.language) if requirement else "",
                "deadline": application.clarification_due_at
                or rounds.deadline(application.round, application),
            },
            about=stored.uuid,
        )
    return True


def _takes_changes(application):
    if application.status != Status.DRAFT:
        return application.status in REPLACED_IN
    return rounds.is_open(application.round, application, now=rounds.database_now())


def _application_of(stored):
    applications = Application.objects.select_related("round", "provider")
    return applications.filter(uuid=stored.owner_uuid).first()


def _can_be_replaced(message):
    stored = StoredFile.objects.filter(uuid=message.about, state__in=BAD, set_aside_at=None).first()
    application = stored and _application_of(stored)
    return bool(
        application
        and _takes_changes(application)
        and emails.who_may_act(application.provider_id).filter(email=message.to).exists()
    )


def _documents_link(message):
    stored = StoredFile.objects.get(uuid=message.about)
    page = addresses.page_in(message.language, "applications:documents", stored.owner_uuid)
    return {"documents": page}

"""What of applications is one person's: what that person saved, signed and asked."""

from django.utils.translation import gettext_lazy as _

from applications.models import (
    AnswerRevision,
    CaseCopy,
    ClarificationTarget,
    ProjectImport,
    ProjectRevision,
    Submission,
    ThreadMessage,
)
from portal.accounts import personal_data
from portal.files import making


def register() -> None:
    personal_data.register(
        personal_data.Part("drafts", _("What you saved in drafts"), _saved, forget=_forget_copies)
    )
    personal_data.register(personal_data.Part("submissions", _("What you submitted"), _submitted))
    personal_data.register(personal_data.Part("messages", _("What you wrote to the Secretariat"), _asked))


def _saved(user):
    answers = AnswerRevision.objects.filter(changed_by=user).order_by("pk").select_related("application")
    for row in answers.iterator(chunk_size=200):
        yield _row(row, section=row.section_uid)
    projects = ProjectRevision.objects.filter(changed_by=user).order_by("pk").select_related("application")
    for row in projects.iterator(chunk_size=200):
        yield _row(row, project=str(row.project_uuid))
    for held in ProjectImport.objects.filter(user=user):
        yield {"uploaded_table": held.file_name, "at": held.created_at, "rows": held.content["rows"]}


def _row(row, **place):
    return {
        "application": row.application.reference or str(row.application.uuid),
        **place,
        "saved": row.changed_at,
        "answers": row.data,
    }


def _submitted(user):
    for each in Submission.objects.filter(submitted_by=user).select_related("application"):
        yield {
            "application": each.application.reference,
            "submission": each.number,
            "submitted": each.submitted_at,
            "signed_by": [each.signer_name, each.signer_role],
            "sha256": each.sha256,
        }


def _asked(user):
    for message in ThreadMessage.objects.filter(author=user).select_related("thread__application"):
        yield {
            "application": str(message.thread.application.uuid),
            "written": message.written_at,
            "text": message.text,
        }

    for target in ClarificationTarget.objects.filter(replied_by=user).select_related("request__application"):
        yield {
            "application": target.request.application.reference,
            "written": target.replied_at,
            "text": target.reply,
        }


def _forget_copies(user):
    """PDFs of cases that somebody of the office ordered: their rows go with the account, their bytes here."""
    for copy in CaseCopy.objects.filter(ordered_by=user).select_related("file"):
        making.forget(copy)

"""PDF copies of receipts: made by the worker in three languages, kept in the private store like any file."""

from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from applications.clarifications import reading as clarification_reading
from applications.models import Submission, SubmissionCopy
from applications.submissions import presenting
from portal import pdf
from portal.files import intake
from portal.files.models import StoredFile
from portal.files.policy import SlotPolicy
from portal.languages import lang_tag

OWNER_KIND = "submission"


def order(submission: Submission) -> None:
    """Put the making of the copies into the queue, in the transaction of the submission."""
    make_copies.enqueue(str(submission.uuid))


def copy_for(submission: Submission, language: str) -> SubmissionCopy | None:
    """The copy in this language if it can be downloaded already."""
    return submission.copies.select_related("file").filter(language=language, file__state="clean").first()


@task()
def make_copies(submission_uuid: str) -> int:
    """Make the copies that are missing and return their number. Safe to run twice.

    Raises Refused where the store is away: the task is tried again later.
    """
    if not pdf.is_available():
        return 0
    submission = (
        Submission.objects.select_related("application__round", "application__provider", "form_version")
        .filter(uuid=UUID(submission_uuid))
        .first()
    )
    if submission is None:
        return 0
    made = set(submission.copies.values_list("language", flat=True))
    missing = [language for language, _name in settings.LANGUAGES if language not in made]
    return sum(_make(submission, language) for language in missing)


def _make(submission, language):
    place = {"owner_kind": OWNER_KIND, "owner_uuid": submission.uuid, "slot": f"copy-{language}"}
    # There already where the task before this one was killed at its last step.
    stored = StoredFile.objects.filter(**place).first()
    if stored is None:
        with translation.override(language):
            content = pdf.make(_html(submission, language))
            name = f"{submission.application.reference}-{submission.number}-{lang_tag(language)}.pdf"
        upload = ContentFile(content, name=name)
        stored = intake.receive(upload, **place, policy=SlotPolicy(types=("pdf",)), user=None)
    SubmissionCopy.objects.create(submission=submission, language=language, file=stored)
    return 1


def _html(submission, language):
    content, definition = submission.content, submission.form_version.definition
    context = {
        "lang": lang_tag(language),
        "submission": submission,
        "application": submission.application,
        "round": submission.application.round,
        "identity": presenting.identity_rows(content["identity"]),
        "parts": presenting.parts(definition, content["answers"]),
        "project_parts": presenting.project_parts(content["projects"]),
        "replies": clarification_reading.replies(submission),
        "document_parts": presenting.document_parts(definition, content["files"]),
    }
    return render_to_string("applications/receipt_copy.html", context)

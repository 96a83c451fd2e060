"""A file that turns out bad: the company is told, and of one that was handed in its slot is asked about.

The verdict comes inside the transaction that judges the file and holds its row. Whoever changes documents
locks the application first and the file second, so the application is locked in a task of its own.
"""

from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django_tasks import task

from applications import rounds
from applications.clarifications import clarifying, reopening
from applications.clarifications import mail as clarification_mail
from applications.clarifications.clarifying import Asked
from applications.clarifications.reopening import Kind
from applications.drafts import found_bad
from applications.models import Application, Status
from applications.submissions.contents import OWNER_KIND, USABLE
from portal import addresses
from portal.files.models import StoredFile
from portal.mail import kinds, outbox

log = structlog.get_logger(__name__)
FOUND_BAD = "case.file_found_bad"
ASKED_IN = {Status.SUBMITTED, Status.IN_VERIFICATION}
# From here no clarification is possible; an officer has to decide.
TOLD_IN = {Status.IN_ASSESSMENT, Status.PUBLIC_NOTICE, Status.COMMENDED}


def register() -> None:
    kinds.register(kinds.Kind(FOUND_BAD, links=_case_link))


def follow_up(stored: StoredFile) -> None:
    """To be told by portal.files.verdicts."""
    if stored.owner_kind == OWNER_KIND:
        ask_about.enqueue(str(stored.uuid))


@task()
def ask_about(file_uuid: str) -> str:
    """Open a clarification about the file's slot, or add the slot to the open one. Safe to run twice."""
    stored = StoredFile.objects.filter(uuid=UUID(file_uuid)).first()
    if stored is None or stored.state in USABLE:
        return "gone"
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",), no_key=True)
            .select_related("round", "provider", "form_version", "assignee")
            .filter(uuid=stored.owner_uuid)
            .first()
        )
        if application is None or stored.set_aside_at:
            return "gone"
        if application.status == Status.DRAFT or not _was_handed_in(application, stored):
            return "company told" if found_bad.tell(application, stored) else "not open"
        return _act(application, stored)


def _act(application, stored):
    due_at = clarifying.default_due(rounds.database_now())
    names = _bad_names(application, stored.slot)
    if application.status in ASKED_IN:
        asked = [Asked(Kind.DOCUMENT, stored.slot, "\n".join(names))]
        clarifying.ask(application, officer=None, due_at=due_at, asked=asked, key=uuid4())
        return "asked"
    if application.status == Status.CLARIFICATION_REQUESTED:
        opening = reopening.of(application)
        added = clarifying.add_automatically(opening, slot=stored.slot, names=names, due_at=due_at)
        return "added" if added else "asked already"
    if application.status in TOLD_IN:
        _tell_office(application, stored)
        return "told"
    return "not open"


def _was_handed_in(application, stored):
    """In the newest submission; not replaced since by an answer that is on its way."""
    newest = application.submissions.order_by("-number").first()
    return newest is not None and any(each["uuid"] == str(stored.uuid) for each in newest.content["files"])


def _bad_names(application, slot):
    files = StoredFile.objects.filter(owner_kind=OWNER_KIND, owner_uuid=application.uuid, slot=slot)
    bad = files.filter(state__in=[StoredFile.State.INFECTED, StoredFile.State.REJECTED], set_aside_at=None)
    return list(bad.order_by("id").values_list("original_name", flat=True))


def _tell_office(application, stored):
    log.warning("bad_file_after_verification", application=str(application.uuid), file=str(stored.uuid))
    for user in clarification_mail.officers_of(application):
        outbox.put(
            FOUND_BAD,
            key=f"case-bad-file:{stored.uuid}:{user.uuid}",
            to=user.email,
            language=user.language,
            template="applications/emails/office_file_found_bad",
            context={"application": application, "provider": application.provider, "person": user},
            about=application.uuid,
        )


def _case_link(message):
    return {"case": addresses.page_in(message.language, "cases:documents", message.about)}

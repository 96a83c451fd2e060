"""Clarifications: the only writer of requests, targets and replies. applications.workflow moves the status.

Every function locks the application first: an answer, the clock and an officer come one after another.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds, workflow
from applications.clarifications import mail as clarification_mail
from applications.clarifications import reopening
from applications.clarifications.answering import Answer
from applications.clarifications.reopening import Kind, Opening
from applications.drafts import drafting, projects
from applications.errors import (
    ApplicationError,
    Incomplete,
    InvalidTransition,
    RoundClosed,
    StaleVersion,
)
from applications.models import (
    Application,
    ClarificationExtension,
    ClarificationRequest,
    ClarificationTarget,
    Status,
    Submission,
)
from applications.submissions.contents import Contents
from portal import dates
from portal.audit import trail

log = structlog.get_logger(__name__)
State = ClarificationRequest.State
WEEKDAYS_TO_ANSWER = 10
CLOSES_AT = time(18)
NOT_OPEN = {
    State.ANSWERED: _("The clarification was handed in already. What was received stands."),
    State.TIMED_OUT: _(
        "The time to answer is over, so nothing was handed in. What you typed is kept. "
        "You can ask the Secretariat for more time."
    ),
    State.CANCELLED: _("The Secretariat does not need this clarification any more. Nothing was handed in."),
}
# What is typed on a page that is late is in no row; the page shows it to be copied.
NOT_SAVED = NOT_OPEN | {State.TIMED_OUT: drafting.ANSWER_TIME_OVER}

ASKED_ANEW = _(
    "The Secretariat has asked anew since you opened this page, so nothing was saved. "
    "Copy what you typed to the question it answers."
)


@dataclass(frozen=True)
class Asked:
    """One place and the question about it."""

    kind: str
    uid: str
    comment: str


def default_due(now: datetime, *, weekdays: int = WEEKDAYS_TO_ANSWER) -> datetime:
    """The end of office hours some weekdays from `now`. Public holidays are not left out."""
    day = dates.local(now).date()
    while weekdays:
        day += timedelta(days=1)
        weekdays -= day.weekday() < 5
    return end_of(day)


def end_of(day) -> datetime:
    """When a day to answer by ends."""
    return datetime.combine(day, CLOSES_AT, tzinfo=dates.HONG_KONG)


def askable(submission: Submission) -> set[tuple[str, str]]:
    """Every (kind, uid) that a clarification about this submission may name."""
    definition = submission.form_version.definition
    found = {(Kind.COMPANY, ""), (Kind.PROJECTS, "")}
    found |= {(Kind.PROJECT, each["uuid"]) for each in submission.content["projects"]}
    found |= {(Kind.DOCUMENT, each["uid"]) for each in definition["documents"]}
    for section in definition["sections"]:
        found.add((Kind.SECTION, section["uid"]))
        found |= {(Kind.QUESTION, each["key"]) for each in section["questions"]}
    return found


@transaction.atomic
def ask(
    application: Application,
    *,
    officer,
    due_at: datetime,
    asked: list[Asked],
    key: UUID,
    message: str = "",
) -> ClarificationRequest:
    """Ask the applicant about `asked` until `due_at`. The same `key` again returns the same request.

    Raises InvalidTransition, also where a place is not part of what was handed in.
    """
    _lock(application)
    earlier = application.clarifications.filter(uuid=key).first()
    if earlier:
        return earlier
    newest = _newest(application)
    now = rounds.database_now()
    if not asked or not {(each.kind, each.uid) for each in asked} <= askable(newest):
        raise InvalidTransition(_("Choose places of this application to ask about."))
    if due_at <= now:
        raise InvalidTransition(_("Choose a time to answer by that is still to come."))
    before = workflow.request_clarification(application, officer=officer, due_at=due_at)
    request = ClarificationRequest.objects.create(
        uuid=key,
        application=application,
        asked_from=before,
        message=message,
        due_at=due_at,
        requested_by=officer,
    )
    ClarificationTarget.objects.bulk_create(
        ClarificationTarget(
            request=request,
            kind=each.kind,
            uid=each.uid,
            comment=each.comment,
            position=position,
            is_automatic=officer is None,
        )
        for position, each in enumerate(asked)
    )
    projects.bring_back(application, _asked_projects(asked, newest), now=now)
    clarification_mail.tell_company(request, "requested")
    return request


@transaction.atomic
def add_automatically(opening: Opening, *, slot: str, names: list[str], due_at: datetime) -> bool:
    """Add a document slot with bad files to an open clarification; False where it is in it already."""
    request = opening.request
    if opening.has_document(slot):
        return False
    ClarificationTarget.objects.create(
        request=request,
        kind=Kind.DOCUMENT,
        uid=slot,
        comment="\n".join(names),
        position=len(opening.targets),
        is_automatic=True,
    )
    trail.record(
        "application.clarification_widened",
        obj_kind="application",
        obj_uuid=request.application.uuid,
        changed=["documents"],
    )
    if due_at > request.due_at:
        _set_due(request, due_at)
    clarification_mail.tell_company(request, "widened", number=len(opening.targets))
    return True


@transaction.atomic
def extend(
    request: ClarificationRequest, *, officer, due_at: datetime, reason: str
) -> ClarificationExtension:
    """Give the company until `due_at`. Raises InvalidTransition; the same time again changes nothing."""
    opening = _opening_of(request)
    same = request.extensions.filter(due_at=due_at).first()
    if same and opening.request.due_at == due_at:
        return same
    if due_at <= max(opening.request.due_at, rounds.database_now()):
        raise InvalidTransition(_("Choose a day after the one that holds now."))
    extension = ClarificationExtension.objects.create(
        request=request,
        previous_due_at=opening.request.due_at,
        due_at=due_at,
        reason=reason,
        granted_by=officer,
    )
    _set_due(opening.request, due_at)
    request.due_at = due_at
    trail.record(
        "application.clarification_extended",
        obj_kind="application",
        obj_uuid=request.application.uuid,
        actor=officer,
        changed=["clarification_due_at"],
    )
    clarification_mail.tell_company(opening.request, "extended", number=extension.pk)
    return extension


@transaction.atomic
def cancel(request: ClarificationRequest, *, officer, reason: str) -> None:
    """Drop the question; what the company had begun is not handed in. Raises InvalidTransition."""
    opening = _opening_of(request)
    _settle(opening.request, State.CANCELLED, actor=officer, reason=reason)
    clarification_mail.tell_company(opening.request, "cancelled")


@transaction.atomic
def save_replies(application: Application, replies: dict[int, str], *, base_version: int, member) -> Opening:
    """Keep replies as typed, by target id; ids that were never of this application are passed over.

    `base_version` is the version of all replies that the page was made from (`replies_version`). The same
    texts again are no conflict. Raises StaleVersion (with the opening as it stands), InvalidTransition (also
    for replies to an earlier request) or RoundClosed; nothing is saved then.
    """
    opening = _open(application, NOT_SAVED)
    if unsaved(opening, replies):
        raise InvalidTransition(ASKED_ANEW)
    now = rounds.database_now()
    if not reopening.is_in_time(opening.request, now=now):
        raise RoundClosed(NOT_SAVED[State.TIMED_OUT])
    changed = [each for each in opening.targets if replies.get(each.pk, each.reply) != each.reply]
    if changed and base_version != opening.replies_version:
        raise StaleVersion(_("Somebody changed a reply after you opened this page."), current=opening)
    for target in changed:
        target.reply, target.reply_version = replies[target.pk], target.reply_version + 1
        target.replied_by, target.replied_at = member.user, now
    ClarificationTarget.objects.bulk_update(changed, ["reply", "reply_version", "replied_by", "replied_at"])
    return opening


def unsaved(opening: Opening, replies: dict[int, str]) -> list[str]:
    """The texts among `replies` that answer an earlier request of the same application and are in no row."""
    asked_now = {each.pk for each in opening.targets}
    others = {pk: text for pk, text in replies.items() if pk not in asked_now and text.strip()}
    if not others:
        return []
    application = opening.request.application
    earlier = ClarificationTarget.objects.filter(request__application=application, pk__in=others)
    return [others[each.pk] for each in earlier if others[each.pk] != each.reply]


def answer_of(opening: Opening) -> Answer:
    application = opening.request.application
    return Answer(opening, Contents(application), _newest(application))


@transaction.atomic
def hand_in(application: Application, *, member, review, declaration) -> Submission:
    """Freeze the answer as the next submission; the same `review.key` again returns it.

    Raises KeyReused, InvalidTransition, RoundClosed (too late, and the page was not issued in time),
    StaleVersion or Incomplete (also where no question at all was answered).
    """
    _lock(application)
    earlier = workflow.by_key(application, review.key, declaration)
    if earlier:
        return earlier
    opening = _open(application)
    request, now = opening.request, rounds.database_now()
    if not reopening.is_in_time(request, now=now, begun_at=review.issued_at):
        raise RoundClosed(NOT_OPEN[State.TIMED_OUT])
    answer = answer_of(opening)
    _demand_complete(answer, review)
    submission = workflow.receive_clarification(
        application,
        content=answer.signed(declaration),
        member=member,
        review=review,
        in_grace=now > request.due_at,
        back_to=Status(request.asked_from),
    )
    for target in opening.targets:
        target.was_answered = answer.is_answered(target)
    ClarificationTarget.objects.bulk_update(opening.targets, ["was_answered"])
    request.state, request.settled_at, request.answer = State.ANSWERED, now, submission
    request.save(update_fields=["state", "settled_at", "answer"])
    clarification_mail.put_receipt(submission, request)
    clarification_mail.tell_office(request, "answered")
    return submission


def _demand_complete(answer, review):
    if answer.fingerprint != review.fingerprint:
        raise StaleVersion(_("Somebody changed the answer after you opened this page. Check it once more."))
    if len(answer.unanswered()) == len(answer.opening.targets):
        raise Incomplete(_("Answer at least one question: change what was asked about or write a reply."), [])
    gaps = answer.gaps()
    if gaps:
        raise Incomplete(_("Something has to be put right before you can hand in."), gaps)


def time_out_overdue() -> int:
    """Clock job: give up waiting for answers whose time and minutes of grace are over."""
    now = rounds.database_now()
    late = ClarificationRequest.objects.filter(state=State.OPEN, due_at__lt=now)
    overdue = [
        each
        for each in late.select_related("application__round")
        if each.due_at + reopening.grace(each.application.round) < now
    ]
    return sum(_time_out(each) for each in overdue)


@transaction.atomic
def _time_out(request):
    try:
        opening = _opening_of(request)
    except ApplicationError:
        return False  # answered or cancelled in the same moment
    # It may have been extended since it was listed.
    if opening.request.due_at != request.due_at:
        return False
    _settle(opening.request, State.TIMED_OUT)
    clarification_mail.tell_company(opening.request, "timed_out")
    clarification_mail.tell_office(opening.request, "timed_out")
    log.info("clarification_timed_out", application=str(request.application.uuid))
    return True


def _settle(request, state, *, actor=None, reason=""):
    workflow.settle_clarification(
        request.application, as_state=state, back_to=Status(request.asked_from), actor=actor
    )
    request.state, request.settled_at, request.settled_reason = state, rounds.database_now(), reason
    request.save(update_fields=["state", "settled_at", "settled_reason"])


def _set_due(request, due_at):
    request.due_at = due_at
    request.save(update_fields=["due_at"])
    request.application.clarification_due_at = due_at
    request.application.save(update_fields=["clarification_due_at"])


def _lock(application):
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    application.refresh_from_db(from_queryset=rows.select_related("round", "provider", "form_version"))


def _open(application, reasons=NOT_OPEN):
    """Lock, and what is open then. Raises InvalidTransition with the reason why nothing is."""
    _lock(application)
    opening = reopening.of(application)
    if opening is None:
        newest = application.clarifications.first()
        raise InvalidTransition(reasons[newest.state] if newest else workflow.SENTENCES[Status.SUBMITTED])
    return opening


def _opening_of(request):
    opening = _open(request.application)
    if opening.request.pk != request.pk:
        raise InvalidTransition(_("This clarification is not open any more."))
    return opening


def _newest(application):
    return application.submissions.select_related("form_version").latest("number")


def _asked_projects(asked, submission):
    uids = {each.uid for each in asked if each.kind == Kind.PROJECT}
    whole = any(each.kind == Kind.PROJECTS for each in asked)
    return [each for each in submission.content["projects"] if whole or each["uuid"] in uids]

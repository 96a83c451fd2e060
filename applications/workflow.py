"""The only writer of an application's status. The map says which moves there are; each move is an event.

Functions trust the caller on *who* (applications.permissions) and decide themselves *when*.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from applications import emails, rounds
from applications.desk import checklist, notes
from applications.drafts import completeness
from applications.errors import (
    Incomplete,
    InvalidTransition,
    KeyReused,
    RoundClosed,
    StaleVersion,
    Unsettled,
)
from applications.models import (
    Application,
    ClarificationRequest,
    ReferenceSequence,
    Round,
    Status,
    Submission,
)
from applications.questions import versions
from applications.submissions import contents, receipts
from applications.submissions.submission import Declaration, Review
from portal.audit import trail
from portal.files import intake

S = Status
MOVES: dict[Status, frozenset[Status]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    # To clarification from here by the portal alone, about a bad file; and back, so that it still waits
    # for an officer.
    S.SUBMITTED: frozenset({S.DRAFT, S.IN_VERIFICATION, S.CLARIFICATION_REQUESTED, S.WITHDRAWN}),
    S.IN_VERIFICATION: frozenset({S.CLARIFICATION_REQUESTED, S.IN_ASSESSMENT, S.INELIGIBLE, S.WITHDRAWN}),
    S.CLARIFICATION_REQUESTED: frozenset({S.SUBMITTED, S.IN_VERIFICATION, S.WITHDRAWN}),
    S.IN_ASSESSMENT: frozenset({S.IN_VERIFICATION, S.PUBLIC_NOTICE, S.NOT_COMMENDED, S.WITHDRAWN}),
    S.PUBLIC_NOTICE: frozenset({S.COMMENDED, S.IN_ASSESSMENT, S.WITHDRAWN}),
    S.COMMENDED: frozenset(),
    S.NOT_COMMENDED: frozenset(),
    S.INELIGIBLE: frozenset(),
    S.WITHDRAWN: frozenset(),
}
SENTENCES = {
    S.SUBMITTED: _("This application was submitted already."),
    S.DRAFT: _(
        "The application can no longer be taken back, because checking has begun or the round is closed."
    ),
    S.IN_VERIFICATION: _("This case cannot go into verification now: its status changed in the meantime."),
    S.CLARIFICATION_REQUESTED: _("Clarification can only be asked for while a case is in verification."),
    S.IN_ASSESSMENT: _("Only a case in verification can go to assessment."),
    S.INELIGIBLE: _("Only a case in verification can be found ineligible."),
    S.WITHDRAWN: _("This application cannot be withdrawn now."),
    S.PUBLIC_NOTICE: _("Only a case in assessment can go on public notice."),
    S.NOT_COMMENDED: _("Only a case in assessment can be decided."),
    S.COMMENDED: _("Only a case on public notice can be commended."),
}
ENDED_CASE = _("This case has ended. Nobody has to be given it any more.")


def can_move(application: Application, to: Status) -> bool:
    return to in MOVES[Status(application.status)]


@transaction.atomic
def start(round: Round, *, member) -> Application:
    """Begin a draft for the member's company; the draft or application that is there already is returned.

    Raises RoundClosed. One application per provider and round that is not withdrawn.
    """
    existing = _existing(round, member.provider)
    if existing:
        return existing
    if not rounds.is_open(round, now=rounds.database_now()):
        raise RoundClosed(_("This round does not take applications now."))
    try:
        with transaction.atomic():
            application = Application.objects.create(
                round=round,
                provider=member.provider,
                form_version=versions.current(round, actor=member.user),
                created_by=member.user,
            )
    except IntegrityError:
        # A colleague pressed the same button in the same moment.
        return _existing(round, member.provider)
    _record("application.started", application, member.user, to_state=S.DRAFT)
    return application


def _existing(round, provider):
    return Application.objects.filter(round=round, provider=provider).exclude(status=S.WITHDRAWN).first()


@transaction.atomic
def submit(application: Application, *, member, review: Review, declaration: Declaration) -> Submission:
    """Freeze the contents, number the application and write its receipt, all in one transaction.

    The same `review.key` again returns the same submission. Raises KeyReused, InvalidTransition, RoundClosed,
    StaleVersion (something changed after the review page was shown) or Incomplete.
    """
    _lock(application)
    earlier = by_key(application, review.key, declaration)
    if earlier:
        return earlier
    _demand(application, S.SUBMITTED, {S.DRAFT})
    now = rounds.database_now()
    in_grace = _demand_in_time(application, now, review.issued_at)
    held = contents.Contents(application)
    if held.fingerprint != review.fingerprint:
        raise StaleVersion(
            _("Somebody changed the application after you opened this page. Check it once more.")
        )
    gaps = completeness.missing(held)
    if gaps:
        raise Incomplete(_("The application is not complete yet."), gaps)
    submission = _freeze(
        application, held.signed(declaration), Submission.Cause.APPLICATION, member, review, now, in_grace
    )
    _move(
        application,
        S.SUBMITTED,
        verb="application.submitted",
        actor=member.user,
        at=now,
        hashes={"submission": submission.sha256},
        reference=application.reference or _next_reference(application.round),
        revision=submission.number,
        submitted_at=now,
        received_in_grace=in_grace,
    )
    emails.put_receipt(submission)
    receipts.order(submission)
    return submission


def by_key(application, key, declaration) -> Submission | None:
    """What this key handed in already. Raises KeyReused where it came with another signature."""
    earlier = Submission.objects.filter(key=key, application=application).first()
    if earlier and (earlier.signer_name, earlier.signer_role) != (
        declaration.signer_name,
        declaration.signer_role,
    ):
        raise KeyReused(
            _("This application was received already with another signature. The first one stands.")
        )
    return earlier


def _demand_in_time(application, now, issued_at):
    """True where it is received in the minutes of grace; raises RoundClosed where it is too late."""
    if rounds.is_open(application.round, application, now=now):
        return False
    if rounds.is_in_grace(application.round, application, now=now, begun_at=issued_at):
        return True
    raise RoundClosed(_("The round is closed. The application was not submitted; it stays readable here."))


def _freeze(application, content, cause, member, review, now, in_grace):
    return Submission.objects.create(
        application=application,
        number=application.revision + 1,
        cause=cause,
        form_version=application.form_version,
        key=review.key,
        content=content,
        sha256=versions.digest(content),
        signer_name=content["declaration"]["signer_name"],
        signer_role=content["declaration"]["signer_role"],
        submitted_by=member.user,
        submitted_at=now,
        received_in_grace=in_grace,
    )


def _next_reference(round):
    """The round's next number, for example DEMO-TS-0007. The row is locked until the transaction ends."""
    ReferenceSequence.objects.get_or_create(round=round)
    sequence = ReferenceSequence.objects.select_for_update(no_key=True).get(round=round)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return f"{round.reference_prefix}{sequence.last:04d}"


@transaction.atomic
def take_back(application: Application, *, member) -> None:
    """Back to draft while the round is open and nobody has begun to check; the reference is kept."""
    _lock(application)
    _demand(application, S.DRAFT)
    if not rounds.is_open(application.round, application, now=rounds.database_now()):
        raise InvalidTransition(SENTENCES[S.DRAFT])
    newest = versions.current(application.round, actor=member.user)
    _move(application, S.DRAFT, verb="application.taken_back", actor=member.user, form_version=newest)
    emails.put_to_company(application, "taken_back", event_number=application.revision)


@transaction.atomic
def withdraw(application: Application, *, member) -> None:
    """End the application for good at the applicant's wish; the company may start another one."""
    _move(
        application, S.WITHDRAWN, verb="application.withdrawn", actor=member.user, clarification_due_at=None
    )
    application.clarifications.filter(state=ClarificationRequest.State.OPEN).update(
        state=ClarificationRequest.State.CANCELLED, settled_at=rounds.database_now()
    )
    emails.put_to_company(application, "withdrawn", event_number=application.revision)
    emails.put_to_officer(application)


@transaction.atomic
def delete_draft(application: Application, *, member) -> None:
    """Delete a draft that was never submitted, with its answers; uploads become tombstones."""
    _lock(application)
    if application.status != S.DRAFT or application.revision:
        raise InvalidTransition(_("Only a draft that was never submitted can be deleted."))
    for stored in contents.files_of(application):
        intake.remove(stored, user=member.user)
    _record("application.deleted", application, member.user, from_state=S.DRAFT)
    application.delete()


@transaction.atomic
def start_verification(application: Application, *, officer) -> None:
    """Take the case up: make its checklist; the provider is told exactly once, if this commits."""
    _move(
        application,
        S.IN_VERIFICATION,
        verb="application.verification_started",
        actor=officer,
        allowed_from={S.SUBMITTED},
        assignee=application.assignee or officer,
    )
    checklist.make(application)
    emails.put_to_company(application, "being_checked", event_number=application.revision)


@transaction.atomic
def request_clarification(application: Application, *, officer, due_at: datetime) -> Status:
    """Wait for the applicant until `due_at`; returns where the case stood. The request itself, and all else
    about it, is written by applications.clarifications.clarifying.

    The portal itself (no officer) may ask about a case that nobody has taken up.
    """
    _lock(application)
    before = Status(application.status)
    _move(
        application,
        S.CLARIFICATION_REQUESTED,
        verb="application.clarification_requested",
        actor=officer,
        allowed_from={S.IN_VERIFICATION} if officer else {S.SUBMITTED, S.IN_VERIFICATION},
        clarification_due_at=due_at,
    )
    return before


@transaction.atomic
def settle_clarification(
    application: Application, *, as_state: str, back_to: Status = S.IN_VERIFICATION, actor=None
) -> None:
    """Stop waiting: cancelled, or timed out (no actor). The case goes back to where it was asked from."""
    _move(
        application,
        back_to,
        verb=f"application.clarification_{as_state}",
        actor=actor,
        allowed_from={S.CLARIFICATION_REQUESTED},
        clarification_due_at=None,
    )


@transaction.atomic
def receive_clarification(
    application: Application, *, content: dict, member, review: Review, in_grace: bool, back_to: Status
) -> Submission:
    """Freeze the signed content as the next submission; what was received before is kept."""
    _lock(application)
    _demand(application, back_to, {S.CLARIFICATION_REQUESTED})
    now = rounds.database_now()
    cause = Submission.Cause.CLARIFICATION
    submission = _freeze(application, content, cause, member, review, now, in_grace)
    _move(
        application,
        back_to,
        verb="application.clarification_answered",
        actor=member.user,
        at=now,
        hashes={"submission": submission.sha256},
        revision=submission.number,
        clarification_due_at=None,
    )
    receipts.order(submission)
    return submission


@transaction.atomic
def send_to_assessment(application: Application, *, officer, reason: str = "") -> None:
    """End the verification. Raises Unsettled where the checklist is not in order and no reason is given.

    The reason stays as an internal note.
    """
    _lock(application)
    _demand(application, S.IN_ASSESSMENT, {S.IN_VERIFICATION})
    if not reason and checklist.unsettled(application):
        raise Unsettled(
            _("The checklist is not settled. Finish it, or say why the case goes to assessment all the same.")
        )
    if reason:
        notes.write(application, author=officer, text=reason)
    _move(
        application,
        S.IN_ASSESSMENT,
        verb="application.sent_to_assessment",
        actor=officer,
        allowed_from={S.IN_VERIFICATION},
    )


@transaction.atomic
def return_to_verification(application: Application, *, officer, reason: str = "") -> None:
    """Take a case back from assessment; the reason stays as an internal note."""
    _lock(application)
    _demand(application, S.IN_VERIFICATION, {S.IN_ASSESSMENT})
    if reason:
        notes.write(application, author=officer, text=reason)
    _move(
        application,
        S.IN_VERIFICATION,
        verb="application.returned_to_verification",
        actor=officer,
        allowed_from={S.IN_ASSESSMENT},
    )


@transaction.atomic
def find_ineligible(application: Application, *, officer, reason: str) -> None:
    """End the case because a condition of the round is not met; the reason stays as an internal note."""
    _lock(application)
    _demand(application, S.INELIGIBLE)
    notes.write(application, author=officer, text=reason)
    _move(application, S.INELIGIBLE, verb="application.found_ineligible", actor=officer)
    emails.put_to_company(application, "ineligible", event_number=application.revision, message=reason)


@transaction.atomic
def assign(application: Application, *, officer, assignee) -> None:
    """Give a case that goes on to an officer, or to nobody. Not a move; the event names both by uuid."""
    _lock(application)
    if application.has_ended:
        raise InvalidTransition(ENDED_CASE)
    before, application.assignee = application.assignee, assignee
    application.save(update_fields=["assignee"])
    _record(
        "application.assigned",
        application,
        officer,
        from_state=str(before.uuid) if before else "",
        to_state=str(assignee.uuid) if assignee else "",
        changed=["assignee"],
    )


def _lock(application):
    """Lock the row and read it again into the same object, with what every move needs."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    try:
        application.refresh_from_db(from_queryset=rows.select_related("round", "provider", "form_version"))
    except Application.DoesNotExist:
        raise InvalidTransition(_("This draft was deleted in the meantime.")) from None


def _demand(application, to, allowed_from=None):
    status = Status(application.status)
    if to not in MOVES[status] or (allowed_from and status not in allowed_from):
        raise InvalidTransition(SENTENCES[to])


def _move(application, to, *, verb, actor, at=None, allowed_from=None, hashes=None, **fields):
    """The single writer of `status`: lock, ask the map, save named fields, write the event."""
    _lock(application)
    _demand(application, to, allowed_from)
    before = application.status
    fields |= {"status": to, "status_changed_at": at or rounds.database_now()}
    for name, value in fields.items():
        setattr(application, name, value)
    application.save(update_fields=list(fields))
    _record(verb, application, actor, from_state=before, to_state=to, hashes=hashes)


def _record(verb, application, actor, **details):
    trail.record(verb, obj_kind="application", obj_uuid=application.uuid, actor=actor, **details)

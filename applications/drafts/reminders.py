"""Mails about drafts that nobody has submitted: some days before closing, and once after it.

By the clock, hourly. A key for each step, deadline and person makes every run after the first do nothing; a
deadline that moves has keys of its own, and what was written for the old one is no longer due.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import translation

from applications import emails, rounds
from applications.drafts import completeness
from applications.models import Application, Extension, Round, Status
from applications.submissions import contents
from portal import clock
from portal.mail import kinds, outbox
from portal.mail.models import Message
from portal.texts import localized

REMINDER, NOT_SUBMITTED = "application.reminder", "application.not_submitted"
DAYS_BEFORE = (14, 3, 1)
# The mail after closing is of no use to anybody later than this.
TOLD_WITHIN = timedelta(days=14)
MOST_NAMED = 12


def register() -> None:
    kinds.register(kinds.Kind(REMINDER, still_due=_is_open_until_then, links=emails.application_link))
    kinds.register(kinds.Kind(NOT_SUBMITTED, still_due=_closed_then, links=emails.application_link))
    clock.register("applications.remind", remind, every=timedelta(hours=1))


def remind() -> int:
    """Queue what is due now; returns for how many drafts."""
    now = rounds.database_now()
    return sum(_remind(draft, now) for draft in _drafts())


def _drafts() -> QuerySet[Application]:
    over = [Round.State.IN_ASSESSMENT, Round.State.DECIDED, Round.State.ARCHIVED]
    drafts = Application.objects.filter(status=Status.DRAFT).exclude(round__state__in=over)
    return drafts.select_related("round", "provider", "form_version").order_by("pk")


def _remind(draft, now):
    deadline = rounds.deadline(draft.round, draft)
    grace = timedelta(minutes=draft.round.grace_minutes)
    if rounds.is_open(draft.round, draft, now=now):
        days = _step(draft, deadline, now)
        return bool(days) and _put(draft, REMINDER, f"{days}", deadline, expires_at=deadline)
    if deadline + grace < now <= deadline + TOLD_WITHIN:
        return _put(draft, NOT_SUBMITTED, "after", deadline, expires_at=deadline + TOLD_WITHIN)
    return False


def _step(draft, deadline, now):
    """How many days before closing the reminder that is due now belongs; None where none is.

    Who began, took the application back or was granted more time within those days knows the deadline.
    """
    passed = [days for days in DAYS_BEFORE if deadline - timedelta(days=days) <= now]
    if not passed or deadline - timedelta(days=min(passed)) < _known_since(draft):
        return None
    return min(passed)


def _known_since(draft) -> datetime:
    granted = Extension.objects.filter(Q(application=draft) | Q(application=None), round=draft.round)
    newest = granted.aggregate(newest=Max("granted_at"))["newest"]
    return max(draft.status_changed_at, newest or draft.status_changed_at)


@transaction.atomic
def _put(draft, kind, step, deadline, *, expires_at):
    key = f"{kind}:{draft.uuid}:{deadline:%Y%m%dT%H%M%S}:{step}"
    if Message.objects.filter(about=draft.uuid, key__startswith=f"{key}:").exists():
        return False
    held = contents.Contents(draft)
    for user in emails.who_may_act(draft.provider_id):
        outbox.put(
            kind,
            key=f"{key}:{user.uuid}",
            to=user.email,
            language=user.language,
            template=f"applications/emails/{kind.removeprefix('application.')}",
            context=_context(held, user, deadline),
            about=draft.uuid,
            expires_at=expires_at,
        )
    return True


def _context(held, user, deadline):
    with translation.override(user.language):
        gaps = [gap.sentence for gap in completeness.missing(held)]
    return {
        "person": user,
        "provider": held.application.provider,
        "round_name": localized(held.application.round, "name", user.language),
        "deadline": deadline,
        "gaps": gaps[:MOST_NAMED],
        "more": len(gaps[MOST_NAMED:]),
        "reference": held.application.reference,
    }


def _is_open_until_then(message):
    """A draft still, with the deadline that the mail names, and a reader who may still edit it."""
    draft = _draft_of(message)
    return (
        draft is not None
        and rounds.deadline(draft.round, draft) == message.expires_at
        and rounds.is_open(draft.round, draft, now=rounds.database_now())
    )


def _closed_then(message):
    draft = _draft_of(message)
    return (
        draft is not None
        and rounds.deadline(draft.round, draft) + TOLD_WITHIN == message.expires_at
        and not rounds.is_open(draft.round, draft, now=rounds.database_now())
    )


def _draft_of(message):
    draft = _drafts().filter(uuid=message.about).first()
    if draft and emails.who_may_act(draft.provider_id).filter(email=message.to).exists():
        return draft
    return None

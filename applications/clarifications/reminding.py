"""Mails some days before the time to answer a clarification is over. They name places and times only.

By the clock, hourly. A key for each step, time and person makes every run after the first do nothing; a time
that was put off has keys of its own, and what was written for the old one is no longer due.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import translation

from applications import emails, rounds
from applications.clarifications import clarifying, reopening
from applications.clarifications import mail as clarification_mail
from applications.clarifications import reading as clarification_reading
from applications.models import ClarificationRequest
from portal import clock
from portal.mail import kinds, outbox
from portal.mail.models import Message

REMINDER = "application.clarification_reminder"
DAYS_BEFORE = (3, 1)


def register() -> None:
    kinds.register(kinds.Kind(REMINDER, still_due=_waits_until_then, links=clarification_mail.answer_link))
    clock.register("clarifications.remind", remind, every=timedelta(hours=1))


def remind() -> int:
    """Queue what is due now; returns for how many clarifications."""
    now = rounds.database_now()
    soon = now + timedelta(days=max(DAYS_BEFORE))
    waiting = ClarificationRequest.objects.filter(
        state=ClarificationRequest.State.OPEN, due_at__gt=now, due_at__lte=soon
    )
    waiting = waiting.select_related(
        "application__round", "application__provider", "application__form_version"
    )
    return sum(_remind(request, now) for request in waiting.order_by("pk"))


def _remind(request, now):
    step = min(days for days in DAYS_BEFORE if request.due_at - timedelta(days=days) <= now)
    # Who was asked or told of the time within those days knows it.
    if request.due_at - timedelta(days=step) < _told_at(request):
        return False
    return _put(request, step)


def _told_at(request):
    newest = request.extensions.order_by("granted_at").last()
    return max(request.requested_at, newest.granted_at) if newest else request.requested_at


@transaction.atomic
def _put(request, step):
    key = f"{REMINDER}:{request.uuid}:{request.due_at:%Y%m%dT%H%M%S}:{step}"
    if Message.objects.filter(about=request.uuid, key__startswith=f"{key}:").exists():
        return False
    opening = reopening.of(request.application)
    if opening is None or opening.request.pk != request.pk:
        return False  # answered or dropped in the same moment
    answer = clarifying.answer_of(opening)
    unanswered = answer.unanswered()
    for user in emails.who_may_act(request.application.provider_id):
        with translation.override(user.language):
            places = [clarification_reading.title_of(each, answer.earlier) for each in unanswered]
        outbox.put(
            REMINDER,
            key=f"{key}:{user.uuid}",
            to=user.email,
            language=user.language,
            template="applications/emails/clarification_reminder",
            context=clarification_mail.context_of(request, user) | {"places": places},
            about=request.uuid,
            expires_at=request.due_at,
        )
    return True


def _waits_until_then(message):
    """Open still, until the time that the mail names, and for a reader who may still answer."""
    request = (
        ClarificationRequest.objects.filter(uuid=message.about, state=ClarificationRequest.State.OPEN)
        .select_related("application")
        .first()
    )
    return (
        request is not None
        and request.due_at == message.expires_at
        and rounds.database_now() < request.due_at
        and emails.who_may_act(request.application.provider_id).filter(email=message.to).exists()
    )

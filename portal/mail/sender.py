"""The only place that moves messages on: claims what is due, sends it, and writes down what became of it.

At least once: a sender that dies between sending and marking leaves a claim, which is queued again with the
same Message-ID. Nothing is sent inside a transaction. What is due is decided by the database's clock, as
deadlines are: a host whose clock is wrong neither holds mail back nor throws it away.
"""

import smtplib
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import F

from portal.database_clock import database_now
from portal.mail import envelope, kinds
from portal.mail.models import Message

log = structlog.get_logger(__name__)
State = Message.State
BATCH = 20
STALE_CLAIM = timedelta(minutes=10)
LONGEST_WAIT = timedelta(minutes=30)
HELD_FOR = timedelta(minutes=1)
# How long web processes and senders of two versions may run side by side.
RENEWAL = timedelta(hours=1)
MOST_REJECTIONS = 8
KEEP_BODIES = timedelta(days=30)


class ServerTrouble(Exception):
    """The mail server, not this mail, is the problem."""


class Interrupted(ServerTrouble):
    """The connection broke, or our address was refused, while this mail was being sent."""


class Refused(Exception):
    """The server does not want this mail; `for_good` tells a 5xx from a 4xx."""

    def __init__(self, reason, *, for_good):
        super().__init__(reason)
        self.for_good = for_good


def send_due(*, stop=lambda: False) -> int:
    """Send one batch and return how many messages were dealt with.

    Raises ServerTrouble when the server cannot be reached; the batch is queued again, untouched.
    `stop` is asked after every mail.
    """
    _release_stale()
    batch = _claim()
    if not batch:
        return 0
    transport = get_connection(settings.MAIL_TRANSPORT, fail_silently=False)
    left = list(batch)
    try:
        while left and not stop():
            _deal_with(left.pop(0), transport)
    finally:
        _unclaim(left)
        _close(transport)
    return len(batch) - len(left)


def forget_bodies() -> int:
    """Clock job: texts go after 30 days, secret ones as soon as they are of no use; the rows stay."""
    now = database_now()
    done = Message.objects.filter(state__in=[State.SENT, State.SUPPRESSED, State.PARKED]).exclude(
        body="", html=""
    )
    old = done.filter(created_at__lt=now - KEEP_BODIES)
    useless = done.filter(is_secret=True, expires_at__lt=now)
    # Who is to be answered is asked for only by mails that somebody wrote through a form.
    return old.update(body="", html="", reply_to="") + useless.update(body="", html="")


def _release_stale():
    stale = Message.objects.filter(state=State.SENDING, claimed_at__lt=database_now() - STALE_CLAIM)
    count = stale.update(state=State.QUEUED, claimed_at=None, last_error="The sender stopped while sending.")
    if count:
        log.warning("mail_claims_released", count=count)


@transaction.atomic
def _claim():
    """Take a batch of due messages so that no other sender takes them."""
    now = database_now()
    due = Message.objects.filter(state=State.QUEUED, not_before__lte=now)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    batch = list(due.order_by("priority", "not_before", "id")[:BATCH])
    Message.objects.filter(pk__in=[message.pk for message in batch]).update(
        state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    for message in batch:
        message.state, message.claimed_at, message.attempts = State.SENDING, now, message.attempts + 1
    return batch


def _unclaim(messages):
    Message.objects.filter(pk__in=[message.pk for message in messages], state=State.SENDING).update(
        state=State.QUEUED, claimed_at=None, attempts=F("attempts") - 1
    )


def _deal_with(message, transport):
    """Send one mail or write down why not. Raises ServerTrouble after putting this mail back."""
    if not _still_mine(message):
        return
    try:
        mail = _due_mail(message)
        if mail is None:
            return
        _open(transport)
        _send(transport, mail)
    except Interrupted as trouble:
        # It may be this very mail that breaks the connection: it waits, so that others pass.
        _later(message, str(trouble), counts=False)
        raise
    except ServerTrouble as trouble:
        _claimed(message).update(state=State.QUEUED, claimed_at=None, last_error=str(trouble)[:500])
        raise
    except Refused as refusal:
        if refusal.for_good or message.rejections + 1 >= MOST_REJECTIONS:
            _finish(message, State.PARKED, str(refusal))
        else:
            _later(message, str(refusal), counts=True)
    except kinds.Unknown as unknown:
        _wait_for_newer(message, str(unknown))
    except Exception as failure:
        # Whatever is wrong with one mail, the queue moves on and a person sees it.
        log.exception("mail_parked", message=str(message.uuid), kind=message.kind)
        _finish(message, State.PARKED, f"{type(failure).__name__}: {failure}")
    else:
        _finish(message, State.SENT, "")


def _still_mine(message):
    """Renew the claim: after a long stop another sender may have taken the mail over."""
    now = database_now()
    renewed = _claimed(message).update(claimed_at=now)
    message.claimed_at = now
    return bool(renewed)


def _claimed(message):
    return Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)


def _due_mail(message):
    """The mail, or None where it is not to be sent any more."""
    if message.expires_at and message.expires_at <= database_now():
        _finish(message, State.SUPPRESSED, "It was too late to send it.")
        return None
    kind = kinds.get(message.kind)
    if kind.is_held(message):
        _hold(message, "It waits for a decision.")
        return None
    if not kind.still_due(message):
        _finish(message, State.SUPPRESSED, "What it says was no longer true, or no longer wanted.")
        return None
    return envelope.build(message, kind)


def _open(transport):
    try:
        transport.open()
    except (OSError, smtplib.SMTPException) as failure:
        raise ServerTrouble(_reason(failure)) from failure


def _send(transport, mail):
    try:
        transport.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, _ = next(iter(refusal.recipients.values()))
        raise Refused(_reason(refusal), for_good=code >= 500) from refusal
    except smtplib.SMTPDataError as refusal:
        raise Refused(_reason(refusal), for_good=refusal.smtp_code >= 500) from refusal
    except smtplib.SMTPSenderRefused as refusal:
        # Our own address is refused, so every mail would be: settings to mend, no reason to give mails up.
        raise Interrupted(_reason(refusal)) from refusal
    except (OSError, smtplib.SMTPException) as failure:
        _close(transport)
        raise Interrupted(_reason(failure)) from failure


def _close(transport):
    try:
        transport.close()
    except (OSError, smtplib.SMTPException):
        log.info("mail_connection_not_closed_cleanly")


def _later(message, reason, *, counts):
    wait = min(timedelta(seconds=5) * 2 ** min(message.attempts, 10), LONGEST_WAIT)
    _claimed(message).update(
        state=State.QUEUED,
        claimed_at=None,
        not_before=database_now() + wait,
        rejections=F("rejections") + (1 if counts else 0),
        last_error=reason[:500],
    )
    log.warning("mail_put_back", message=str(message.uuid), kind=message.kind, reason=reason)


def _wait_for_newer(message, reason):
    """While the portal is renewed, senders from before meet mails from after: those wait for a newer one.

    What no sender knows after that time is a fault, which a person must see.
    """
    if database_now() - message.created_at > RENEWAL:
        _finish(message, State.PARKED, reason)
        return
    log.warning("mail_waits_for_newer_sender", message=str(message.uuid), kind=message.kind, reason=reason)
    _hold(message, f"It waits for a newer sender. {reason}")


def _hold(message, reason):
    """Put a mail back that must wait; that is no attempt to send it."""
    _claimed(message).update(
        state=State.QUEUED,
        claimed_at=None,
        attempts=F("attempts") - 1,
        not_before=database_now() + HELD_FOR,
        last_error=reason[:500],
    )


def _finish(message, state, reason):
    changes = {"state": state, "last_error": reason[:500], "claimed_at": None}
    if state == State.SENT:
        changes["sent_at"] = database_now()
    if message.is_secret and state != State.PARKED:
        changes |= {"body": "", "html": ""}
    _claimed(message).update(**changes)
    log.info("mail_done", message=str(message.uuid), kind=message.kind, state=state, reason=reason)


def _reason(failure):
    """What the server said, on one line."""
    return " ".join(f"{type(failure).__name__}: {failure}".split())

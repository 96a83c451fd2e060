"""What time alone changes: offers run out. Run by the clock."""

from django.db import transaction

from portal.database_clock import database_now
from seminars import notices
from seminars.models import Seminar, SignUp
from seminars.seats import locking
from seminars.seats.answering import CONFIRM_TIME
from seminars.seats.filling import fill
from seminars.seats.recognising import follow_aliases


@transaction.atomic
def refill(seminar: Seminar) -> int:
    """End what ran out, follow what was merged elsewhere, and give free places on.

    Returns how many were promoted.
    """
    seminar, now = locking.locked(seminar)
    _expire_unconfirmed(seminar, now)
    follow_aliases(seminar)
    _expire_offers(seminar, now)
    return len(fill(seminar, now=now))


def refill_all() -> None:
    """From the clock: every coming seminar, each in its own transaction. Safe to run twice or late."""
    for seminar in Seminar.objects.upcoming(database_now()).filter(state=Seminar.State.SCHEDULED):
        refill(seminar)


def _expire_offers(seminar, now):
    for person in seminar.sign_ups.filter(state=SignUp.State.OFFERED, held_until__lte=now):
        person.state, person.ended_at = SignUp.State.EXPIRED, now
        person.revision += 1
        person.save(update_fields=["state", "ended_at", "revision"])
        notices.offer_expired(person)


def _expire_unconfirmed(seminar, now):
    """Without a mail: nobody has proved that the address wants any."""
    left = seminar.sign_ups.filter(state=SignUp.State.UNCONFIRMED)
    if now < seminar.starts_at:
        left = left.filter(created_at__lte=now - CONFIRM_TIME)
    left.update(state=SignUp.State.EXPIRED, ended_at=now)

"""What time alone changes: offers run out, and what took place is held. Run by the clock."""

from django.db import transaction

from portal.audit import trail
from seminars import notices
from seminars.models import Seminar, SignUp
from seminars.seats import locking
from seminars.seats.filling import fill


@transaction.atomic
def refill(seminar: Seminar) -> int:
    """End the offers that ran out and give their places on. Returns how many were promoted."""
    seminar, now = locking.locked(seminar)
    _expire_offers(seminar, now)
    return len(fill(seminar, now=now))


def refill_all() -> None:
    """From the clock: every coming seminar, each in its own transaction. Safe to run twice or late."""
    for seminar in Seminar.objects.upcoming().filter(state=Seminar.State.SCHEDULED):
        refill(seminar)


def mark_held() -> None:
    """From the clock: what was scheduled and is over was held. Safe to run twice or late."""
    for seminar in Seminar.objects.past().filter(state=Seminar.State.SCHEDULED):
        _mark_held(seminar)


@transaction.atomic
def _mark_held(seminar):
    seminar, now = locking.locked(seminar)
    if seminar.state == Seminar.State.SCHEDULED and seminar.ends_at <= now:
        seminar.state = Seminar.State.HELD
        seminar.save(update_fields=["state"])
        trail.record(
            "seminar.held",
            obj_kind="seminar",
            obj_uuid=seminar.uuid,
            from_state=Seminar.State.SCHEDULED,
            to_state=Seminar.State.HELD,
        )


def _expire_offers(seminar, now):
    for person in seminar.sign_ups.filter(state=SignUp.State.OFFERED, held_until__lte=now):
        person.state, person.ended_at = SignUp.State.EXPIRED, now
        person.revision += 1
        person.save(update_fields=["state", "ended_at", "revision"])
        notices.offer_expired(person)

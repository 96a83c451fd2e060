"""What people answer on their own page: that the address is theirs, and that they take an offered place."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars import notices
from seminars.models import Seminar, SignUp
from seminars.seats import locking
from seminars.seats.entering import settle
from seminars.seats.refusals import OfferOver, SignUpClosed

CONFIRM_TIME = timedelta(hours=24)


@transaction.atomic
def confirm_address(sign_up: SignUp) -> bool:
    """Let somebody whose address is proved into the queue, at the number from the day of the form.

    Returns False where it was done already. Raises SignUpClosed where the time is over or the seminar is off.
    """
    seminar, now = locking.locked(sign_up.seminar)
    person = locking.again(sign_up, seminar)
    if person.state in {SignUp.State.WAITING, SignUp.State.OFFERED, SignUp.State.CONFIRMED}:
        return False
    if person.state != SignUp.State.UNCONFIRMED or now >= confirm_until(person) or not _goes_on(seminar, now):
        raise SignUpClosed(_("The time to confirm your address is over. Please sign up again."))
    person.state = SignUp.State.WAITING
    person.revision += 1
    person.save(update_fields=["state", "revision"])
    settle([person], seminar, now=now, actor=None, verb="signup.address_confirmed")
    return True


@transaction.atomic
def accept(sign_up: SignUp) -> bool:
    """Take the place that is held. Returns False where it is taken already.

    Raises OfferOver once the time is over, whether or not the place has gone on, SignUpClosed where the
    seminar has begun or is off.
    """
    seminar, now = locking.locked(sign_up.seminar)
    person = locking.again(sign_up, seminar)
    if person.state == SignUp.State.CONFIRMED:
        return False
    if person.state != SignUp.State.OFFERED or person.held_until <= now:
        raise OfferOver(_("The time to accept this place is over, and the place has gone on."))
    if not _goes_on(seminar, now):
        raise SignUpClosed(_("The seminar has begun or does not take place."))
    person.state, person.confirmed_at, person.held_until = SignUp.State.CONFIRMED, now, None
    person.revision += 1
    person.save(update_fields=["state", "confirmed_at", "held_until", "revision"])
    trail.record(
        "signup.accepted",
        obj_kind="signup",
        obj_uuid=person.uuid,
        from_state=SignUp.State.OFFERED,
        to_state=SignUp.State.CONFIRMED,
    )
    notices.confirmed(person)
    return True


def confirm_until(sign_up: SignUp) -> datetime:
    return min(sign_up.created_at + CONFIRM_TIME, sign_up.seminar.starts_at)


def _goes_on(seminar, now):
    return seminar.state == Seminar.State.SCHEDULED and now < seminar.starts_at

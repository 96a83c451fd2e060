"""Out of the queue, or out of a place, which goes to the next at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars import notices
from seminars.models import SignUp
from seminars.seats import locking
from seminars.seats.filling import fill
from seminars.seats.refusals import SignUpClosed


@transaction.atomic
def cancel(sign_up: SignUp, *, actor=None, ended: str = SignUp.Ended.BY_PARTICIPANT) -> bool:
    """Give the place back and fill. Returns False where it was over already: a second press does no harm.

    Raises SignUpClosed once the seminar has started.
    """
    seminar, now = locking.locked(sign_up.seminar)
    sign_up = locking.again(sign_up, seminar)
    if not sign_up.is_live:
        return False
    if seminar.has_started_at(now):
        raise SignUpClosed(_("The seminar has started: a sign-up can no longer be cancelled."))
    end(sign_up, ended, actor=actor, now=now)
    notices.cancelled(sign_up)
    fill(seminar, now=now)
    return True


def end(person: SignUp, ended: str, *, actor, now: datetime) -> None:
    """End a live sign-up; the caller holds the lock, writes the mail and fills."""
    came_from = person.state
    person.state, person.ended, person.ended_at = SignUp.State.CANCELLED, ended, now
    person.revision += 1
    person.save(update_fields=["state", "ended", "ended_at", "revision"])
    trail.record(
        "signup.cancelled",
        obj_kind="signup",
        obj_uuid=person.uuid,
        actor=actor,
        from_state=came_from,
        to_state=SignUp.State.CANCELLED,
    )

from django.db import transaction

from portal.audit import trail
from portal.database_clock import database_now
from seminars.models import Seminar
from seminars.seats.locking import locked


def mark_held() -> None:
    """From the clock: what was scheduled and is over was held. Safe to run twice or late."""
    for seminar in Seminar.objects.past(database_now()).filter(state=Seminar.State.SCHEDULED):
        _mark_held(seminar)


@transaction.atomic
def _mark_held(seminar):
    seminar, now = locked(seminar)
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

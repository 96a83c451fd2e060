"""How many places there are: for each way to attend, and for each company."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from portal.texts import localized
from seminars.models import Seminar
from seminars.seats import locking
from seminars.seats.filling import fill
from seminars.seats.refusals import SignUpClosed


def places_refusal(seminar: Seminar, now: datetime) -> str | Promise:
    """Why its places cannot be changed now; empty where they can, as while it waits for a new date."""
    is_off = seminar.state in {Seminar.State.CANCELLED, Seminar.State.HELD}
    if is_off or seminar.has_started_at(now):
        return _("The seminar has begun or does not take place: places are not changed any more.")
    return ""


@transaction.atomic
def change_places(
    seminar: Seminar, *, capacities: dict[int, int | None], company_cap: int | None, actor
) -> int:
    """Set the places of each way to attend (by primary key) and per company, then fill.

    None is no limit. Returns how many were promoted. Going below the number confirmed throws nobody out; no
    place is given until enough have come free. Raises SignUpClosed once the seminar has begun or is off, and
    where the number is to change of a way to attend that is cancelled.
    """
    seminar, now = locking.locked(seminar)
    words = places_refusal(seminar, now)
    if words:
        raise SignUpClosed(words)
    changed = []
    for option in locking.options_of(seminar):
        if option.pk in capacities and option.capacity != capacities[option.pk]:
            if option.is_cancelled:
                words = _("“%(option)s” is cancelled: its places stay as they are.")
                raise SignUpClosed(words % {"option": localized(option, "label")})
            option.capacity = capacities[option.pk]
            option.save(update_fields=["capacity"])
            changed.append(f"capacity of {option.uuid}")
    if seminar.company_cap != company_cap:
        seminar.company_cap = company_cap
        seminar.save(update_fields=["company_cap"])
        changed.append("company_cap")
    if not changed:
        return 0
    trail.record(
        "seminar.places_changed", obj_kind="seminar", obj_uuid=seminar.uuid, actor=actor, changed=changed
    )
    return len(fill(seminar, now=now))

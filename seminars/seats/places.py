"""How many places there are: for each way to attend, and for each company."""

from django.db import transaction

from portal.audit import trail
from seminars.models import Seminar
from seminars.seats import locking
from seminars.seats.filling import fill


@transaction.atomic
def change_places(
    seminar: Seminar, *, capacities: dict[int, int | None], company_cap: int | None, actor
) -> int:
    """Set the places of each way to attend (by primary key) and per company, then fill.

    None is no limit. Returns how many were promoted. Going below the number confirmed throws nobody out; no
    place is given until enough have come free.
    """
    seminar, now = locking.locked(seminar)
    changed = []
    for option in locking.options_of(seminar):
        if option.pk in capacities and option.capacity != capacities[option.pk]:
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

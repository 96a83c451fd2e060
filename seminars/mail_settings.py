"""What the organiser sets for the mails before the start: the links to join, and which mails go when."""

from django.db import transaction

from portal.audit import trail
from seminars.models import Seminar
from seminars.seats import locking


@transaction.atomic
def change(
    seminar: Seminar,
    *,
    links: dict[int, str],
    hours_before: int,
    day_before: bool,
    hour_before: bool,
    actor,
) -> list[str]:
    """Set the links (by primary key of the way to attend) and the mails before the start.

    Returns what changed. Whoever was sent an earlier link gets the new one by the clock within a minute.
    """
    seminar, _now = locking.locked(seminar)
    changed = []
    for option in locking.options_of(seminar):
        if option.pk in links and option.join_link != links[option.pk]:
            option.join_link = links[option.pk]
            option.save(update_fields=["join_link"])
            changed.append(f"join_link of {option.uuid}")
    settings = {
        "link_hours_before": hours_before,
        "reminds_day_before": day_before,
        "reminds_hour_before": hour_before,
    }
    moved = [name for name, value in settings.items() if getattr(seminar, name) != value]
    if moved:
        for name in moved:
            setattr(seminar, name, settings[name])
        seminar.save(update_fields=moved)
    changed += moved
    if changed:
        trail.record(
            "seminar.mails_changed", obj_kind="seminar", obj_uuid=seminar.uuid, actor=actor, changed=changed
        )
    return changed

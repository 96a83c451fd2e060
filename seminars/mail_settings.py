"""What the organiser sets for the mails before the start: the links to join, and which mails go when."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars.models import Seminar
from seminars.seats import locking


class TooLate(Exception):
    """No mail before the start goes out any more; the sentence says why."""


def refusal(seminar: Seminar, now: datetime) -> str | Promise:
    """Why there is nothing to set any more; empty where the mails are still to come."""
    if seminar.state == Seminar.State.CANCELLED:
        return _("The seminar is cancelled: no link to join and no reminder goes out any more.")
    if seminar.state == Seminar.State.HELD or (
        seminar.state == Seminar.State.SCHEDULED and seminar.ends_at <= now
    ):
        return _("The seminar is over: no link to join and no reminder goes out any more.")
    return ""


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
    Raises TooLate.
    """
    seminar, now = locking.locked(seminar)
    words = refusal(seminar, now)
    if words:
        raise TooLate(words)
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

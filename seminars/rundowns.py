"""The rundown names times of the day: when the start moves, its lines move with it."""

from datetime import date, datetime, time, timedelta

from portal.dates import local
from seminars.models import RundownItem, Seminar


def follow(seminar: Seminar, *, old_start: datetime) -> int:
    """Move every line by as much as the time of day of the start has moved; returns how many.

    None moves where one would end up past midnight: such a rundown needs a person.
    """
    shift = _on_one_day(local(seminar.starts_at).time()) - _on_one_day(local(old_start).time())
    lines = list(seminar.rundown.all()) if shift else []
    if any(not _stays_in_its_day(each, shift) for each in lines):
        return 0
    for each in lines:
        each.starts, each.ends = _moved(each.starts, shift), _moved(each.ends, shift)
    RundownItem.objects.bulk_update(lines, ["starts", "ends"])
    return len(lines)


def _stays_in_its_day(line, shift):
    day = date(2000, 1, 1)
    moments = (_on_one_day(line.starts) + shift, _on_one_day(line.ends) + shift)
    return all(moment.date() == day for moment in moments)


def _moved(clock: time, shift: timedelta) -> time:
    return (_on_one_day(clock) + shift).time()


def _on_one_day(clock):
    return datetime.combine(date(2000, 1, 1), clock)

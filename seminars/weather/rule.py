"""Whether the weather meets a seminar's announced rule. It only says so; a person decides what happens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.dates import HONG_KONG
from seminars.models import AttendanceOption

# From this time before the start on, warnings concern a seminar.
NEAR = timedelta(hours=24)


@dataclass(frozen=True)
class Warning:
    """One warning signal: a code of WeatherTrigger, hoisted at, and taken down at (None: still up)."""

    code: str
    hoisted: datetime
    lowered: datetime | None = None


def decision_instant(option: AttendanceOption) -> datetime | None:
    """The announced time on the day of the seminar; None without a rule."""
    if not option.weather_triggers:
        return None
    day = option.seminar.starts_at.astimezone(HONG_KONG).date()
    return datetime.combine(day, option.weather_decision_time, tzinfo=HONG_KONG)


def decide_by(option: AttendanceOption) -> datetime | None:
    """Until when a person should decide: the announced time, but never after the start."""
    decision = decision_instant(option)
    return decision and min(decision, option.seminar.starts_at)


def rule_is_met(option: AttendanceOption, warnings: list[Warning]) -> bool:
    """By the two halves of the announced sentence: still in effect at that time, or hoisted then or later.

    "Later" ends with the session: a signal hoisted afterwards concerns nobody.
    """
    decision = decision_instant(option)
    if decision is None:
        return False
    counted = [each for each in warnings if each.code in option.weather_triggers]
    in_force = any(
        each.hoisted <= decision and (each.lowered is None or each.lowered > decision) for each in counted
    )
    later = any(decision <= each.hoisted < option.seminar.ends_at for each in counted)
    return (option.weather_if_in_force and in_force) or (option.weather_if_hoisted_later and later)

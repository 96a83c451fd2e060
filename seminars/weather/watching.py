"""From the clock: look at the warnings near a seminar, and open or close what a person is to decide.

Each run looks at what is in force at that moment. A clock that stood still for days has missed what came and
went in the meantime: it alerts for what is in force when it runs again, closes what is past, and mails nobody
about a seminar that is over.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from portal.database_clock import database_now
from seminars.models import (
    AttendanceOption,
    Seminar,
    WarningFeed,
    WarningSignal,
    WeatherTrigger,
    WeatherWatch,
)
from seminars.seats.locking import locked, options_of
from seminars.weather import alerts, feed
from seminars.weather.rule import NEAR, Warning, decide_by, decision_instant, rule_is_met

# Asked every minute in the last hours, and every five minutes before.
EVERY_MINUTE_FROM = timedelta(hours=4)
SLOWLY = timedelta(minutes=5)
# How long the data may be missing before somebody is woken.
PATIENCE = timedelta(minutes=10)
Outcome = WeatherWatch.Outcome


def watch() -> None:
    """Safe to run twice, late, or by two clocks."""
    _close_passed(database_now())
    near = _near(database_now())
    if not near or not settings.OBSERVATORY_URL:
        return
    if _is_soon_enough(near, database_now()):
        return
    announced = any(WeatherTrigger.PRE_TYPHOON_8 in option.weather_triggers for option in near)
    reading = feed.ask(database_now(), with_announcement=announced)
    known = _write_down(reading)
    for seminar in {option.seminar for option in near}:
        _look(seminar, known)


def follows_signals(option: AttendanceOption) -> bool:
    """Venues in Guangdong never do; what is moved online or cancelled has been decided."""
    is_ours = option.mode != AttendanceOption.Mode.GUANGDONG and bool(option.weather_triggers)
    return is_ours and option.state == AttendanceOption.State.OPEN


def is_near(seminar: Seminar, now: datetime) -> bool:
    takes_place = seminar.state == Seminar.State.SCHEDULED
    return takes_place and seminar.starts_at - NEAR <= now < seminar.ends_at


def _near(now):
    coming = AttendanceOption.objects.filter(
        seminar__state=Seminar.State.SCHEDULED, seminar__starts_at__lte=now + NEAR, seminar__ends_at__gt=now
    )
    return [option for option in coming.select_related("seminar") if follows_signals(option)]


def _is_soon_enough(near, now):
    """Is the last good answer good enough for now?"""
    last = WarningFeed.objects.filter(pk=1).first()
    if last is None or last.problem or last.answered_at is None:
        return False
    is_close = any(option.seminar.starts_at - now <= EVERY_MINUTE_FROM for option in near)
    return not is_close and now - last.answered_at < SLOWLY


@transaction.atomic
def _write_down(reading) -> WarningFeed:
    """Keep the answer: signals begin and end; of what is unknown the last good answer stands."""
    WarningFeed.objects.get_or_create(pk=1)
    known = WarningFeed.objects.select_for_update(of=("self",), no_key=True).get(pk=1)
    now = database_now()
    known.asked_at, known.problem = now, reading.problem
    if reading.problem:
        known.failing_since = known.failing_since or now
    else:
        known.answered_at, known.failing_since = now, None
    known.save()
    standing = {signal.code: signal for signal in WarningSignal.objects.filter(lowered_at__isnull=True)}
    for code, issued in reading.in_force.items():
        if code not in standing:
            WarningSignal.objects.create(code=code, hoisted_at=issued, seen_at=now)
    for code, signal in standing.items():
        if code not in reading.in_force and code not in reading.unknown:
            signal.lowered_at = max(reading.lowered.get(code, now), signal.hoisted_at)
            signal.save(update_fields=["lowered_at"])
    return known


@transaction.atomic
def _look(seminar, known):
    seminar, now = locked(seminar)
    if not is_near(seminar, now):
        return
    if known.failing_since and now - known.failing_since >= PATIENCE:
        alerts.feed_lost(seminar, known)
    for option in options_of(seminar):
        if follows_signals(option):
            option.seminar = seminar
            _look_at(option, now)


def _look_at(option, now):
    signals = signals_for(option)
    in_force = [signal for signal in signals if signal.lowered_at is None]
    open_one = option.watches.filter(outcome=Outcome.OPEN).first()
    if open_one is None:
        _open_if_new(option, in_force, now)
    elif in_force or is_met(option, signals):
        _remind(open_one, option, signals, in_force, now)
    else:
        open_one.outcome, open_one.closed_at = Outcome.LIFTED, now
        open_one.save(update_fields=["outcome", "closed_at"])
        alerts.lifted(open_one, option)


def signals_for(option: AttendanceOption) -> list[WarningSignal]:
    """Of the codes that count for this way to attend, as far as they reach into its last 24 hours."""
    begins = option.seminar.starts_at - NEAR
    signals = WarningSignal.objects.filter(code__in=option.weather_triggers)
    return list(signals.exclude(lowered_at__lte=begins))


def is_met(option: AttendanceOption, signals: list[WarningSignal]) -> bool:
    return rule_is_met(option, [Warning(each.code, each.hoisted_at, each.lowered_at) for each in signals])


def _open_if_new(option, in_force, now):
    """What a person has decided in full knowledge of a signal is not asked again."""
    decided = option.watches.filter(outcome=Outcome.DECIDED).order_by("closed_at").last()
    new = [signal for signal in in_force if decided is None or signal.seen_at > decided.closed_at]
    if not new:
        return
    opened = WeatherWatch.objects.create(
        option=option,
        codes=sorted({signal.code for signal in in_force}),
        opened_at=now,
        decide_by=decide_by(option),
    )
    alerts.opened(opened, option)


def _remind(open_one, option, signals, in_force, now):
    codes = sorted({*open_one.codes, *(signal.code for signal in in_force)})
    if codes != open_one.codes:
        open_one.codes = codes
        open_one.save(update_fields=["codes"])
    if open_one.opened_at < open_one.decide_by <= now:
        alerts.undecided(open_one, option, at=open_one.decide_by)
    decision = decision_instant(option)
    if max(open_one.opened_at, open_one.decide_by) < decision <= now and is_met(option, signals):
        alerts.undecided(open_one, option, at=decision)


def _close_passed(now):
    over = WeatherWatch.objects.filter(outcome=Outcome.OPEN, option__seminar__ends_at__lte=now)
    over.exclude(option__seminar__state=Seminar.State.POSTPONED).update(outcome=Outcome.PASSED, closed_at=now)

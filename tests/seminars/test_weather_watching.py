"""When a warning is alerted, held, lifted, decided; what never follows signals; a clock that stood still."""

from datetime import datetime, timedelta

import pytest

from portal import ticking
from portal.dates import HONG_KONG
from portal.mail.models import Message
from seminars import changes, weather
from seminars.demo import announced
from seminars.models import AttendanceOption, Seminar, WarningFeed, WarningSignal, WeatherWatch
from seminars.weather import showing, watching
from tests.services.observatory import entry

DAY = datetime(2025, 6, 25, tzinfo=HONG_KONG)


def on(clock, days=0):
    hour, minute = map(int, clock.split(":"))
    return DAY + timedelta(days=days, hours=hour, minutes=minute)


@pytest.fixture
def look(observatory, move_to):
    """`look("09:41", summary)`: the clock looks at that time and finds that answer."""

    def run(clock, summary=None, days=0, **answer):
        move_to(on(clock, days))
        if summary is not None:
            observatory.says(summary, **answer)
        watching.watch()

    return run


@pytest.fixture
def option(db):
    seminar = Seminar.objects.create(**announced.SEMINAR)
    return AttendanceOption.objects.create(seminar=seminar, **announced.OPTION)


def mails():
    return [
        each.kind.removeprefix("weather.")
        for each in Message.objects.filter(kind__startswith="weather.").order_by("pk")
    ]


def outcomes():
    return [each.outcome for each in WeatherWatch.objects.all()]


UP = entry("WTCSGNL", "TC8NE", issued="2025-06-25T09:40:00+08:00")
DOWN = entry("WTCSGNL", "TC3", issued="2025-06-25T10:20:00+08:00")


def test_nobody_is_asked_long_before_or_after(look, observatory, option):
    look("10:29", UP, days=-1)
    look("11:30", UP)
    assert observatory.asked == [] and mails() == []
    look("10:31", {}, days=-1)
    assert len(observatory.asked) == 1


def test_asked_every_five_minutes_at_first_and_every_minute_near_the_start(look, observatory, option):
    for clock in ("01:00", "01:01", "01:04", "01:05", "06:30", "06:31", "06:32"):
        look(clock)
    assert len(observatory.asked) == 5
    look("06:33", b"<html>")
    look("01:01", {}, days=0)
    assert WarningFeed.objects.get().problem == ""


def test_organisers_are_alerted_once_and_the_mails_of_the_option_wait(look, option, organiser):
    look("09:39", {})
    assert not weather.is_held(option)
    for clock in ("09:41", "09:42"):
        look(clock, UP)
    assert weather.is_held(option) and mails() == ["alert"]
    mail = Message.objects.get()
    assert mail.to == organiser.email and "decide by 10:30" in mail.subject, "the announced time is too late"
    assert "/weather/" in mail.body and "typhoon signal no. 8 or above" in mail.body
    (watch,) = WeatherWatch.objects.all()
    assert (watch.codes, watch.decide_by) == (["typhoon_8"], option.seminar.starts_at)


def test_without_an_organiser_the_secretariat_is_told(look, option, settings):
    look("09:41", UP)
    assert Message.objects.get().to == settings.SECRETARIAT_EMAIL


def test_upgrade_is_the_same_warning_and_a_second_kind_joins_it(look, option):
    look("09:41", UP)
    look("09:50", entry("WTCSGNL", "TC9", issued="2025-06-25T09:49:00+08:00"))
    look("10:00", entry("WTCSGNL", "TC9") | entry("WRAIN", "WRAINB"))
    assert WarningSignal.objects.filter(code="typhoon_8").count() == 1
    assert WeatherWatch.objects.get().codes == ["black_rain", "typhoon_8"] and mails() == ["alert"]


def test_downgrade_in_time_lifts_it_and_a_new_signal_asks_anew(look, option):
    look("09:41", UP)
    look("10:21", DOWN)
    assert outcomes() == ["lifted"] and not weather.is_held(option)
    signal = WarningSignal.objects.get()
    assert signal.lowered_at == on("10:20")
    look("10:25", entry("WTCSGNL", "TC8SW", issued="2025-06-25T10:24:00+08:00"))
    assert outcomes() == ["lifted", "open"] and mails() == ["alert", "lifted", "alert"]


def test_signal_that_met_the_rule_stays_to_be_decided_when_it_is_down(look, option):
    look("09:41", UP)
    look("10:31")
    look("11:01")
    look("11:10", entry("WTCSGNL", "CANCEL", updated="2025-06-25T11:08:00+08:00", action="CANCEL"))
    assert outcomes() == ["open"] and weather.is_held(option)
    assert mails() == ["alert", "undecided", "undecided"], "at the start, and when the rule was met"
    look("11:31")
    assert outcomes() == ["passed"] and not weather.is_held(option) and len(mails()) == 3


def test_go_ahead_is_asked_again_only_for_a_new_signal(look, option, organiser):
    look("09:41", UP)
    changes.make(option.seminar, changes.GoAhead(option_id=option.pk), actor=organiser)
    look("09:45", UP)
    assert outcomes() == ["decided"]
    look("09:50", UP)
    assert not weather.is_held(option), "the minute to take it back is over"
    assert [each.is_decided for each in showing.banners(Seminar.objects.get())] == [True]
    look("10:00", UP | entry("WRAIN", "WRAINB", issued="2025-06-25T09:59:00+08:00"))
    assert outcomes() == ["decided", "open"] and mails() == ["alert", "alert"]


def test_decision_that_is_taken_back_is_open_again(look, option, organiser):
    look("09:41", UP)
    made = changes.make(option.seminar, changes.Postpone(), actor=organiser)
    assert outcomes() == ["decided"]
    changes.undo(made, actor=organiser)
    assert outcomes() == ["open"] and weather.is_held(option)


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "guangdong", "weather_triggers": []},
        {"weather_triggers": []},
        {"state": "moved_online"},
        {"state": "cancelled"},
    ],
)
def test_these_follow_no_signal(look, observatory, option, change):
    AttendanceOption.objects.filter(pk=option.pk).update(**change)
    look("09:41", UP)
    assert observatory.asked == [] and mails() == [] and outcomes() == []


def test_venue_in_guangdong_goes_on_beside_one_that_waits(look, option):
    other = AttendanceOption.objects.create(
        seminar=option.seminar, mode="guangdong", label_en="Demo Hall Dongguan", address_en="Demo Road"
    )
    look("09:41", UP)
    assert weather.is_held(option) and not weather.is_held(other)
    assert [each.option for each in showing.banners(option.seminar)] == [option]


def test_dead_feed_keeps_what_was_known_and_wakes_somebody_once(look, option):
    look("08:59", UP | entry("WRAIN", "WRAINB"))
    for clock in ("09:00", "09:09", "09:10", "09:30"):
        look(clock, b"<html>Maintenance</html>")
    assert weather.is_held(option), "in force as far as is known"
    assert mails() == ["alert", "feed_lost"]
    known = WarningFeed.objects.get()
    assert (known.answered_at, known.failing_since) == (on("08:59"), on("09:00"))
    assert "unknown" in Message.objects.get(kind="weather.feed_lost").body
    look("09:31", UP)
    assert WarningFeed.objects.get().failing_since is None
    look("09:32", status=500, summary={})
    look("09:43")
    assert mails() == ["alert", "feed_lost", "feed_lost"], "another outage is another mail"


def test_unknown_code_neither_raises_nor_lowers(look, option):
    look("09:41", UP)
    look("09:45", entry("WTCSGNL", "TC8X"))
    assert WarningSignal.objects.get().lowered_at is None and weather.is_held(option)


def test_clock_that_stood_still_for_days_and_ran_twice(look, observatory, option):
    look("09:41", UP)
    for _ in range(2):
        look("12:00", {}, days=3)
    assert outcomes() == ["passed"] and mails() == ["alert"], "nobody is told about what is over"
    assert Message.objects.get().expires_at == option.seminar.ends_at


def test_clock_that_wakes_within_the_session_alerts_for_what_is_in_force(look, option):
    look("20:00", {}, days=-1)
    for _ in range(2):
        look("10:40", UP)
    assert mails() == ["alert"] and "decide now" in Message.objects.get().subject


def test_clock_runs_it(observatory, move_to, option):
    move_to(on("09:41"))
    observatory.says(UP)
    assert "seminars.weather" in ticking.tick()
    assert outcomes() == ["open"]

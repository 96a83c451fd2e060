"""The rule of the announced seminar (10:30 to 11:30, decision at 11:00), minute by minute."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from portal.dates import HONG_KONG
from seminars.demo import announced
from seminars.models import AttendanceOption, Seminar
from seminars.weather import Warning, rule_is_met


@pytest.fixture
def option(db):
    seminar = Seminar.objects.create(**announced.SEMINAR)
    return AttendanceOption.objects.create(seminar=seminar, **announced.OPTION)


def at(clock):
    hour, minute = map(int, clock.split(":"))
    return datetime(2025, 6, 25, hour, minute, tzinfo=HONG_KONG)


@pytest.mark.parametrize(
    ("code", "hoisted", "lowered", "met"),
    [
        ("typhoon_8", "09:40", None, True),  # still in effect at 11:00
        ("typhoon_8", "09:40", "10:58", False),
        ("typhoon_8", "09:40", "11:00", False),  # taken down at 11:00 is no longer in effect
        ("typhoon_8", "09:40", "11:01", True),
        ("typhoon_8", "11:00", None, True),  # hoisted at 11:00
        ("typhoon_8", "11:05", "11:10", True),  # hoisted later
        ("typhoon_8", "11:29", None, True),
        ("typhoon_8", "11:30", None, False),  # the session is over
        ("black_rain", "10:00", "11:20", True),
        ("black_rain", "10:00", "10:30", False),
        ("black_rain", "11:15", None, True),
        ("red_rain", "10:00", None, False),
        ("pre_typhoon_8", "10:00", None, False),
        ("extreme", "11:00", None, False),
    ],
)
def test_rule_of_the_announcement(option, code, hoisted, lowered, met):
    warning = Warning(code, at(hoisted), at(lowered) if lowered else None)
    assert rule_is_met(option, [warning]) is met


def test_without_a_warning_or_without_a_rule_nothing_is_met(option):
    assert rule_is_met(option, []) is False
    option.weather_triggers = []
    assert rule_is_met(option, [Warning("typhoon_8", at("09:00"))]) is False


def test_each_half_of_the_rule_counts_alone(option):
    before, after = Warning("typhoon_8", at("10:00")), Warning("typhoon_8", at("11:10"))
    option.weather_if_hoisted_later = False
    assert (rule_is_met(option, [before]), rule_is_met(option, [after])) == (True, False)
    option.weather_if_hoisted_later, option.weather_if_in_force = True, False
    assert (rule_is_met(option, [before]), rule_is_met(option, [after])) == (False, True)


def test_guangdong_venue_follows_no_hong_kong_signal(option):
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceOption.objects.filter(pk=option.pk).update(mode="guangdong")

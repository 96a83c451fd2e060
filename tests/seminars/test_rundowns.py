"""The rundown follows the start of its seminar: when it is copied, put off, moved, and taken back."""

from datetime import datetime, time, timedelta

import pytest

from portal.dates import HONG_KONG
from seminars import changes, copying
from seminars.models import RundownItem, Seminar
from tests.seminars.makers import make_seminar

START = datetime(2031, 5, 8, 14, 30, tzinfo=HONG_KONG)
FIRST, SECOND = (time(14, 30), time(15, 30)), (time(15, 30), time(16, 0))


@pytest.fixture
def with_rundown(db):
    seminar = make_seminar()
    Seminar.objects.filter(pk=seminar.pk).update(
        starts_at=START, ends_at=START + timedelta(minutes=90), sign_up_closes_at=START - timedelta(days=1)
    )
    for starts, ends in (FIRST, SECOND):
        RundownItem.objects.create(seminar=seminar, starts=starts, ends=ends, activities_en="Talk")
    return Seminar.objects.get(pk=seminar.pk)


def lines(seminar):
    return list(RundownItem.objects.filter(seminar=seminar).values_list("starts", "ends"))


def new_time(seminar, start):
    venue = {name: getattr(seminar, name) for name in ("venue_en", "venue_zh_hant", "venue_zh_hans")}
    return changes.ChangeFacts(
        starts_at=start,
        ends_at=start + timedelta(minutes=90),
        sign_up_closes_at=start - timedelta(days=1),
        venue=venue,
    )


def test_copy_has_its_rundown_at_its_own_time(with_rundown, index, organiser):
    morning = datetime(2031, 9, 4, 10, 0, tzinfo=HONG_KONG)
    made, _pages = copying.copy_seminar(with_rundown, starts_at=morning, user=organiser)
    assert lines(made) == [(time(10, 0), time(11, 0)), (time(11, 0), time(11, 30))]
    assert lines(with_rundown) == [FIRST, SECOND]


def test_another_time_moves_the_rundown_and_taking_it_back_brings_it_back(with_rundown, organiser):
    made = changes.make(with_rundown, new_time(with_rundown, START + timedelta(hours=1)), actor=organiser)
    assert lines(with_rundown) == [(time(15, 30), time(16, 30)), (time(16, 30), time(17, 0))]
    changes.undo(made, actor=organiser)
    assert lines(with_rundown) == [FIRST, SECOND]


def test_another_day_at_the_same_time_leaves_the_rundown(with_rundown, organiser):
    changes.make(with_rundown, new_time(with_rundown, START + timedelta(days=7)), actor=organiser)
    assert lines(with_rundown) == [FIRST, SECOND]


def test_rundown_that_would_run_past_midnight_stays(with_rundown, organiser):
    changes.make(with_rundown, new_time(with_rundown, START + timedelta(hours=8)), actor=organiser)
    assert lines(with_rundown) == [FIRST, SECOND]

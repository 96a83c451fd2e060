"""Kept pages follow the seminars that they show, and the clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seminars import page_instants, seats
from seminars.models import Seminar, SeminarPage, SignUp, WeatherWatch
from tests.seminars.makers import details, make_pages, make_seminar


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.PAGE_CACHE_SECONDS = 300


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def address(seminar, language="en"):
    return SeminarPage.objects.get(seminar=seminar, locale__language_code=language).url


def words(url):
    return Client().get(url).content.decode()


def is_kept(url):
    with CaptureQueriesContext(connection) as queries:
        Client().get(url)
    return len(queries) == 0


def test_changed_seminar_shows_at_once_in_every_language(published, committed):
    urls = [address(published, code) for code in ("en", "zh-hant", "zh-hans")]
    for url in urls:
        words(url)
        assert is_kept(url)

    published.enquiry_telephone = "+852 2000 4321"
    with committed():
        published.save()

    assert all("+852 2000 4321" in words(url) for url in urls)


def test_last_place_shows_at_once(index, committed):
    seminar = make_pages(make_seminar(online=1, venue=None))
    url = address(seminar)
    assert "Full, waiting list open" not in words(url)

    with committed():
        seats.sign_up(seminar, option=seminar.options.get(), details=details("ann"))

    assert "Full, waiting list open" in words(url)


def test_sign_up_ends_the_pages_of_its_seminar_and_no_others(index, committed):
    seminar, other = make_pages(make_seminar(online=9)), make_pages(make_seminar())
    own = [address(seminar, code) for code in ("en", "zh-hant", "zh-hans")]
    others = [address(other), address(other, "zh-hant"), "/en/", "/tc/", "/en/events/", "/sc/events/"]
    for url in (*own, *others):
        words(url)

    with committed():
        seats.sign_up(seminar, option=seminar.options.first(), details=details("ann"))

    assert [is_kept(url) for url in (*own, *others)] == [False] * 3 + [True] * 6
    assert all(is_kept(url) for url in own)


def test_place_that_is_given_back_shows_at_once_in_every_language(index, committed):
    seminar = make_pages(make_seminar(online=1, venue=None))
    with committed():
        seats.sign_up(seminar, option=seminar.options.get(), details=details("ann"))
    urls = [address(seminar, code) for code in ("en", "zh-hant", "zh-hans")]
    full = [words(url) for url in urls]

    with committed():
        seats.cancel(seminar.sign_ups.get())

    assert "Full, waiting list open" in full[0] and "Full, waiting list open" not in words(urls[0])
    assert all(words(url) != before for url, before in zip(urls, full, strict=True))


def test_offer_that_runs_out_first_is_the_next_instant_of_a_page_that_is_kept(index, committed, move_to):
    seminar = make_pages(make_seminar(online=1, venue=None))
    url = address(seminar)
    words(url)  # the next instant is known, and is sign-up's end
    runs_out = timezone.now() + timedelta(minutes=2)
    with committed():
        seats.sign_up(seminar, option=seminar.options.get(), details=details("ann"))
        person = seminar.sign_ups.get()
        person.state, person.held_until = SignUp.State.OFFERED, runs_out
        person.save(update_fields=["state", "held_until"])
    assert "Full, waiting list open" in words(url)

    move_to(runs_out + timedelta(seconds=1))
    assert "Full, waiting list open" not in words(url)


def test_cancelled_seminar_says_so_at_once_on_every_page(published, committed):
    urls = (address(published), "/en/events/", "/en/")
    for url in urls:
        words(url)
    published.state = Seminar.State.CANCELLED
    with committed():
        published.save(update_fields=["state"])

    assert all("Cancelled" in words(url) for url in urls[:2])
    assert not is_kept("/en/")


def test_weather_warning_shows_at_once(index, committed):
    seminar = make_pages(make_seminar(starts_in=timedelta(hours=5)))
    url = address(seminar)
    before = words(url)
    option = seminar.options.get(mode="hong_kong")
    with committed():
        WeatherWatch.objects.create(
            option=option,
            codes=["WTCSGNL8"],
            opened_at=timezone.now(),
            decide_by=timezone.now() + timedelta(hours=2),
        )

    assert words(url) != before


def test_sign_up_closes_on_kept_pages_at_its_instant(published, move_to):
    closes = published.sign_up_closes_at
    url = address(published)
    move_to(closes - timedelta(seconds=30))
    assert "Sign-up closes" in words(url)
    assert is_kept(url)

    move_to(closes + timedelta(seconds=1))
    assert "Sign-up closed" in words(url)


def test_next_instant_is_the_first_that_changes_a_page(seminar, venue):
    now = timezone.now()
    times = (seminar.sign_up_opens_at, seminar.sign_up_closes_at, seminar.starts_at, seminar.ends_at)
    near = seminar.starts_at - timedelta(hours=24)
    assert page_instants.next_after(now) == near
    assert page_instants.next_after(near + timedelta(seconds=1)) == min(times[1:])
    assert page_instants.next_after(times[3] - timedelta(seconds=1)) == times[3]
    assert page_instants.next_after(times[3] + timedelta(seconds=1)) is None

    seats.sign_up(seminar, option=venue, details=details("ann"))
    runs_out = now + timedelta(hours=1)  # before anything else
    SignUp.objects.update(state=SignUp.State.OFFERED, held_until=runs_out)
    assert page_instants.next_after(now) == runs_out
    decide_by = now + timedelta(minutes=20)
    WeatherWatch.objects.create(option=venue, codes=[], opened_at=now, decide_by=decide_by)
    assert page_instants.next_after(now) == decide_by


def test_next_instant_costs_the_same_for_many_seminars(seminar, django_assert_num_queries):
    for _ in range(2):
        make_seminar()
    with django_assert_num_queries(3):
        page_instants.next_after(timezone.now())

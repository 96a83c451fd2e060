"""A host whose clock is wrong decides nothing: what is open, due and visible goes by the database's clock."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.mail.models import Message
from seminars import attendance, changes, links, reminding, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details

FIELDS = {
    "name": "Demo Mei",
    "company": "Demo Alpha Limited",
    "company_type": "provider",
    "email": "mei@alpha.example",
    "if_full": "waiting_list",
}
AHEAD, BEHIND = timedelta(days=30), -timedelta(days=30)


@pytest.fixture
def host(time_machine):
    """`host(by)` moves the clock of this machine; the database's stays right."""
    return lambda by: time_machine.move_to(timezone.now() + by)


@pytest.fixture
def mine(published, online):
    """Somebody with a place online, whose link to join there is already."""
    AttendanceOption.objects.filter(pk=online.pk).update(join_link="https://meet.example/room")
    seats.sign_up(published, option=online, details=details("mei"))
    Message.objects.all().delete()
    return SignUp.objects.select_related("seminar", "option").get()


def starts(by):
    """Move the seminar, by a clock that is right, so that it starts so much from now."""
    now = timezone.now()
    Seminar.objects.update(
        starts_at=now + by, ends_at=now + by + timedelta(hours=1), sign_up_closes_at=now + by
    )


def test_form_is_open_while_a_fast_clock_says_the_seminar_is_over(client, published, online, host):
    host(AHEAD)
    target = reverse("seminars:sign_up", args=[published.uuid])
    page = client.get(target).content.decode()
    assert 'name="email"' in page
    host(timedelta(seconds=10))  # nobody types faster than that
    stamp = page.split('name="opened" value="')[1].split('"')[0]
    answer = client.post(target, {**FIELDS, "opened": stamp, "option": str(online.uuid), "consent": "on"})
    assert answer.status_code == 302, answer.content.decode()
    assert SignUp.objects.get().state == "confirmed"


def test_form_is_closed_while_a_slow_clock_says_there_is_time(client, published, host):
    Seminar.objects.update(sign_up_closes_at=timezone.now() - timedelta(minutes=1))
    host(BEHIND)
    page = client.get(reverse("seminars:sign_up", args=[published.uuid])).content.decode()
    assert 'name="email"' not in page


def test_link_leaves_and_shows_neither_early_nor_late(client, mine, host):
    host(timedelta(days=9, hours=12))
    assert reminding.queue_due() == 0
    assert "meet.example" not in client.get(links.path_to(mine)).content.decode()
    host(-timedelta(days=9, hours=12))
    starts(timedelta(minutes=30))
    host(BEHIND)
    assert reminding.queue_due() == 1, "the link; it reminds by itself so shortly before the start"
    assert "meet.example" in client.get(links.path_to(mine)).content.decode()


def test_offer_that_still_runs_is_not_taken_away_and_a_running_seminar_is_not_held(mine, host):
    starts(timedelta(minutes=-10))
    host(AHEAD)
    changes.mark_held()
    assert Seminar.objects.get().state == "scheduled"
    host(-AHEAD + BEHIND)
    Seminar.objects.update(ends_at=timezone.now() + AHEAD - timedelta(minutes=1))
    changes.mark_held()
    assert Seminar.objects.get().state == "held"


def test_door_is_open_on_the_day_whatever_the_host_says(client, mine, venue, host):
    starts(timedelta(minutes=30))
    door = attendance.open_door(venue, actor=None)
    host(AHEAD)
    assert "came" in client.get(links.path_to_door(door)).content.decode()
    starts(timedelta())  # a month from now, by the clock that is right
    assert client.get(links.path_to_door(door)).templates[0].name == "seminars/door_closed.html"

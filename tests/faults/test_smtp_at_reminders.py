"""The mail server is away for two hours over the time of the reminders, while clock and sender go on.

What is still of use leaves once when the server is back, what is not is written down as too late.
"""

import email
from collections import Counter
from datetime import datetime, timedelta
from email.header import decode_header, make_header

import pytest
from django.core.management import call_command

from portal import ticking
from portal.dates import HONG_KONG
from portal.mail.models import Message
from seminars import mail_settings, seats
from seminars.models import SignUp
from tests.seminars.makers import details, make_seminar

pytestmark = pytest.mark.django_db
State = Message.State
START = datetime(2027, 6, 23, 10, 30, tzinfo=HONG_KONG)
SIGNED_UP = START - timedelta(days=9)


@pytest.fixture
def by_smtp(settings, smtp):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 2
    return smtp


@pytest.fixture
def minute(by_smtp, observatory, move_to):
    """`minute(moment)`: the clock ticks, the sender looks; returns how often each mail reached whom."""
    move_to(SIGNED_UP)

    def pass_by(moment):
        move_to(moment)
        before = len(by_smtp.received)
        ticking.tick()
        call_command("sender", "--once")
        return Counter(
            (to.split("@")[0], str(make_header(decode_header(email.message_from_bytes(raw)["Subject"]))))
            for _from, people, raw in by_smtp.received[before:]
            for to in people
        )

    return pass_by


@pytest.fixture
def seminar(minute):
    """Mei and Ada online, Ken at the venue, Otto and Wei waiting for it; their first mails have left."""
    seminar = make_seminar(starts_in=START - SIGNED_UP)
    online, venue = seminar.options.get(mode="online"), seminar.options.get(mode="hong_kong")
    links = {online.pk: "https://meet.example/demo"}
    mail_settings.change(seminar, links=links, hours_before=1, day_before=True, hour_before=True, actor=None)
    for who, company, option, language in (
        *(("mei", "alpha", online, "en"), ("ada", "beta", online, "en"), ("ken", "gamma", venue, "zh-hant")),
        *(("otto", "delta", venue, "en"), ("wei", "omega", venue, "zh-hans")),
    ):
        seats.sign_up(seminar, option=option, details=details(who, company, language=language))
    assert len(minute(SIGNED_UP + timedelta(minutes=1))) == 5
    return seminar


def away(minute, server, *, since, until):
    """Refuses every connection from `since` on and is back at `until`; returns what leaves then."""
    server.down()
    passed = since
    while passed < until:
        assert minute(passed) == {}
        passed += timedelta(minutes=10)
    server.up()
    return minute(until)


def states(kind):
    return Counter(Message.objects.filter(kind=kind).values_list("state", "last_error"))


def test_reminders_of_the_day_before_leave_once_when_the_server_is_back(seminar, minute, by_smtp):
    day_before, hour = START - timedelta(days=1), timedelta(hours=1)
    # Ken gives the place back after the reminders were queued: Otto comes up, Wei waits on.
    by_smtp.down()
    assert minute(day_before - hour) == {} and minute(day_before) == {}
    assert states("signup.reminder_day").total() == 3 and states("signup.still_waiting").total() == 2
    assert {state for state, _reason in states("signup.reminder_day")} == {State.QUEUED}
    seats.cancel(SignUp.objects.select_related("seminar").get(email="ken@gamma.example"))
    assert away(minute, by_smtp, since=day_before + timedelta(minutes=1), until=day_before + hour) == {
        ("mei", "Reminder: Demo seminar"): 1,
        ("ada", "Reminder: Demo seminar"): 1,
        ("ken", "你的報名已取消：示範研討會"): 1,
        ("otto", "A place has come free for you: Demo seminar"): 1,
        ("wei", "仍在候补名单：示范研讨会"): 1,
    }
    untrue = "What it says was no longer true, or no longer wanted."
    assert states("signup.reminder_day") == {(State.SENT, ""): 2, (State.SUPPRESSED, untrue): 1}
    assert states("signup.still_waiting") == {(State.SENT, ""): 1, (State.SUPPRESSED, untrue): 1}
    assert minute(day_before + hour + timedelta(minutes=1)) == {}
    assert minute(START - timedelta(hours=2)) == {}


def test_reminders_of_the_last_hour_are_too_late_and_the_link_is_not(seminar, minute, by_smtp):
    assert minute(START - timedelta(days=1)).total() == 5
    back = away(
        *(minute, by_smtp),
        since=START - timedelta(hours=1, minutes=30),
        until=START + timedelta(minutes=30),
    )
    link = "Your link to join: Demo seminar"
    assert back == {("mei", link): 1, ("ada", link): 1}, "the session goes on for half an hour"
    assert states("signup.reminder_hour") == {(State.SUPPRESSED, "It was too late to send it."): 1}
    assert states("signup.link") == {(State.SENT, ""): 2}
    assert minute(START + timedelta(minutes=31)) == {}


def test_what_was_of_no_use_any_more_when_the_server_came_back_never_leaves(seminar, minute, by_smtp):
    assert minute(START - timedelta(days=1)).total() == 5
    end = START + timedelta(hours=1)
    assert away(minute, by_smtp, since=end - timedelta(hours=2), until=end + timedelta(minutes=1)) == {}
    late = (State.SUPPRESSED, "It was too late to send it.")
    assert (states("signup.link"), states("signup.reminder_hour")) == ({late: 2}, {late: 1})
    assert minute(end + timedelta(hours=3)) == {}

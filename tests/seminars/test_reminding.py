from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal.mail import kinds, sender
from portal.mail.models import Message
from seminars import joining, links, mail_settings, reminding, seats
from seminars.models import AttendanceOption, Seminar, SignUp, WeatherWatch
from tests.seminars.makers import details, make_seminar

LINK = "https://meet.example/demo?pwd=sesame"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def post(settings):
    """`post()` sends what is due and returns the subjects by address."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

    def send():
        mail.outbox = []
        while sender.send_due():
            pass
        return sorted((each.to[0].split("@")[0], each.subject.split(":")[0]) for each in mail.outbox)

    return send


def set_mails(seminar, link=LINK, hours=24, day=True, hour=True):
    option = seminar.options.get(mode="online")
    mail_settings.change(
        seminar, links={option.pk: link}, hours_before=hours, day_before=day, hour_before=hour, actor=None
    )


def starts_in(seminar, wait):
    """Time passes: the start comes nearer, and sign-ups grow older."""
    now = timezone.now().replace(microsecond=0)
    Seminar.objects.filter(pk=seminar.pk).update(
        starts_at=now + wait, ends_at=now + wait + HOUR, sign_up_closes_at=now + wait - timedelta(minutes=10)
    )
    long_ago = now - timedelta(days=9)
    seminar.sign_ups.update(created_at=long_ago)
    seminar.sign_ups.filter(state="confirmed").update(confirmed_at=long_ago)
    seminar.refresh_from_db()


@pytest.fixture
def people(seminar, online, venue):
    """Mei online, Ken at the venue, Otto waiting for the venue; their mails of sign-up are out of the way."""
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=venue, details=details("ken", "gamma", language="zh-hant"))
    seats.sign_up(seminar, option=venue, details=details("otto", "beta", language="zh-hans"))
    Message.objects.all().delete()
    return {person.email.split("@")[0]: person for person in SignUp.objects.all()}


def test_link_goes_at_its_time_to_people_of_the_online_option_only(seminar, people, post):
    set_mails(seminar, hours=3, day=False, hour=False)
    starts_in(seminar, 3 * HOUR + timedelta(minutes=5))
    reminding.queue_due()
    assert post() == []
    starts_in(seminar, 3 * HOUR - timedelta(minutes=1))
    reminding.queue_due()
    assert post() == [("mei", "Your link to join")]
    body = mail.outbox[0].body
    assert LINK in body and "/en/seminars/mine/" in body and "Dear Demo Mei," in body and "[[" not in body
    stored = Message.objects.get()
    assert "meet.example" not in stored.body + stored.subject + stored.key + stored.html
    assert stored.expires_at == seminar.ends_at


def test_late_registrant_gets_the_link_at_once(seminar, online, post):
    set_mails(seminar)
    starts_in(seminar, 5 * HOUR)
    seats.sign_up(seminar, option=online, details=details("mei"))
    assert post() == [("mei", "You have a place"), ("mei", "Your link to join")]
    reminding.queue_due()
    assert post() == []


def test_who_comes_up_late_gets_the_link_at_once(seminar, online, post):
    set_mails(seminar)
    AttendanceOption.objects.filter(pk=online.pk).update(capacity=1)
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=online, details=details("otto", "beta"))
    starts_in(seminar, 5 * HOUR)
    reminding.queue_due()
    post()
    seats.cancel(SignUp.objects.select_related("seminar").get(email="mei@alpha.example"))
    assert post() == [
        ("mei", "Your sign-up is cancelled"),
        ("otto", "A place has come free for you"),
        ("otto", "Your link to join"),
    ]


def test_link_that_is_entered_late_or_changed_goes_out_by_itself(seminar, people, post):
    set_mails(seminar, link="")
    starts_in(seminar, 5 * HOUR)
    reminding.queue_due()
    assert post() == []
    set_mails(seminar)
    reminding.queue_due()
    set_mails(seminar, link="https://meet.example/other")
    reminding.queue_due()
    assert post() == [("mei", "Your link to join")]
    assert "https://meet.example/other" in mail.outbox[0].body
    assert Message.objects.filter(kind="signup.link").order_by("id").values_list("state", flat=True)[0] == (
        "suppressed"
    )


def test_place_given_back_gets_no_link_and_no_reminder(seminar, people, post):
    set_mails(seminar)
    starts_in(seminar, 5 * HOUR)
    reminding.queue_due()
    seats.cancel(SignUp.objects.select_related("seminar").get(pk=people["mei"].pk))
    assert post() == [("mei", "Your sign-up is cancelled")]


def test_option_on_hold_for_the_weather_waits_and_the_others_do_not(seminar, people, online, venue, post):
    set_mails(seminar, hours=72, day=False)
    starts_in(seminar, timedelta(minutes=50))
    watch = WeatherWatch.objects.create(option=venue, opened_at=timezone.now(), decide_by=timezone.now())
    reminding.queue_due()
    assert [who for who, _ in post()] == ["mei", "mei"]
    WeatherWatch.objects.filter(pk=watch.pk).update(outcome="decided")
    Message.objects.filter(state="queued").update(not_before=timezone.now() - timedelta(minutes=1))
    assert post() == [("ken", "提示：示範研討會")]


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_seminar_that_is_off_sends_nothing_of_this(seminar, people, post, state):
    set_mails(seminar)
    starts_in(seminar, timedelta(minutes=50))
    reminding.queue_due()
    Seminar.objects.update(state=state)
    reminding.queue_due()
    assert post() == []


def test_people_of_a_venue_that_moved_online_get_the_link(seminar, people, venue, post):
    set_mails(seminar, day=False, hour=False)
    AttendanceOption.objects.filter(pk=venue.pk).update(state="moved_online")
    starts_in(seminar, 5 * HOUR)
    reminding.queue_due()
    assert [who for who, _ in post()] == ["ken", "mei"]
    assert all(LINK in each.body for each in mail.outbox)


def test_reminders_a_day_and_an_hour_before_in_each_language(seminar, people, post):
    set_mails(seminar, hours=72)
    starts_in(seminar, DAY - timedelta(minutes=1))
    reminding.queue_due()
    assert [who for who, _ in post()] == ["ken", "mei", "mei", "otto"]
    said = {each.to[0].split("@")[0]: each for each in mail.outbox if "link" not in each.subject}
    assert said["ken"].subject == "提示：示範研討會"
    assert said["otto"].subject == "仍在候补名单：示范研讨会" and "您的候补次序：1" in said["otto"].body
    assert "九龍示範街1號" in said["ken"].body and "[[" not in said["ken"].body
    assert LINK in said["mei"].body and LINK not in said["ken"].body
    starts_in(seminar, timedelta(minutes=59))
    Message.objects.all().delete()
    set_mails(seminar, hours=72, link="")
    reminding.queue_due()
    assert [who for who, _ in post()] == ["ken", "mei"]
    assert "comes in a mail of its own." in next(each for each in mail.outbox if "mei" in each.to[0]).body


def test_link_close_to_a_reminder_is_the_reminder(seminar, people, post):
    set_mails(seminar, hours=24)
    starts_in(seminar, DAY - timedelta(minutes=1))
    reminding.queue_due()
    assert [(who, subject) for who, subject in post() if who == "mei"] == [("mei", "Your link to join")]


def test_who_signed_up_after_the_reminder_time_is_not_reminded(seminar, venue, post):
    starts_in(seminar, 20 * HOUR)
    seats.sign_up(seminar, option=venue, details=details("ken"))
    seats.sign_up(seminar, option=venue, details=details("otto", "beta"))
    Message.objects.all().delete()
    reminding.queue_due()
    assert post() == []


def test_start_that_moves_takes_its_mails_along(seminar, people, post):
    set_mails(seminar)
    starts_in(seminar, timedelta(minutes=50))
    reminding.queue_due()
    starts_in(seminar, timedelta(days=6))
    reminding.queue_due()
    assert post() == []
    assert set(Message.objects.values_list("state", flat=True)) == {"suppressed"}
    starts_in(seminar, timedelta(minutes=50))
    reminding.queue_due()
    assert [who for who, _ in post()] == ["ken", "mei", "mei"]


def test_hour_reminder_that_could_not_leave_in_time_is_not_sent_late(seminar, people, post):
    set_mails(seminar, hours=72, day=False)
    starts_in(seminar, timedelta(minutes=50))
    reminding.queue_due()
    assert Message.objects.filter(kind="signup.reminder_hour").count() == 2
    # Two hours without a mail server.
    Message.objects.filter(kind="signup.reminder_hour").update(
        expires_at=timezone.now() - timedelta(minutes=70)
    )
    assert post() == [("mei", "Your link to join")]
    reminders = Message.objects.filter(kind="signup.reminder_hour")
    assert {(each.state, each.last_error) for each in reminders} == {
        ("suppressed", "It was too late to send it.")
    }


def test_clock_that_stood_still_for_days_sends_once_and_only_what_is_of_use(seminar, people, post):
    set_mails(seminar, hours=72)
    starts_in(seminar, 5 * HOUR)
    assert (reminding.queue_due(), reminding.queue_due()) == (1, 0)
    assert post() == [("mei", "Your link to join")]
    starts_in(seminar, -2 * HOUR)
    assert reminding.queue_due() == 0 and post() == []


def test_copy_of_a_seminar_takes_no_due_mail_along(seminar, people, post):
    set_mails(seminar)
    make_seminar(starts_in=timedelta(hours=5), link_hours_before=seminar.link_hours_before)
    assert reminding.queue_due() == 0 and post() == []


def test_waiting_mail_says_the_position_of_the_moment_it_leaves(seminar, venue):
    for who in ("ken", "otto", "ada"):
        seats.sign_up(seminar, option=venue, details=details(who, who))
    message = Message.objects.get(kind="signup.waiting", to="ada@ada.example")
    assert "Your position: [[position]]" in message.body
    assert kinds.get(message.kind).links(message)["position"] == "2"
    seats.cancel(SignUp.objects.select_related("seminar").get(email="otto@otto.example"))
    assert kinds.get(message.kind).links(message)["position"] == "1"


def test_queueing_costs_the_same_for_one_and_for_three_people(seminar, online, django_assert_num_queries):
    AttendanceOption.objects.filter(pk=online.pk).update(capacity=None)
    set_mails(seminar, day=False, hour=False)
    costs = []
    for number in (1, 3):
        for each in range(number):
            seats.sign_up(seminar, option=online, details=details(f"p{each}", f"c{number}{each}"))
        starts_in(seminar, 5 * HOUR)
        with django_assert_num_queries(8):
            costs.append(reminding.queue_due())
        starts_in(seminar, timedelta(days=9))
    assert costs[0] == 1 and costs[1] >= 3


def test_own_page_shows_the_link_when_it_is_due_and_only_with_a_place(client, published, online, venue):
    set_mails(published)
    for who, option in (("mei", online), ("ken", venue)):
        seats.sign_up(published, option=option, details=details(who))
    mine, kens = (links.path_to(person) for person in SignUp.objects.order_by("pk"))
    assert LINK not in client.get(mine).content.decode()
    assert "stands here from" in client.get(mine).content.decode()
    starts_in(published, 5 * HOUR)
    assert f'href="{LINK}"' in client.get(mine).content.decode()
    assert LINK not in client.get(kens).content.decode()
    SignUp.objects.filter(email__startswith="mei").update(state="waiting")
    assert LINK not in client.get(mine).content.decode()
    starts_in(published, -2 * HOUR)
    SignUp.objects.update(state="confirmed")
    assert LINK not in client.get(mine).content.decode()


def test_link_stands_on_no_public_page_and_in_no_calendar(client, published, online):
    set_mails(published)
    starts_in(published, 5 * HOUR)
    page = published.pages.get(locale__language_code="en")
    for address in (page.url, f"/en/seminars/{published.uuid}/seminar.ics"):
        assert "meet.example" not in client.get(address).content.decode()


def test_marks_differ_and_give_nothing_away():
    marks = {joining.mark_of(LINK, "a@b.example"), joining.mark_of(LINK + "x", "a@b.example")}
    assert len(marks | {joining.mark_of(LINK, "c@b.example")}) == 3 and "meet" not in str(marks)

from datetime import UTC, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from portal.mail import envelope, kinds
from portal.mail.models import Message
from seminars import changes, links, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details

SUBJECTS = {
    "confirmed": ("You have a place: Demo seminar", "你已獲名額：示範研討會", "您已获得名额：示范研讨会"),
    "promoted": (
        "A place has come free for you: Demo seminar",
        "你已獲編配名額：示範研討會",
        "您已递补获得名额：示范研讨会",
    ),
    "waiting": (
        "You are on the waiting list: Demo seminar",
        "你已列入輪候名單：示範研討會",
        "您已列入候补名单：示范研讨会",
    ),
    "no_place": ("No place was free: Demo seminar", "名額已滿：示範研討會", "名额已满：示范研讨会"),
    "cancelled": (
        "Your sign-up is cancelled: Demo seminar",
        "你的報名已取消：示範研討會",
        "您的报名已取消：示范研讨会",
    ),
    "already": (
        "You are signed up already: Demo seminar",
        "你早前已報名：示範研討會",
        "您此前已报名：示范研讨会",
    ),
}


def tell(kind, seminar, venue, language):
    """Bring a person of `language` into the situation that `kind` of mail is about."""
    me = details("me", "beta", language=language, if_full="neither" if kind == "no_place" else "waiting_list")
    if kind in {"waiting", "promoted", "no_place"}:
        seats.sign_up(seminar, option=venue, details=details("first"))
    seats.sign_up(seminar, option=venue, details=me)
    if kind == "promoted":
        seats.cancel(SignUp.objects.select_related("seminar").get(email="first@alpha.example"))
    if kind == "already":
        seats.sign_up(seminar, option=venue, details=me)
    if kind == "cancelled":
        seats.cancel(SignUp.objects.select_related("seminar").get(email="me@beta.example"))
    return Message.objects.get(kind=f"signup.{kind}", to="me@beta.example")


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize(("position", "language"), [(0, "en"), (1, "zh-hant"), (2, "zh-hans")])
def test_each_mail_says_what_when_and_where_in_its_language(seminar, venue, kind, position, language):
    message = tell(kind, seminar, venue, language)
    assert message.subject == SUBJECTS[kind][position]
    place = ("Demo Hall, 1 Demo Street, Kowloon", "示範會堂，九龍示範街1號", "示范会堂，九龙示范街1号")[
        position
    ]
    weekday = ("day ", "星期", "星期")[position]
    for part in (place, weekday, ("Hong Kong time", "香港時間", "香港时间")[position], "+852 2000 0000"):
        assert part in message.body
    if language != "en":
        assert "Demo" not in message.body.replace("Demo Me", "") and "seminar" not in message.body
    has_link = "[[status]]" in message.body
    assert has_link == (kind not in {"no_place", "cancelled"})
    assert "<span" not in message.body and "&" not in message.body


def test_link_is_filled_in_when_the_mail_leaves(seminar, venue):
    message = tell("confirmed", seminar, venue, "zh-hant")
    person = SignUp.objects.get()
    filled = kinds.get(message.kind).links(message)["status"]
    assert filled.startswith("http") and "/tc/seminars/mine/" in filled
    assert links.token_for(person) in filled and links.token_for(person) not in message.body


def calendar_of(message):
    (attachment,) = kinds.get(message.kind).attachments(message)
    (event,) = Calendar.from_ical(attachment.content).walk("VEVENT")
    return attachment, event


def test_calendar_file_asks_for_no_answer_and_is_withdrawn_later(seminar, online):
    seats.sign_up(seminar, option=online, details=details("mei"))
    person = SignUp.objects.select_related("seminar").get()
    asked, request = calendar_of(Message.objects.get(kind="signup.confirmed"))
    assert asked.mimetype == "text/calendar; method=REQUEST; charset=utf-8"
    assert request["dtstart"].dt == seminar.starts_at.astimezone(UTC)
    assert request["dtend"].dt == seminar.ends_at.astimezone(UTC)
    assert request["attendee"].params["RSVP"] == "FALSE"
    assert request["attendee"] == "mailto:mei@alpha.example"
    assert b"DTSTART:" in asked.content and b"TZID" not in asked.content
    assert "Demo Secretariat" in request["description"]
    assert "/mine/" not in asked.content.decode(), "colleagues can read each other's diaries"
    seats.cancel(person)
    withdrawn, cancel = calendar_of(Message.objects.get(kind="signup.cancelled"))
    assert withdrawn.mimetype == "text/calendar; method=CANCEL; charset=utf-8"
    assert cancel["uid"] == request["uid"] and cancel["status"] == "CANCELLED"
    assert cancel["sequence"] > request["sequence"]


def test_waiting_person_gets_no_calendar_file(seminar, venue):
    message = tell("waiting", seminar, venue, "en")
    assert kinds.get(message.kind).attachments(message) == []


def test_no_file_withdraws_what_was_never_entered(seminar, venue):
    tell("waiting", seminar, venue, "en")
    seats.cancel(SignUp.objects.select_related("seminar").get(email="me@beta.example"))
    message = Message.objects.get(kind="signup.cancelled")
    assert kinds.get(message.kind).attachments(message) == []


def due(kind):
    message = Message.objects.get(kind=f"signup.{kind}")
    return kinds.get(message.kind).still_due(message)


def test_who_cancels_before_the_mail_left_gets_the_cancellation_only(seminar, online):
    seats.sign_up(seminar, option=online, details=details("mei"))
    assert due("confirmed")
    seats.cancel(SignUp.objects.select_related("seminar").get())
    assert not due("confirmed") and due("cancelled")


@pytest.mark.parametrize("kind", ["confirmed", "promoted", "waiting", "already"])
def test_seminar_or_option_that_is_off_sends_none_of_these(seminar, venue, kind):
    tell(kind, seminar, venue, "en")
    message = Message.objects.get(kind=f"signup.{kind}", to="me@beta.example")
    still_due = kinds.get(message.kind).still_due
    assert still_due(message)
    AttendanceOption.objects.filter(pk=venue.pk).update(state="cancelled")
    assert not still_due(message)
    AttendanceOption.objects.filter(pk=venue.pk).update(state="open")
    Seminar.objects.update(state="cancelled")
    assert not still_due(message)


def test_waiting_mail_is_not_sent_to_who_has_come_up(seminar, venue):
    tell("promoted", seminar, venue, "en")
    assert not due("waiting") and due("promoted")


@pytest.mark.parametrize("is_closed", [False, True])
def test_whoever_is_told_to_sign_up_again_finds_the_form_or_hears_that_it_is_closed(
    seminar, online, venue, is_closed
):
    form = f"/tc/seminars/{seminar.uuid}/sign-up/"
    for who, option in (("mei", online), ("ken", venue)):
        seats.sign_up(seminar, option=option, details=details(who, language="zh-hant"))
    if is_closed:
        Seminar.objects.update(sign_up_closes_at=timezone.now() - timedelta(minutes=1))
    seats.cancel(SignUp.objects.select_related("seminar").get(email__startswith="mei"))
    changes.make(seminar, changes.CancelOption(option_id=venue.pk), actor=None)
    for kind in ("signup.cancelled", "seminar.option_cancelled"):
        message = Message.objects.get(kind=kind)
        text = envelope.filled(message.body, kinds.get(kind).links(message))
        assert (form in text, "報名已截止" in text) == (not is_closed, is_closed), kind

"""Letters to a filtered set of people: strict fields, a preview, a minute to take it back."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Event
from portal.mail import sender
from portal.mail.models import Message
from seminars import changes, letters, seats
from seminars.models import AttendanceOption, Letter, Seminar, SignUp
from tests.bench.browsing import fields_of
from tests.seminars.makers import details, make_crowd, make_seminar

TYPED = {
    "subject_en": "Room changed",
    "body_en": "Dear {name} of {company}, see {status}",
    "subject_zh_hant": "更改房間",
    "body_zh_hant": "{name}：請到{place}。",
}
CONFIRMED = "?state=confirmed"


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


@pytest.fixture
def people(seminar, online, venue):
    """Mei reads English, Ken Traditional Chinese; Otto waits and reads Simplified Chinese."""
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=venue, details=details("ken", "gamma", language="zh-hant"))
    seats.sign_up(seminar, option=venue, details=details("otto", "beta", language="zh-hans"))
    Message.objects.all().delete()
    return {person.email.split("@")[0]: person for person in SignUp.objects.select_related("seminar")}


def url(seminar, query=CONFIRMED):
    return reverse("office_seminars:letter", args=[seminar.uuid]) + query


def form_of(response):
    return fields_of(BeautifulSoup(response.content, "html.parser").select_one("main form"))


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True).split())


def shown(staff, seminar, query=CONFIRMED, **changes):
    """The answer to pressing for the preview."""
    target = url(seminar, query)
    return staff.post(target, form_of(staff.get(target)) | TYPED | {"step": "preview"} | changes)


def send(staff, seminar, query=CONFIRMED, **changes):
    """Look at it, then send it. Returns what the second press carried."""
    fields = form_of(shown(staff, seminar, query, **changes)) | {"step": "confirm"}
    answer = staff.post(url(seminar, query), fields)
    assert answer.status_code == 302, text(answer)
    return fields


def deliver(**which):
    """{who: mail} of what leaves once the minute is over."""
    mail.outbox = []
    Message.objects.filter(state="queued", **which).update(not_before=timezone.now() - timedelta(seconds=1))
    while sender.send_due():
        pass
    return {each.to[0].split("@")[0]: each for each in mail.outbox}


def test_form_asks_for_the_languages_of_the_readers_only(staff, seminar, people):
    page = staff.get(url(seminar)).content.decode()
    assert "2 people get this mail" in page and 'name="body_zh_hant"' in page
    assert 'name="body_zh_hans"' not in page
    assert "Nobody whom you can write to" in text(staff.get(url(seminar, "?state=nonsense")))
    listed = staff.get(reverse("office_seminars:sign_ups", args=[seminar.uuid]) + CONFIRMED)
    assert f'href="{url(seminar)}"' in listed.content.decode()


def test_preview_shows_a_real_person_of_each_language_and_sends_nothing(staff, seminar, people):
    page = text(shown(staff, seminar))
    assert "Dear Demo Mei of Demo Alpha Limited" in page
    assert "Demo Ken：請到示範會堂，九龍示範街1號。" in page and "參加方式：示範會堂" in page
    assert "/mine/…" in page and "[[" not in page
    assert "2 people are written to." in page
    assert not Message.objects.exists() and not Letter.objects.exists()


def test_letter_reaches_exactly_the_filtered_people_in_their_languages(staff, seminar, people):
    send(staff, seminar)
    assert set(Message.objects.values_list("to", flat=True)) == {"mei@alpha.example", "ken@gamma.example"}
    assert set(Message.objects.values_list("not_before", flat=True)) == {Letter.objects.get().undo_until}
    sent = deliver()
    assert (sent["mei"].subject, sent["ken"].subject) == ("Room changed", "更改房間")
    assert sent["mei"].body.startswith("Dear Demo Mei of Demo Alpha Limited, see http")
    assert "Demo seminar" in sent["mei"].body and "+852 2000 0000" in sent["ken"].body
    assert "/mine/" not in Message.objects.get(to="mei@alpha.example").body
    event = Event.objects.get(verb="seminar.letter_sent")
    assert event.to_state == "2" and "Room" not in str(event.changed)


def test_what_was_looked_at_is_what_is_sent(staff, seminar, people):
    back = staff.post(url(seminar), form_of(shown(staff, seminar)) | {"step": "edit"})
    kept = form_of(back)
    assert {name: kept[name] for name in TYPED} == TYPED and "seen" not in kept
    assert not Letter.objects.exists()


def test_pressing_send_again_writes_to_nobody_twice(staff, seminar, people):
    fields = send(staff, seminar)
    answer = staff.post(url(seminar), fields, follow=True)
    assert "Nobody gets it twice" in text(answer)
    assert Letter.objects.count() == 1 and Message.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("body_en", "Dear {first_name}", "There is no field {first_name}. Possible are: {name}, "),
        ("body_en", "Dear {name", "A brace stands alone"),
        ("body_zh_hant", "你好｛name｝", "A brace stands alone"),
        ("body_en", "Dear {name.__class__}", "There is no field"),
        ("subject_en", "For {name}", "No field is filled in here. Please take {name} out."),
        ("body_zh_hant", "", "Enter "),
        ("key", "nonsense", "There is a problem"),
    ],
)
def test_unknown_field_and_missing_text_are_refused_and_nothing_typed_is_lost(
    staff, seminar, people, field, typed, sentence
):
    for step in ("preview", "confirm"):
        response = shown(staff, seminar, **{field: typed, "step": step})
        page = response.content.decode()
        assert response.status_code == 422 and sentence in page and "更改房間" in page
    assert not Letter.objects.exists() and not Message.objects.exists()


def test_postponed_seminar_has_no_date_to_fill_in(staff, seminar, people):
    Seminar.objects.update(state="postponed")
    assert shown(staff, seminar, body_en="On {date}").status_code == 422
    send(staff, seminar)
    assert "Demo seminar\nPostponed" in deliver()["mei"].body


def test_who_joined_since_the_preview_makes_the_organiser_look_again(staff, seminar, online, people):
    fields = form_of(shown(staff, seminar)) | {"step": "confirm"}
    seats.cancel(people["mei"])
    seats.sign_up(seminar, option=online, details=details("ada"))
    response = staff.post(url(seminar), fields)
    assert response.status_code == 409 and "Please look once more" in text(response)
    assert "Demo Ada" in text(response) and not Letter.objects.exists()
    assert staff.post(url(seminar), form_of(response) | {"step": "confirm"}).status_code == 302


def test_letter_is_taken_back_within_the_minute_and_the_text_is_kept(staff, seminar, people):
    send(staff, seminar)
    letter = Letter.objects.get()
    target = reverse("office_seminars:letter_take_back", args=[seminar.uuid, letter.uuid])
    mails = reverse("office_seminars:mails", args=[seminar.uuid])
    assert target in staff.get(mails).content.decode()
    for _ in range(2):
        answer = staff.post(target, follow=True)
        assert "Nobody gets them" in text(answer) and "2 people get this mail" in text(answer)
        fields = form_of(answer)
        assert {name: fields[name] for name in TYPED} == TYPED and fields["key"] != str(letter.uuid)
    assert deliver() == {} and Letter.objects.get().undone_at
    page = staff.get(mails).content.decode()
    assert target not in page and "taken back" in page


def test_letter_is_not_taken_back_after_the_minute(staff, seminar, people):
    send(staff, seminar)
    Letter.objects.update(undo_until=timezone.now() - timedelta(seconds=1))
    late = Letter.objects.get()
    target = reverse("office_seminars:letter_take_back", args=[seminar.uuid, late.uuid])
    assert "too late" in text(staff.post(target, follow=True))
    assert len(deliver()) == 2
    foreign = reverse("office_seminars:letter_take_back", args=[make_seminar().uuid, late.uuid])
    assert staff.post(foreign).status_code == 404
    assert form_of(staff.get(url(seminar, "?again=nonsense")))["body_en"] == ""


def test_who_left_or_came_up_before_it_went_gets_no_letter(staff, seminar, people):
    send(staff, seminar, "", subject_zh_hans="您好", body_zh_hans="{name}")
    send(staff, seminar, "?state=waiting", subject_zh_hans="抱歉", body_zh_hans="还没有名额。")
    seats.cancel(people["ken"])
    deliver()
    told = {(each.to[0].split("@")[0], each.subject) for each in mail.outbox}
    assert ("mei", "Room changed") in told and ("otto", "您好") in told
    # Otto has Ken's place now: that there is none is no longer true.
    assert ("otto", "抱歉") not in told and ("ken", "更改房間") not in told


def test_unproved_address_is_not_written_to(staff, seminar, online):
    Seminar.objects.update(confirms_addresses=True)
    seats.sign_up(seminar, option=online, details=details("mei"))
    assert "Nobody whom you can write to" in text(staff.get(url(seminar, "")))


@pytest.mark.parametrize("change", [changes.Postpone, changes.CancelOption])
def test_what_goes_off_after_the_letter_sends_only_its_own_mail(staff, seminar, people, venue, change):
    send(staff, seminar)
    option = {"option_id": venue.pk} if change is changes.CancelOption else {}
    made = changes.make(seminar, change(**option), actor=None)
    assert deliver(kind=letters.KIND) == {}, "the change can still be taken back, so the letter waits"
    type(made).objects.update(undo_until=timezone.now() - timedelta(seconds=1))
    assert sorted(deliver(kind=letters.KIND)) == (["mei"] if option else [])
    # Who writes afterwards knows of it.
    AttendanceOption.objects.update(state="open")
    send(staff, seminar)
    assert sorted(deliver(kind=letters.KIND)) == ["ken", "mei"]


def test_date_and_place_are_told_as_they_are_when_it_leaves(staff, seminar, people, venue):
    send(staff, seminar)
    AttendanceOption.objects.filter(pk=venue.pk).update(address_zh_hant="新界示範路9號")
    assert deliver()["ken"].body.count("新界示範路9號") == 2


def test_filter_of_attendance_writes_to_those_who_came(staff, seminar, people):
    SignUp.objects.filter(pk=people["mei"].pk).update(attended_at=timezone.now())
    assert "One person is written to." in text(shown(staff, seminar, "?attended=yes"))
    listed = reverse("office_seminars:sign_ups", args=[seminar.uuid])
    assert "Demo Mei" not in text(staff.get(listed + "?attended=no"))


def cost_of(seminar, number, actor):
    """(queries but for the bulk inserts, rows) of writing to so many people."""
    seminar = Seminar.objects.get(pk=seminar.pk)
    before = Message.objects.count()
    with CaptureQueriesContext(connection) as queries:
        people = letters.readers(seminar.sign_ups.filter(company__startswith=f"Crowd {number} "))
        letter = Letter(
            subject_en="Hello", body_en="Dear {name}", subject_zh_hant="你好", body_zh_hant="{name}"
        )
        letters.send(seminar, people, letter, actor=actor)
    inserts = [each for each in queries if 'INTO "mail_message"' in each["sql"]]
    return len(queries) - len(inserts), Message.objects.count() - before


def test_thirty_letters_cost_as_many_queries_as_one(seminar, people, organiser):
    make_crowd(seminar, 1)
    make_crowd(seminar, 30)
    one, thirty = cost_of(seminar, 1, organiser), cost_of(seminar, 30, organiser)
    assert (one[1], thirty[1]) == (1, 30)
    assert one[0] == thirty[0] <= 12

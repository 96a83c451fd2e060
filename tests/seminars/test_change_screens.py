"""The organiser's screens for changes: form, preview of the mails, one press, a minute to take it back."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from portal import dates
from portal.mail.models import Message
from seminars import changes, links, seats
from seminars.models import Seminar, SeminarChange, SignUp
from tests.bench.browsing import fields_of
from tests.seminars.makers import details, make_seminar


@pytest.fixture
def people(seminar, online, venue):
    seats.sign_up(seminar, option=online, details=details("mei"))
    seats.sign_up(seminar, option=venue, details=details("ken", language="zh-hant"))


@pytest.fixture
def seminar(seminar):
    """In the morning: the form has one date for start and end, at whatever hour this runs."""
    seminar.starts_at = dates.local(seminar.starts_at).replace(hour=10, minute=0)
    seminar.ends_at = seminar.starts_at + timedelta(hours=1)
    seminar.sign_up_closes_at = seminar.starts_at - timedelta(hours=1)
    seminar.save(update_fields=["starts_at", "ends_at", "sign_up_closes_at"])
    return seminar


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


def url(name, seminar, *args):
    return reverse(f"office_seminars:{name}", args=[seminar.uuid, *args])


def form_of(response):
    """(fields) of the form that stands on the page."""
    page = BeautifulSoup(response.content, "html.parser")
    return fields_of(page.select_one("main form"))


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True).split())


def walk(staff, target, **typed):
    """Fill in the form, read the preview, confirm. Returns the texts of preview and answer."""
    first = form_of(staff.get(target)) | typed
    preview = staff.post(target, first | {"step": "preview"})
    assert preview.status_code == 200 and not SeminarChange.objects.exists()
    answer = staff.post(target, form_of(preview) | {"step": "confirm"}, follow=True)
    return text(preview), text(answer)


def test_postponing_is_previewed_in_every_language_that_is_written_to(staff, seminar, people):
    preview, answer = walk(
        staff, url("postpone", seminar), note_en="The hall is flooded.", note_zh_hant="會堂水浸。"
    )
    assert "2 people are written to." in preview
    for part in (
        "Postponed: Demo seminar",
        "延期：示範研討會",
        "The hall is flooded.",
        "會堂水浸。",
        "Dear Demo Mei,",
    ):
        assert part in preview
    assert "參加方式：示範會堂" in preview, "each in its own language, whoever looks"
    assert "示范研讨会" not in preview, "nobody reads Simplified Chinese"
    token = links.token_for(SignUp.objects.first())
    assert token not in preview and "/mine/…" in preview, "the page of a person is the person's own"
    assert "2 people are written to in a minute" in answer and "Take it back" in answer
    assert Seminar.objects.get().state == "postponed"
    mail = Message.objects.get(kind="seminar.postponed", language="en")
    assert "The hall is flooded." in mail.body
    assert text(staff.get(url("detail", seminar))).count("Postponed") >= 2


def test_preview_warns_whose_mail_would_carry_a_sentence_in_another_language(staff, seminar, people):
    first = form_of(staff.get(url("postpone", seminar)))

    def warned(**notes):
        page = staff.post(url("postpone", seminar), first | notes | {"step": "preview"})
        cards = BeautifulSoup(page.content, "html.parser").select("section[aria-labelledby^=mail-]")
        assert len(cards) == 2
        words = "Your sentence is not in this language"
        return [card["aria-labelledby"] for card in cards if words in card.get_text()]

    assert warned() == []
    assert warned(note_en="We are sorry.") == ["mail-zh-hant"]
    assert warned(note_zh_hans="抱歉。") == ["mail-en", "mail-zh-hant"]
    assert warned(note_en="We are sorry.", note_zh_hant="抱歉。") == []


def test_taking_it_back_is_one_press(staff, seminar, people):
    walk(staff, url("cancel_seminar", seminar))
    made = SeminarChange.objects.get()
    for _ in range(2):
        answer = staff.post(url("undo_change", seminar, made.uuid), follow=True)
        assert "Taken back." in text(answer)
    assert Seminar.objects.get().state == "scheduled" and "taken back" in text(answer)
    assert set(Message.objects.filter(kind="seminar.cancelled").values_list("state", flat=True)) == {
        "suppressed"
    }


def test_new_date_keeps_the_times_of_the_day_and_needs_a_date(staff, seminar, people):
    changes.make(seminar, changes.Postpone(), actor=None)
    SeminarChange.objects.all().delete()
    target = url("reschedule", seminar)
    empty = form_of(staff.get(target))
    start = dates.local(seminar.starts_at)
    assert empty["starts"] == f"{start:%H:%M}" and not empty["day_day"]
    refused = staff.post(target, empty | {"step": "preview"})
    assert refused.status_code == 422 and "There is a problem" in text(refused)
    day = start.date() + timedelta(days=14)
    parts = {"day": f"{day.day}", "month": f"{day.month}", "year": f"{day.year}"}
    typed = {f"day_{name}": value for name, value in parts.items()}
    typed |= {f"closing_day_{name}": value for name, value in parts.items()}
    typed |= {"closing_time": f"{start:%H:%M}"}
    preview, _ = walk(staff, target, **typed)
    assert "New date: Demo seminar" in preview and "It was to start on" in preview
    seminar.refresh_from_db()
    assert dates.local(seminar.starts_at).date() == day and seminar.state == "scheduled"


def test_place_is_changed_and_what_was_typed_survives_the_preview(staff, seminar, venue, people):
    target = url("change", seminar)
    typed = form_of(staff.get(target)) | {
        f"address_en_{venue.pk}": "9 Demo <Quay> & Pier 𨋢",
        "step": "preview",
    }
    preview = staff.post(target, typed)
    back = staff.post(target, form_of(preview) | {"step": "edit"})
    assert form_of(back)[f"address_en_{venue.pk}"] == "9 Demo <Quay> & Pier 𨋢"
    assert "One person is written to." in text(preview), "only who goes there"
    assert staff.post(target, form_of(preview) | {"step": "confirm"}).status_code == 302
    venue.refresh_from_db()
    assert venue.address_en == "9 Demo <Quay> & Pier 𨋢"


def test_moving_online_proposes_the_link_that_there_is(staff, seminar, online, venue, people):
    online.join_link = "https://meet.example/room"
    online.save()
    target = url("move_online", seminar, venue.uuid)
    assert form_of(staff.get(target))["join_link"] == "https://meet.example/room"
    preview, _ = walk(staff, target)
    assert "改為網上舉行：示範研討會" in preview
    venue.refresh_from_db()
    assert (venue.state, venue.join_link) == ("moved_online", "https://meet.example/room")


def test_the_slower_of_two_organisers_is_told(staff, client_for, root, seminar, people):
    other = client_for(root)
    target = url("postpone", seminar)
    mine = form_of(staff.get(target))
    theirs = form_of(other.get(url("cancel_seminar", seminar)))
    assert staff.post(target, mine | {"step": "confirm"}).status_code == 302
    answer = other.post(url("cancel_seminar", seminar), theirs | {"step": "confirm", "note_en": "Mine."})
    assert answer.status_code == 409 and "Organiser was quicker" in text(answer)
    assert "Mine." in answer.content.decode() and Seminar.objects.get().state == "postponed"


def test_page_of_what_cannot_be_done_says_why(staff, seminar, people):
    assert "The seminar is not postponed" in text(staff.get(url("reschedule", seminar)))
    Seminar.objects.update(state="cancelled")
    for name in ("change", "postpone", "reschedule", "cancel_seminar"):
        page = staff.get(url(name, seminar))
        assert page.status_code == 200 and b'name="step"' not in page.content
    assert "Postpone the seminar" not in text(staff.get(url("detail", seminar)))


def test_weather_is_decided_about_only_where_people_still_mean_to_meet(staff, seminar, venue):
    venue.weather_triggers = ["typhoon_8"]
    venue.save()
    overview = reverse("office_seminars:detail", args=[seminar.uuid])
    decision = reverse("office_seminars:weather", args=[seminar.uuid, venue.uuid])
    assert decision in staff.get(overview).content.decode()
    Seminar.objects.filter(pk=seminar.pk).update(state="postponed")
    assert decision not in staff.get(overview).content.decode()
    Seminar.objects.filter(pk=seminar.pk).update(state="scheduled")
    venue.state = "moved_online"
    venue.save()
    assert decision not in staff.get(overview).content.decode()


def test_officer_sees_what_was_done_and_no_button(client_for, officer, seminar, people):
    changes.make(seminar, changes.Postpone(), actor=None)
    page = text(client_for(officer).get(url("detail", seminar)))
    assert "What was changed" in page and "Take it back" not in page and "Cancel the seminar" not in page


def test_overview_costs_the_same_with_one_and_three_changes(
    staff, seminar, people, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            staff.get(url("detail", seminar))
        return len(queries)

    changes.make(seminar, changes.Postpone(), actor=None)
    cost()
    one = cost()
    for _ in range(2):
        SeminarChange.objects.update(undone_at=None)
        Seminar.objects.update(state="scheduled")
        changes.make(seminar, changes.Postpone(), actor=None)
    assert cost() == one


def test_option_of_another_seminar_is_unknown(staff, seminar, people):
    other = make_seminar().options.get(mode="hong_kong")
    for name in ("move_online", "cancel_option"):
        assert staff.get(url(name, seminar, other.uuid)).status_code == 404

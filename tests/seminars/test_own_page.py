from datetime import timedelta
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from portal.mail.models import Message
from seminars import links, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details, ended


@pytest.fixture
def mine(published, online):
    seats.sign_up(published, option=online, details=details("mei"))
    return SignUp.objects.select_related("seminar").get()


@pytest.fixture
def url(mine):
    return lambda name="status": links.path_to(mine, name)


CORRECTED = {
    "name": "Demo Mei Ling",
    "company": "Demo Alpha Limited",
    "company_type": "factory",
    "phone": "",
    "question": "",
}


def test_link_opens_the_own_page_and_nobody_keeps_it(client, mine, url):
    response = client.get(url())
    page = response.content.decode()
    assert "You have a place" in page and "Demo Mei" in page and mine.email in page
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("name", ["status", "correct", "cancel", "own_calendar"])
def test_wrong_foreign_or_revoked_link_is_unknown(client, mine, url, online, published, name):
    seats.sign_up(published, option=online, details=details("otto", "beta"))
    other = SignUp.objects.get(email="otto@beta.example")
    swapped = reverse(f"seminars:{name}", args=[other.uuid, links.token_for(mine)])
    assert client.get(swapped).status_code == 404
    assert client.get(url(name)).status_code == 200
    old = url(name)
    SignUp.objects.filter(pk=mine.pk).update(link_salt="another")
    assert client.get(old).status_code == 404
    if name in {"correct", "cancel"}:
        assert client.post(old, CORRECTED).status_code == 404
    assert SignUp.objects.get(pk=mine.pk).state == "confirmed"


def test_looking_three_times_changes_nothing(client, mine, url):
    for name in ("status", "correct", "cancel"):
        for ask in (client.get, client.head, client.get):
            assert ask(url(name)).status_code == 200
    assert SignUp.objects.get().state == "confirmed" and Message.objects.count() == 1


def test_status_and_calendar_only_answer_to_looking(client, url):
    assert client.post(url()).status_code == 405
    assert client.post(url("own_calendar")).status_code == 405


def test_cancelling_takes_a_press_and_a_second_does_no_harm(client, mine, url):
    for _ in range(2):
        assert client.post(url("cancel"))["Location"] == url()
    assert SignUp.objects.get().ended == "by_participant"
    page = client.get(url()).content.decode()
    assert "You are not signed up" in page and "Cancel your sign-up" not in page
    kinds = Message.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["signup.confirmed", "signup.cancelled"]
    assert client.get(url("own_calendar")).status_code == 404


def test_nothing_can_be_changed_after_the_start(client, mine, url):
    now = timezone.now()
    Seminar.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    assert "Cancel your sign-up" not in client.get(url()).content.decode()
    client.post(url("cancel"))
    assert client.post(url("correct"), CORRECTED).status_code == 409
    assert SignUp.objects.get().state == "confirmed"


def test_details_are_corrected_within_half_an_hour(client, mine, url):
    assert 'value="Demo Mei"' in client.get(url("correct")).content.decode()
    assert client.post(url("correct"), CORRECTED)["Location"] == url()
    assert SignUp.objects.get().name == "Demo Mei Ling"
    SignUp.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    response = client.post(url("correct"), {**CORRECTED, "name": "Late"})
    assert response.status_code == 409 and "30 minutes" in response.content.decode()
    assert SignUp.objects.get().name == "Demo Mei Ling"
    assert "Correct your details" not in client.get(url()).content.decode()


def test_missing_detail_is_said(client, url):
    response = client.post(url("correct"), {**CORRECTED, "name": ""})
    assert response.status_code == 422 and "Enter your name" in response.content.decode()


def test_waiting_person_sees_position_and_reason(client, published, venue):
    for who, company in (("a", "alpha"), ("b", "beta"), ("c", "gamma")):
        seats.sign_up(published, option=venue, details=details(who, company))
    page = client.get(links.path_to(SignUp.objects.get(email="c@gamma.example"))).content.decode()
    assert "You are on the waiting list" in page
    assert "Your position: 2" in page and "all places are taken" in page


def test_person_of_a_full_company_sees_that_reason(client, published, online):
    for number in range(3):
        seats.sign_up(published, option=online, details=details(f"a{number}"))
    page = client.get(links.path_to(SignUp.objects.get(email="a2@alpha.example"))).content.decode()
    assert "your company has its 2 places" in page


NOW = timezone.now()


def standing(client, address):
    return (
        BeautifulSoup(client.get(address).content, "html.parser")
        .select_one(".cp-signup")
        .get_text(" ", strip=True)
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "This seminar is over You had a place."),
        ({"attended_at": NOW}, "You attended this seminar Thank you for coming."),
        ({"state": "waiting"}, "This seminar is over No place came free for you."),
        (
            {"state": "offered", "held_until": NOW},
            "This seminar is over The place held for you was not accepted",
        ),
        ({"state": "unconfirmed"}, "This seminar is over Your address was not confirmed in time."),
        (
            {"state": "cancelled", "ended": "by_participant"},
            "You are not signed up Your sign-up is cancelled.",
        ),
        (
            {"state": "expired", "held_until": NOW},
            "The place held for you has gone to the next person We heard nothing from you in time.",
        ),
    ],
)
def test_after_the_seminar_the_page_says_what_is_true_then(client, mine, published, url, fields, said):
    Seminar.objects.update(**ended(published))
    SignUp.objects.update(**fields)
    address = url()
    assert standing(client, address).startswith(said)
    chinese = [standing(client, address.replace("/en/", f"/{tag}/")) for tag in ("tc", "sc")]
    assert len({said, *chinese}) == 3 and "名額" not in chinese[1]


def test_after_a_session_that_was_off_nobody_is_asked_to_sign_up_again(client, mine, published, url):
    AttendanceOption.objects.filter(pk=mine.option_id).update(state="cancelled")
    assert "please sign up again" in standing(client, url())
    Seminar.objects.update(**ended(published))
    assert standing(client, url()) == "Your session did not take place You need do nothing."
    assert "does not take place" not in client.get(url()).content.decode()


def test_who_waits_is_promised_no_place_once_it_has_begun(client, mine, url):
    SignUp.objects.update(state="waiting")
    assert "Your position: 1" in standing(client, url())
    Seminar.objects.update(starts_at=NOW - timedelta(minutes=5), ends_at=NOW + timedelta(hours=1))
    assert standing(client, url()).endswith("The seminar has begun, and no place came free for you.")


def test_who_is_out_is_led_to_the_form_while_sign_up_is_open(client, mine, published, url):
    form = reverse("seminars:sign_up", args=[published.uuid])
    outs = ({"state": "cancelled", "ended": "by_participant"}, {"state": "expired", "held_until": NOW})
    for fields, is_open in product(outs, (True, False)):
        SignUp.objects.update(**fields)
        closes = published.starts_at - timedelta(hours=1) if is_open else NOW - timedelta(days=1)
        Seminar.objects.update(sign_up_closes_at=closes)
        card = BeautifulSoup(client.get(url()).content, "html.parser").select_one(".cp-signup")
        assert (form in str(card)) == is_open


def own_page(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser").main.get_text(" ", strip=True)


@pytest.mark.parametrize(("rows", "off"), [(AttendanceOption, False), (Seminar, True)])
def test_nobody_is_asked_to_make_room_at_what_is_off(client, mine, published, url, rows, off):
    rows.objects.update(state="cancelled")
    page = own_page(client, url())
    for words in ("Cannot come?", "Add to your calendar", "Your code for the door"):
        assert words not in page
    assert ("Sign up a colleague" in page) is not off


def test_who_waits_reads_of_a_sign_up_and_who_has_come_is_not_asked_to_cancel(client, published, venue):
    for who in ("ken", "ada"):
        seats.sign_up(published, option=venue, details=details(who, who))
    ken, ada = SignUp.objects.order_by("queue_number")
    page = own_page(client, links.path_to(ada))
    assert "Your sign-up" in page and "You are on the waiting list" in page and "Your place" not in page
    assert "Do you not want to wait any longer?" in page and "Cannot come?" not in page
    ends = "Your sign-up ends at once. You can sign up again, but then at the end of the queue."
    goes_on = "Your place goes to the next person at once."
    last_look = own_page(client, links.path_to(ada, "cancel"))
    assert ends in last_look and goes_on not in last_look
    assert goes_on in own_page(client, links.path_to(ken, "cancel"))
    assert "Cannot come?" in own_page(client, links.path_to(ken))
    SignUp.objects.filter(pk=ken.pk).update(attended_at=NOW, attended_by="door")
    assert "Cannot come?" not in own_page(client, links.path_to(ken))


def test_door_has_no_code_and_diary_no_date_for_a_session_that_is_off(client, published, venue):
    seats.sign_up(published, option=venue, details=details("ken"))
    address = links.path_to(SignUp.objects.get())
    assert "Your code for the door" in own_page(client, address)
    AttendanceOption.objects.filter(pk=venue.pk).update(state="cancelled")
    assert "Your code for the door" not in own_page(client, address)
    calendar = client.get(address + "seminar.ics").content.decode()
    assert "STATUS:CANCELLED" in calendar and "SUMMARY:Cancelled: " in calendar


def test_who_was_moved_online_reads_so_and_no_address(client, published, venue):
    seats.sign_up(published, option=venue, details=details("ken"))
    AttendanceOption.objects.update(state="moved_online", address_en="2/F, 1 Example Street")
    page = own_page(client, links.path_to(SignUp.objects.get()))
    assert f"How you attend Online, instead of: {venue.label_en}" in page and "Example Street" not in page


def test_late_link_is_promised_without_a_moment_that_has_passed(client, mine, url):
    assert "stands here from" in own_page(client, url())
    Seminar.objects.update(starts_at=NOW + timedelta(hours=2))
    page = own_page(client, url())
    assert "as soon as the organiser has entered it" in page and "stands here from" not in page

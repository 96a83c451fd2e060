"""The organiser puts right what somebody typed: a wrong address above all, which no mail ever reached."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import links, seats
from seminars.models import Seminar, SignUp
from tests.seminars.makers import details

TYPED = {
    "name": "Demo Mei 𨋢",
    "company": "Demo Alpha Limited",
    "company_type": "factory",
    "email": "mei@right.example",
    "phone": "",
    "question": "",
}


@pytest.fixture
def mistyped(seminar, online):
    seats.sign_up(seminar, option=online, details=details("mei", email="mei@wrong.example"))
    return SignUp.objects.select_related("seminar", "option").get()


@pytest.fixture
def office(client_for, organiser):
    return client_for(organiser)


def url(person, name="correct"):
    return reverse(f"office_seminars:{name}", args=[person.seminar.uuid, person.uuid])


def again(person):
    return SignUp.objects.select_related("seminar", "option").get(pk=person.pk)


def mails_to(address):
    return set(Message.objects.filter(to=address).exclude(state="suppressed").values_list("kind", flat=True))


def test_mails_and_a_new_link_go_to_the_right_address_and_the_place_stays(office, mistyped, organiser):
    old_link = links.path_to(mistyped)
    answer = office.post(url(mistyped), TYPED, follow=True)
    assert "The details are corrected." in answer.content.decode()
    person = again(mistyped)
    assert (person.email, person.name, person.state) == ("mei@right.example", "Demo Mei 𨋢", mistyped.state)
    assert (person.queue_number, person.company_key) == (mistyped.queue_number, mistyped.company_key)
    assert mails_to("mei@right.example") == {"signup.confirmed", "signup.own_link"}
    assert mails_to("mei@wrong.example") == {"signup.address_changed"}
    told = Message.objects.get(kind="signup.address_changed")
    assert "Our office has corrected the address" in told.body
    assert office.get(old_link).status_code == 404, "a stranger may hold it"
    assert office.get(links.path_to(person)).status_code == 200
    acts = Event.objects.filter(object_uuid=person.uuid, actor_uuid=organiser.uuid)
    assert list(acts.order_by("pk").values_list("verb", "changed")) == [
        ("signup.address_changed", ["email"]),
        ("signup.corrected", ["name", "company_type"]),
    ]


def test_half_an_hour_does_not_bind_the_organiser_but_the_start_does(office, mistyped):
    SignUp.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert office.post(url(mistyped), TYPED).status_code == 302
    Seminar.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    late = office.post(url(mistyped), TYPED | {"name": "Late"})
    assert late.status_code == 409 and "the seminar has started" in late.content.decode()
    assert again(mistyped).name == "Demo Mei 𨋢"


def test_unconfirmed_address_gets_the_link_that_confirms(office, seminar, online):
    Seminar.objects.update(confirms_addresses=True)
    seats.sign_up(Seminar.objects.get(), option=online, details=details("mei", email="mei@wrong.example"))
    person = SignUp.objects.select_related("seminar").get()
    office.post(url(person), TYPED)
    assert mails_to("mei@right.example") == {"signup.confirm_address"}
    assert again(person).state == "unconfirmed"


def test_other_letters_of_the_same_address_write_to_nobody(office, mistyped):
    before = Message.objects.count()
    office.post(url(mistyped), TYPED | {"email": "Mei@Wrong.example"})
    assert again(mistyped).email == "Mei@Wrong.example" and Message.objects.count() == before
    assert again(mistyped).link_salt == mistyped.link_salt


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"email": "mei at right"}, 422, "Enter the email address in the form"),
        ({"email": "ken@beta.example"}, 409, "is signed up for this seminar already"),
        ({"name": ""}, 422, "Enter the name"),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_on_the_page(
    office, mistyped, seminar, online, typed, status, sentence
):
    seats.sign_up(seminar, option=online, details=details("ken", "beta", email="ken@beta.example"))
    answer = office.post(url(mistyped), TYPED | {"question": "Why 𨋢?"} | typed)
    page = answer.content.decode()
    assert answer.status_code == status and "There is a problem" in page and sentence in page
    assert "Why 𨋢?" in page and again(mistyped).email == "mei@wrong.example"


def test_company_that_has_all_its_places_gets_no_further_one(office, seminar, online):
    for name in ("a", "b"):
        seats.sign_up(seminar, option=online, details=details(name, email=f"{name}@gmail.com"))
    seats.sign_up(seminar, option=online, details=details("mei", "beta", email="mei@gmail.com"))
    person = SignUp.objects.select_related("seminar").get(email="mei@gmail.com")
    full = SignUp.objects.get(email="a@gmail.com").company
    answer = office.post(url(person), TYPED | {"email": "mei.lam@gmail.com", "company": full})
    assert answer.status_code == 409
    assert (again(person).email, again(person).company) == ("mei@gmail.com", person.company), "all or nothing"


def test_the_link_stands_on_the_page_of_who_is_signed_up_only(office, mistyped):
    assert url(mistyped) in office.get(url(mistyped, "person")).content.decode()
    seats.cancel(mistyped)
    assert url(mistyped) not in office.get(url(mistyped, "person")).content.decode()

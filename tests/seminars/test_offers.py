"""Places that must be accepted in time, and addresses that must be confirmed first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.mail import kinds
from portal.mail.models import Message
from seminars import links, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details


def enter(seminar, option, who, company, **fields):
    seats.sign_up(seminar, option=option, details=details(who, company, **fields))
    return SignUp.objects.select_related("seminar", "option").order_by("-pk").first()


def again(person):
    return SignUp.objects.select_related("seminar", "option").get(pk=person.pk)


def told(person):
    return list(Message.objects.filter(about=person.uuid).order_by("id").values_list("kind", flat=True))


@pytest.fixture
def workshop(seminar, venue):
    """One place, which whoever comes up must accept within 24 hours; three wait for it."""
    AttendanceOption.objects.filter(pk=venue.pk).update(offer_hours=24)
    return [enter(seminar, venue, f"p{n}", f"c{n}") for n in range(3)]


def test_newcomer_has_the_free_place_at_once_and_the_next_is_asked(workshop):
    first, second, third = workshop
    assert first.state == "confirmed"
    seats.cancel(first)
    offered = again(second)
    assert offered.state == "offered"
    left = offered.held_until - timezone.now()
    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
    assert told(second) == ["signup.waiting", "signup.offered"]
    assert again(third).state == "waiting"


def test_accepting_gives_the_place_once(workshop):
    seats.cancel(workshop[0])
    offered = again(workshop[1])
    assert (seats.accept(offered), seats.accept(offered)) == (True, False)
    assert (again(offered).state, again(offered).held_until) == ("confirmed", None)
    assert told(offered) == ["signup.waiting", "signup.offered", "signup.confirmed"]


def test_declining_offers_it_to_the_next(workshop):
    seats.cancel(workshop[0])
    seats.cancel(again(workshop[1]))
    assert [again(each).state for each in workshop] == ["cancelled", "cancelled", "offered"]


def test_offer_that_runs_out_goes_on_by_the_clock_and_cannot_be_accepted_late(workshop):
    seats.cancel(workshop[0])
    SignUp.objects.filter(pk=workshop[1].pk).update(held_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(seats.OfferOver):
        seats.accept(again(workshop[1]))
    seats.refill_all()
    seats.refill_all()
    assert [again(each).state for each in workshop] == ["cancelled", "expired", "offered"]
    assert told(workshop[1])[-1] == "signup.offer_expired"


def test_offer_never_outlasts_the_start(workshop, seminar):
    soon = timezone.now() + timedelta(hours=2)
    Seminar.objects.update(starts_at=soon)
    seats.cancel(workshop[0])
    assert again(workshop[1]).held_until == soon


def test_offer_mail_is_due_only_while_it_can_be_accepted(workshop):
    seats.cancel(workshop[0])
    message = Message.objects.get(kind="signup.offered")
    kind = kinds.get("signup.offered")
    assert kind.still_due(message)
    offered = again(workshop[1])
    assert "/accept/" in kind.links(message)["accept"]
    assert links.token_for(offered) not in message.body and "[[accept]]" in message.body
    SignUp.objects.filter(pk=offered.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    assert not kind.still_due(message)


def test_accept_page_shows_until_when_and_only_a_press_takes_it(client, workshop):
    seats.cancel(workshop[0])
    offered = again(workshop[1])
    target = links.path_to(offered, "accept")
    for ask in (client.get, client.head, client.get):
        assert ask(target).status_code == 200
    assert again(offered).state == "offered"
    assert "A place is held for you" in client.get(links.path_to(offered)).content.decode()
    assert client.post(target)["Location"] == links.path_to(offered)
    assert client.post(target)["Location"] == links.path_to(offered)
    assert again(offered).state == "confirmed"
    page = client.get(target).content.decode()
    assert "There is nothing to accept" in page and "The place is yours already." in page


def test_late_press_is_told_in_words(client, workshop):
    seats.cancel(workshop[0])
    SignUp.objects.filter(pk=workshop[1].pk).update(held_until=timezone.now() - timedelta(seconds=1))
    page = client.post(links.path_to(workshop[1], "accept"), follow=True).content.decode()
    assert "the place has gone on" in page
    assert again(workshop[1]).state == "offered"


@pytest.fixture
def cautious(published):
    """A seminar that takes nobody into the queue before the address is confirmed."""
    Seminar.objects.update(confirms_addresses=True)
    published.refresh_from_db()
    return published


def test_unconfirmed_address_takes_no_place(cautious, venue):
    made_up = enter(cautious, venue, "nobody", "alpha")
    assert (made_up.state, told(made_up)) == ("unconfirmed", ["signup.confirm_address"])
    real = enter(cautious, venue, "mei", "beta")
    assert seats.confirm_address(real) is True
    assert (again(real).state, told(real)) == ("confirmed", ["signup.confirm_address", "signup.confirmed"])
    assert seats.confirm_address(again(real)) is False
    assert seats.confirm_address(made_up) is True
    assert again(made_up).state == "waiting"


def test_confirmed_person_waits_at_the_number_of_the_form(cautious, venue):
    first, second, third = (enter(cautious, venue, f"p{n}", f"c{n}") for n in range(3))
    for person in (third, second, first):
        seats.confirm_address(person)
    seats.cancel(again(third))
    assert [again(each).state for each in (first, second)] == ["confirmed", "waiting"]


def test_sending_the_form_again_sends_the_link_once_more(cautious, online):
    for _ in range(3):
        person = enter(cautious, online, "mei", "alpha")
    assert SignUp.objects.count() == 1
    assert told(person) == ["signup.confirm_address"] * 2


def test_unconfirmed_form_lapses_after_a_day_without_a_mail(cautious, online):
    person = enter(cautious, online, "mei", "alpha")
    SignUp.objects.update(created_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(seats.SignUpClosed):
        seats.confirm_address(again(person))
    seats.refill_all()
    assert (again(person).state, told(person)) == ("expired", ["signup.confirm_address"])
    assert enter(cautious, online, "mei", "alpha").pk != person.pk


def test_who_telephones_has_nothing_to_confirm(cautious, online, organiser):
    person = seats.add_by_hand(cautious, option=online, details=details("mei"), actor=organiser)
    assert person.state == "confirmed"


def test_confirm_page_needs_a_press(client, cautious, online):
    person = enter(cautious, online, "mei", "alpha")
    target = links.path_to(person, "confirm")
    assert "Yes, this is my address" in client.get(target).content.decode()
    assert again(person).state == "unconfirmed"
    client.post(target)
    assert again(person).state == "confirmed"
    assert "There is nothing to confirm" in client.get(target).content.decode()

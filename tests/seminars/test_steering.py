"""The organiser puts somebody first, moves people, and reads why the others wait."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import seats, waiting
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
def queue(seminar, venue):
    """One at the venue, three waiting for it."""
    return [enter(seminar, venue, f"p{n}", f"c{n}") for n in range(4)]


def test_put_first_gets_the_next_free_place(queue, organiser):
    last = seats.put_first(queue[3], adds_place=False, actor=organiser)
    assert last.state == "waiting"
    seats.cancel(queue[0])
    assert [again(each).state for each in queue] == ["cancelled", "waiting", "waiting", "confirmed"]
    assert Event.objects.get(verb="signup.put_first").actor_uuid == organiser.uuid


def test_adding_a_place_gives_it_at_once_and_oversells_nothing(queue, venue, organiser):
    assert seats.put_first(queue[3], adds_place=True, actor=organiser).state == "confirmed"
    venue.refresh_from_db()
    assert venue.capacity == 2 and told(queue[3]) == ["signup.waiting", "signup.promoted"]
    with pytest.raises(seats.SeatError):
        seats.put_first(queue[3], adds_place=True, actor=organiser)
    venue.refresh_from_db()
    assert venue.capacity == 2


def test_adding_a_place_to_a_hall_with_too_many_people_adds_exactly_one(seminar, online, organiser):
    people = [enter(seminar, online, f"p{n}", f"c{n}") for n in range(5)]
    seats.change_places(seminar, capacities={online.pk: 1}, company_cap=2, actor=organiser)
    seats.put_first(people[4], adds_place=True, actor=organiser)
    assert [again(each).state for each in people] == ["confirmed"] * 3 + ["waiting", "confirmed"]
    online.refresh_from_db()
    assert online.capacity == 4


def test_put_first_passes_the_cap_of_the_company(seminar, online, organiser):
    people = [enter(seminar, online, f"a{n}", "alpha") for n in range(3)]
    assert seats.put_first(people[2], adds_place=False, actor=organiser).state == "confirmed"


def test_place_moves_only_to_a_free_place(seminar, online, venue, organiser):
    at_venue = enter(seminar, venue, "mei", "alpha")
    at_home = enter(seminar, online, "ken", "beta")
    waiting_person = enter(seminar, venue, "otto", "gamma")
    with pytest.raises(seats.NoPlace):
        seats.move(at_home, option=venue, actor=organiser)
    assert again(at_home).option == online and told(at_home) == ["signup.confirmed"]
    seats.move(at_venue, option=online, actor=organiser)
    assert (again(at_venue).state, again(at_venue).option) == ("confirmed", online)
    assert told(at_venue) == ["signup.confirmed", "signup.moved"]
    assert again(waiting_person).state == "confirmed"


def test_waiting_person_moved_to_a_free_way_has_a_place_by_one_mail(queue, online, organiser):
    assert seats.move(queue[2], option=online, actor=organiser).state == "confirmed"
    assert told(queue[2]) == ["signup.waiting", "signup.promoted"]


def test_waiting_person_is_moved_into_the_other_queue(seminar, online, venue, organiser):
    for n in range(3):
        enter(seminar, online, f"p{n}", f"c{n}")
    enter(seminar, venue, "v", "delta")
    person = enter(seminar, venue, "mei", "alpha")
    assert seats.move(person, option=online, actor=organiser).state == "waiting"
    assert told(person) == ["signup.waiting", "signup.moved"]


def test_nobody_is_moved_to_a_closed_way_or_after_the_start(queue, online, organiser):
    AttendanceOption.objects.filter(pk=online.pk).update(state="cancelled")
    with pytest.raises(seats.SignUpClosed):
        seats.move(queue[0], option=online, actor=organiser)
    AttendanceOption.objects.filter(pk=online.pk).update(state="open")
    Seminar.objects.update(starts_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(seats.SignUpClosed):
        seats.move(queue[0], option=online, actor=organiser)
    with pytest.raises(seats.SignUpClosed):
        seats.put_first(queue[1], adds_place=True, actor=organiser)


def test_place_that_comes_free_after_a_venue_moved_online_goes_to_who_waits_for_it(queue, venue, organiser):
    AttendanceOption.objects.filter(pk=venue.pk).update(state="moved_online")
    listed = waiting.of(queue[1].seminar)
    assert listed.reason(again(queue[1])) == "waiting: all places taken, number 1 in the queue"
    seats.cancel(queue[0])
    assert again(queue[1]).state == "confirmed" and told(queue[1])[-1] == "signup.promoted"
    body = Message.objects.get(about=queue[1].uuid, kind="signup.promoted").body
    assert "We will send the link to join to this address" in body and "\n\n\n" not in body
    seats.change_places(queue[0].seminar, capacities={venue.pk: 2}, company_cap=2, actor=organiser)
    assert again(queue[2]).state == "confirmed", "nothing online is too small"
    assert seats.put_first(again(queue[3]), adds_place=True, actor=organiser).state == "confirmed"


def test_nothing_comes_free_at_a_venue_that_is_off(queue, venue, organiser):
    AttendanceOption.objects.filter(pk=venue.pk).update(state="cancelled")
    seats.cancel(queue[0])
    assert again(queue[1]).state == "waiting"
    assert waiting.of(queue[1].seminar).reason(again(queue[1])) == "waiting: this way to attend is cancelled"
    with pytest.raises(seats.SeatError, match="cancelled"):
        seats.put_first(again(queue[1]), adds_place=True, actor=organiser)
    venue.refresh_from_db()
    assert venue.capacity == 1


def test_reasons_say_what_keeps_each_person_waiting(seminar, online, venue, organiser):
    people = [enter(seminar, online, f"a{n}", "alpha") for n in range(3)]
    people += [enter(seminar, venue, f"p{n}", f"c{n}") for n in range(3)]
    seats.put_first(people[5], adds_place=False, actor=organiser)
    listed = waiting.of(seminar)
    assert [listed.reason(again(each)) for each in people] == [
        "",
        "",
        "waiting: company cap of 2 reached",
        "",
        "waiting: all places taken, number 2 in the queue",
        "waiting: put first, number 1 in the queue",
    ]
    seminar.state = "postponed"
    assert listed.reason(again(people[4])) == "waiting: the seminar is postponed"


@pytest.fixture
def staff(client_for, organiser):
    return client_for(organiser)


def url(name, person):
    return reverse(f"office_seminars:{name}", args=[person.seminar.uuid, person.uuid])


def test_person_page_shows_the_reason_and_puts_first(staff, queue):
    page = staff.get(url("person", queue[2])).content.decode()
    assert "waiting: all places taken, number 2 in the queue" in page and "Put first" in page
    said = staff.post(url("put_first", queue[2]), {"adds_place": "1"}, follow=True).content.decode()
    assert "has a place. A mail is on its way." in said
    again_said = staff.post(url("put_first", queue[2]), follow=True).content.decode()
    assert "Only somebody on the waiting list" in again_said
    assert again(queue[2]).state == "confirmed"


def test_person_is_moved_on_the_page_and_a_full_way_is_said(staff, queue, seminar, online, venue):
    staff.post(url("move", queue[0]), {"option": str(online.uuid)})
    assert again(queue[0]).option == online
    said = staff.post(url("move", queue[0]), {"option": str(venue.uuid)}, follow=True).content.decode()
    assert "is full. Nobody was moved." in said
    nowhere = staff.post(url("move", queue[0]), {"option": "x"}, follow=True).content.decode()
    assert "Choose the way to attend" in nowhere
    assert again(queue[0]).option == online


def test_list_says_why_people_wait(staff, queue, seminar):
    page = staff.get(reverse("office_seminars:sign_ups", args=[seminar.uuid])).content.decode()
    assert page.count("waiting: all places taken") == 3


def test_companies_are_merged_and_separated_on_their_page(staff, seminar, online):
    for who, company in (("a", "alpha"), ("b", "beta"), ("c", "gamma")):
        enter(seminar, online, who, company)
    keys = ["domain:alpha.example", "domain:beta.example"]
    target = reverse("office_seminars:merge_companies", args=[seminar.uuid])
    assert "Choose at least two" in staff.post(target, {"company": keys[:1]}, follow=True).content.decode()
    page = staff.post(target, {"company": keys}, follow=True)
    assert "Merged: 2 people" in page.content.decode()
    rows = {row["name"]: row for row in page.context["companies"]}
    assert rows["Demo Alpha Limited"]["spellings"] == ["Demo Beta Limited"]
    assert rows["Demo Alpha Limited"]["full"] and not rows["Demo Gamma Limited"]["full"]
    apart = reverse("office_seminars:separate_company", args=[seminar.uuid])
    page = staff.post(apart, {"company": keys[0]}, follow=True)
    assert "Separated: 2 people" in page.content.decode() and len(page.context["companies"]) == 3


def test_only_what_would_come_apart_can_be_separated(staff, seminar, online):
    def offered():
        page = staff.get(reverse("office_seminars:companies", args=[seminar.uuid]))
        return [row["name"] for row in page.context["companies"] if row["several"]]

    enter(seminar, online, "a", "alpha")
    enter(seminar, online, "b", "elsewhere", email="b@alpha.example")
    assert offered() == [], "two spellings of one domain stay together"
    enter(seminar, online, "c", "alpha", email="c@beta.example")
    assert offered() == ["Demo Alpha Limited"]


def test_companies_cost_the_same_with_one_and_three(staff, seminar, online, django_assert_num_queries):
    target = reverse("office_seminars:companies", args=[seminar.uuid])
    enter(seminar, online, "a", "alpha")
    staff.get(target)
    with django_assert_num_queries(8):
        staff.get(target)
    enter(seminar, online, "b", "beta")
    enter(seminar, online, "c", "gamma")
    with django_assert_num_queries(8):
        staff.get(target)

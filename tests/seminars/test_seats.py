from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import changes, seats
from seminars.models import AttendanceOption, Seminar, SignUp
from tests.seminars.makers import details


def enter(seminar, option, who, company="alpha", **fields):
    seats.sign_up(seminar, option=option, details=details(who, company, **fields))
    return SignUp.objects.order_by("-pk").first()


def set_capacity(option, capacity, actor):
    seminar = Seminar.objects.get(pk=option.seminar_id)
    return seats.change_places(
        seminar, capacities={option.pk: capacity}, company_cap=seminar.company_cap, actor=actor
    )


def states(seminar):
    return [each.state for each in seminar.sign_ups.order_by("queue_number")]


def kinds():
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


def test_free_place_is_given_at_once_and_told_by_one_mail(seminar, online):
    person = enter(seminar, online, "mei")
    assert (person.state, person.queue_number, person.company_key) == ("confirmed", 1, "domain:alpha.example")
    assert person.confirmed_at and person.anonymise_on == seminar.anonymise_on
    message = Message.objects.get()
    assert (message.kind, message.to, message.about) == ("signup.confirmed", person.email, person.uuid)
    assert message.key == f"signup.confirmed:{person.uuid}:1"
    assert message.subject == "You have a place: Demo seminar"


def test_full_option_puts_the_next_on_the_waiting_list(seminar, venue):
    enter(seminar, venue, "mei")
    person = enter(seminar, venue, "otto", "beta")
    assert person.state == "waiting"
    assert kinds() == ["signup.confirmed", "signup.waiting"]


def test_who_wants_online_instead_gets_it(seminar, venue, online):
    enter(seminar, venue, "mei")
    person = enter(seminar, venue, "otto", "beta", if_full="online")
    assert (person.state, person.option) == ("confirmed", online)


def test_who_wants_neither_is_not_kept_waiting(seminar, venue):
    enter(seminar, venue, "mei")
    person = enter(seminar, venue, "otto", "beta", if_full="neither")
    assert (person.state, person.ended) == ("cancelled", "no_place")
    assert kinds()[-1] == "signup.no_place"


def test_cap_counts_across_options_and_blocks_nobody_behind(seminar, online, venue):
    enter(seminar, online, "a1")
    enter(seminar, venue, "a2")
    assert enter(seminar, online, "a3").state == "waiting"
    assert enter(seminar, online, "b1", "beta").state == "confirmed"


def test_giving_a_place_back_promotes_the_first_who_may_have_it(seminar, venue):
    first = enter(seminar, venue, "mei")
    enter(seminar, venue, "otto", "beta")
    enter(seminar, venue, "ken", "gamma")
    assert seats.cancel(first) is True
    assert states(seminar) == ["cancelled", "confirmed", "waiting"]
    assert kinds()[-2:] == ["signup.cancelled", "signup.promoted"]
    promoted = SignUp.objects.get(queue_number=2)
    assert Message.objects.get(kind="signup.promoted").key == f"signup.promoted:{promoted.uuid}:2"


def test_cancelling_twice_does_no_harm(seminar, online):
    person = enter(seminar, online, "mei")
    assert (seats.cancel(person), seats.cancel(person)) == (True, False)
    assert kinds() == ["signup.confirmed", "signup.cancelled"]


def test_nobody_cancels_after_the_start(seminar, online):
    person = enter(seminar, online, "mei")
    Seminar.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(seats.SignUpClosed):
        seats.cancel(person)
    assert states(seminar) == ["confirmed"]


def test_address_that_is_signed_up_gets_no_second_row_but_one_mail_an_hour(seminar, online):
    enter(seminar, online, "mei")
    for _ in range(3):
        seats.sign_up(seminar, option=online, details=details("mei", email="MEI@alpha.example "))
    assert states(seminar) == ["confirmed"]
    assert kinds() == ["signup.confirmed", "signup.already"]


def test_address_may_come_back_after_cancelling(seminar, online):
    seats.cancel(enter(seminar, online, "mei"))
    assert enter(seminar, online, "mei").state == "confirmed"


def test_database_refuses_a_second_live_row_for_one_address(seminar, online):
    person = enter(seminar, online, "mei")
    person.pk, person.queue_number = None, 99
    person.uuid = "11111111-1111-4111-8111-111111111111"
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        {"sign_up_opens_at": timezone.now() + timedelta(days=1)},
        {"sign_up_closes_at": timezone.now() - timedelta(days=1)},
        {"state": "cancelled"},
        {"state": "postponed"},
    ],
)
def test_outside_the_window_nobody_signs_up(seminar, online, change):
    Seminar.objects.update(**change)
    with pytest.raises(seats.SignUpClosed):
        seats.sign_up(seminar, option=online, details=details("mei"))
    assert not SignUp.objects.exists() and not Message.objects.exists()


def test_closed_option_takes_nobody(seminar, online):
    AttendanceOption.objects.filter(pk=online.pk).update(state="cancelled")
    with pytest.raises(seats.SignUpClosed):
        seats.sign_up(seminar, option=online, details=details("mei"))


def test_option_of_another_seminar_is_refused(seminar):
    from tests.seminars.makers import make_seminar

    foreign = make_seminar().options.first()
    with pytest.raises(seats.SignUpClosed):
        seats.sign_up(seminar, option=foreign, details=details("mei"))


def test_more_places_promote_in_order(seminar, venue, organiser):
    people = [enter(seminar, venue, f"p{n}", f"c{n}") for n in range(4)]
    assert set_capacity(venue, 3, organiser) == 2
    assert states(seminar) == ["confirmed", "confirmed", "confirmed", "waiting"]
    assert Event.objects.filter(verb="seminar.places_changed", actor_uuid=organiser.uuid).count() == 1
    assert set_capacity(venue, None, organiser) == 1
    assert len(people) == 4


def test_fewer_places_throw_nobody_out_and_give_none(seminar, online, organiser):
    people = [enter(seminar, online, f"p{n}", f"c{n}") for n in range(4)]
    set_capacity(online, 1, organiser)
    seats.cancel(people[0])
    assert states(seminar) == ["cancelled", "confirmed", "confirmed", "waiting"]
    seats.cancel(people[1])
    seats.cancel(people[2])
    assert states(seminar)[-1] == "confirmed"


def test_higher_cap_promotes(seminar, online, organiser):
    for n in range(3):
        enter(seminar, online, f"a{n}")
    assert states(seminar) == ["confirmed", "confirmed", "waiting"]
    assert seats.change_places(seminar, capacities={}, company_cap=3, actor=organiser) == 1


def test_lower_cap_throws_nobody_out_and_gives_no_more(seminar, online, venue, organiser):
    people = [enter(seminar, online, f"a{n}") for n in range(2)]
    assert seats.change_places(seminar, capacities={}, company_cap=1, actor=organiser) == 0
    assert states(seminar) == ["confirmed", "confirmed"]
    enter(seminar, online, "a2")
    seats.cancel(people[0])
    assert states(seminar) == ["cancelled", "confirmed", "waiting"], "the company has its one place still"
    enter(seminar, online, "other", "beta")
    assert states(seminar)[-1] == "confirmed", "nobody waits behind it"
    seats.cancel(people[1])
    assert states(seminar) == ["cancelled", "cancelled", "confirmed", "confirmed"]


def test_details_are_corrected_for_half_an_hour(seminar, online):
    person = enter(seminar, online, "mei")
    values = {"company": person.company, "company_type": "factory", "phone": "", "question": "Why?"}
    seats.correct_details(person, seats.Corrections(name="Demo Mei Ling", **values))
    person.refresh_from_db()
    assert (person.name, person.company_type, person.question) == ("Demo Mei Ling", "factory", "Why?")
    assert Event.objects.get(verb="signup.corrected").changed == ["name", "company_type", "question"]
    SignUp.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    with pytest.raises(seats.SignUpClosed):
        seats.correct_details(person, seats.Corrections(name="Late", **values))


def test_correction_cannot_smuggle_a_place_past_the_cap(seminar, online):
    for n in range(2):
        enter(seminar, online, f"a{n}", company="Alpha", email=f"a{n}@gmail.com")
    person = enter(seminar, online, "b", company="Beta", email="b@gmail.com")
    values = {"company_type": "factory", "phone": "", "question": ""}
    with pytest.raises(seats.CompanyFull):
        seats.correct_details(person, seats.Corrections(name="B", company="Demo Alpha Ltd", **values))


def test_correction_to_another_company_frees_the_place_of_the_first(seminar, online):
    for n in range(3):
        person = enter(seminar, online, f"a{n}", company="Alpha", email=f"a{n}@gmail.com")
    assert person.state == "waiting"
    first = SignUp.objects.get(queue_number=1)
    values = {"company_type": "factory", "phone": "", "question": ""}
    seats.correct_details(first, seats.Corrections(name="A", company="Gamma", **values))
    assert states(seminar) == ["confirmed", "confirmed", "confirmed"]


def test_added_by_hand_goes_through_the_queue_also_after_closing(seminar, venue, organiser):
    Seminar.objects.update(sign_up_closes_at=timezone.now() - timedelta(minutes=1))
    first = seats.add_by_hand(seminar, option=venue, details=details("mei"), actor=organiser)
    second = seats.add_by_hand(seminar, option=venue, details=details("ken", "beta"), actor=organiser)
    assert (first.state, second.state, first.source) == ("confirmed", "waiting", "office")
    with pytest.raises(seats.AlreadySignedUp):
        seats.add_by_hand(seminar, option=venue, details=details("mei"), actor=organiser)


def test_offer_that_ran_out_goes_on(seminar, venue):
    holder = enter(seminar, venue, "mei")
    SignUp.objects.filter(pk=holder.pk).update(
        state="offered", held_until=timezone.now() - timedelta(minutes=1)
    )
    waiting = enter(seminar, venue, "ken", "beta")
    assert waiting.state == "confirmed"
    assert seats.refill(seminar) == 0
    assert states(seminar) == ["expired", "confirmed"]
    assert kinds()[-1] == "signup.offer_expired"


def test_offer_still_held_keeps_the_place(seminar, venue):
    holder = enter(seminar, venue, "mei")
    SignUp.objects.filter(pk=holder.pk).update(
        state="offered", held_until=timezone.now() + timedelta(hours=1)
    )
    assert enter(seminar, venue, "ken", "beta").state == "waiting"


def test_seminar_that_is_over_was_held(seminar):
    Seminar.objects.update(
        starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )
    changes.mark_held()
    changes.mark_held()
    seminar.refresh_from_db()
    assert seminar.state == "held"
    assert Event.objects.filter(verb="seminar.held").count() == 1


def test_signing_up_costs_a_fixed_number_of_queries(seminar, online, django_assert_num_queries):
    enter(seminar, online, "mei")
    with django_assert_num_queries(13):
        seats.sign_up(seminar, option=online, details=details("ken", "beta"))

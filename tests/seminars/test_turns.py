"""Forms that wait in one process for the same seminar go to its lock together."""

from collections import Counter
from contextlib import contextmanager
from random import Random

import pytest
from django.db import OperationalError

from portal.audit.models import Event
from portal.mail.models import Message
from seminars import seats
from seminars.models import InvitationCode, SignUp
from seminars.seats import turns
from seminars.seats.entering import Newcomer
from tests.seminars.makers import details, make_seminar


@pytest.fixture
def together(monkeypatch):
    """How many forms each transaction took."""
    taken, really = [], turns.sign_up_together

    def counted(seminar, newcomers):
        taken.append(len(newcomers))
        really(seminar, newcomers)

    monkeypatch.setattr(turns, "sign_up_together", counted)
    return taken


@pytest.fixture
def wait(seminar, online):
    """`wait("mei", ...)` leaves a form that came before the next one, and returns it."""

    def leave(who, company="alpha", *, option=online, at=seminar, **fields):
        newcomer = Newcomer(option, details(who, company, **fields), f"request-of-{who}")
        form = turns.WaitingForm(at, newcomer)
        turns.desk_of(at).join(form)
        return form

    return leave


@contextmanager
def turn_of_another(seminar):
    desk, another = turns.desk_of(seminar), turns.WaitingForm(seminar, None)
    desk.claim(another)
    yield
    desk.go(another)


def press(seminar, option, who, company="alpha"):
    seats.sign_up_in_turn(seminar, option=option, details=details(who, company))


def outcomes(seminar):
    mails = Counter((kind, to.partition("@")[0]) for kind, to in Message.objects.values_list("kind", "to"))
    rows = seminar.sign_ups.order_by("queue_number")
    return list(rows.values_list("name", "state", "ended", "option__mode", "company_key")), mails


def test_who_waits_goes_with_the_one_whose_turn_it_is(seminar, online, venue, together, wait):
    before = [wait("ada", "beta", option=venue), wait("ben", "gamma", option=venue)]
    press(seminar, online, "mei")
    assert together == [3]
    assert [(form.settled, form.refusal) for form in before] == [(True, None)] * 2
    rows = seminar.sign_ups.order_by("queue_number").values_list("queue_number", "name", "state")
    assert list(rows) == [
        (1, "Demo Ada", "confirmed"),
        (2, "Demo Ben", "waiting"),
        (3, "Demo Mei", "confirmed"),
    ]
    seminar.refresh_from_db()
    assert seminar.next_queue_number == 4
    assert sorted(Message.objects.values_list("kind", "to")) == [
        ("signup.confirmed", "ada@beta.example"),
        ("signup.confirmed", "mei@alpha.example"),
        ("signup.waiting", "ben@gamma.example"),
    ]


def test_rows_of_many_cost_others_no_more_statements(
    seminar, online, venue, wait, django_assert_max_num_queries
):
    for number in range(9):
        wait(f"p{number}", f"c{number}", option=venue)
    # One promotion is a statement of its own; rows, events and mails of all ten are one each.
    with django_assert_max_num_queries(14):
        press(seminar, online, "mei")
    assert SignUp.objects.count() == Event.objects.filter(verb="signup.entered").count() == 10
    assert Message.objects.count() == 10


def test_each_event_names_the_request_that_brought_the_form(seminar, online, wait):
    wait("ada", "beta")
    press(seminar, online, "mei")
    names = dict(SignUp.objects.values_list("uuid", "name"))
    found = {
        names[event.object_uuid]: event.request_id for event in Event.objects.filter(verb="signup.entered")
    }
    assert found == {"Demo Ada": "request-of-ada", "Demo Mei": ""}


def test_same_address_twice_is_one_person_who_is_told_so(seminar, online, together, wait):
    wait("mei", email="MEI@alpha.example")
    press(seminar, online, "mei")
    assert together == [1, 1]
    assert SignUp.objects.get().state == SignUp.State.CONFIRMED
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["signup.already", "signup.confirmed"]


def test_code_lets_in_no_more_people_together_than_one_after_another(seminar, online, together, wait):
    type(seminar).objects.update(by_invitation=True)
    InvitationCode.objects.create(seminar=seminar, code="GUILD2026", uses=2)
    before = [wait(who, who, invitation="guild 2026") for who in ("ada", "ben", "cleo")]
    with pytest.raises(seats.NotInvited):
        press(seminar, online, "mei")
    assert together == [4, 1, 1, 1, 1]
    assert [type(form.refusal) for form in before] == [type(None), type(None), seats.NotInvited]
    assert sorted(SignUp.objects.values_list("name", flat=True)) == ["Demo Ada", "Demo Ben"]


def test_what_is_in_the_way_of_one_stops_nobody_else(seminar, online, venue, together, wait):
    before = wait("ada", "beta", option=make_seminar().options.first()), wait("ben", "gamma", option=venue)
    press(seminar, online, "mei")
    assert together == [3, 1, 1, 1]
    assert [type(form.refusal) for form in before] == [seats.SignUpClosed, type(None)]
    assert list(seminar.sign_ups.order_by("queue_number").values_list("queue_number", "name")) == [
        (1, "Demo Ben"),
        (2, "Demo Mei"),
    ]
    assert sorted(Message.objects.values_list("to", flat=True)) == ["ben@gamma.example", "mei@alpha.example"]


def test_own_refusal_is_raised_where_the_form_was_sent(seminar, online, together, wait):
    before = wait("ada", "beta")
    with pytest.raises(seats.SignUpClosed):
        press(seminar, make_seminar().options.first(), "mei")
    assert together == [2, 1, 1] and before.refusal is None
    assert SignUp.objects.get().name == "Demo Ada"


def test_lock_that_is_not_to_be_had_is_tried_once_for_all(seminar, online, monkeypatch, wait):
    asked = []

    def no_lock(seminar, newcomers):
        asked.append(len(newcomers))
        raise OperationalError("canceling statement due to lock timeout")

    before = wait("ada", "beta")
    monkeypatch.setattr(turns, "sign_up_together", no_lock)
    with pytest.raises(OperationalError):
        press(seminar, online, "mei")
    assert asked == [2] and isinstance(before.refusal, OperationalError)


def test_fault_while_settling_leaves_nobody_waiting_and_the_turn_free(seminar, online, monkeypatch, wait):
    def stopped(seminar, newcomers):
        raise SystemExit

    before = wait("ada", "beta")
    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(turns, "sign_up_together", stopped)
        press(seminar, online, "mei")
    assert before.settled and isinstance(before.refusal, OperationalError)
    press(seminar, online, "mei")
    assert SignUp.objects.get().name == "Demo Mei"


def test_forms_of_another_seminar_at_the_same_desk_go_apart(seminar, online, together, wait, monkeypatch):
    monkeypatch.setattr(turns, "_desks", (turns.Desk(),))
    other = make_seminar()
    wait("ada", "beta", at=other, option=other.options.first())
    press(seminar, online, "mei")
    assert together == [1, 1]
    assert (other.sign_ups.get().name, seminar.sign_ups.get().name) == ("Demo Ada", "Demo Mei")


def test_one_transaction_takes_no_more_than_it_may(seminar, online, together, wait, monkeypatch):
    monkeypatch.setattr(turns, "MOST_TOGETHER", 2)
    for who in ("ada", "ben", "cai"):
        wait(who, who)
    press(seminar, online, "mei")
    assert together == [2, 2]


def test_form_that_did_not_get_its_turn_is_not_settled_later(seminar, online, monkeypatch):
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    with turn_of_another(seminar), pytest.raises(OperationalError):
        press(seminar, online, "ada", "beta")
    press(seminar, online, "mei")
    assert SignUp.objects.get().name == "Demo Mei"


def test_turn_goes_on_to_the_first_whose_thread_still_waits(seminar, wait):
    with turn_of_another(seminar):
        forms = [wait(who, who) for who in ("ada", "ben", "cai", "dan")]
        desk = turns.desk_of(seminar)
        desk.go(forms[0])
        desk.claim(forms[1])
        assert not any(form.called.is_set() for form in forms)
    assert [form.called.is_set() for form in forms] == [False, True, False, False]
    assert not desk.leave(forms[1]) and desk.leave(forms[2])
    desk.go(forms[1])
    assert [form.called.is_set() for form in forms] == [False, True, False, True]
    desk.go(forms[3])


@pytest.mark.parametrize("seed", range(6))
def test_together_comes_out_as_one_after_another(db, seed):
    """Places, the cap, who wants online or nothing instead, addresses that are known."""
    chance = Random(seed)
    forms = [
        (
            chance.choice(["online", "hong_kong"]),
            details(f"p{number}", f"c{chance.randrange(3)}", if_full=chance.choice(SignUp.IfFull.values)),
        )
        for number in range(9)
    ]
    known, new = forms[:3], [*forms[2:]]
    chance.shuffle(new)
    came_out = []
    for at_once in (True, False):
        seminar = make_seminar(online=3, venue=2, cap=2)
        options = {each.mode: each for each in seminar.options.all()}
        for mode, typed in known:
            seats.sign_up(seminar, option=options[mode], details=typed)
        newcomers = [Newcomer(options[mode], typed) for mode, typed in new]
        for some in [newcomers] if at_once else [[each] for each in newcomers]:
            turns.sign_up_together(seminar, some)
        came_out.append(outcomes(seminar))
        Message.objects.all().delete()
    assert came_out[0] == came_out[1]

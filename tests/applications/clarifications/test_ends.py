"""How a clarification ends without an answer, or later than was asked."""

from datetime import timedelta

import pytest

from applications import rounds, workflow
from applications.clarifications import clarifying
from applications.errors import (
    InvalidTransition,
    RoundClosed,
)
from applications.submissions import submission
from portal.audit.models import Event
from portal.mail.models import Message
from tests.applications.clarifications.clarification import ask, hand_in, kinds_of_mail, reply, review_of
from tests.applications.conftest import (
    GOOD,
    own_section,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("checked", "arrives", "outcome"),
    [(-60, 0, "in time"), (0, 60, "in grace"), (1, 60, "late"), (-60, 15 * 60 + 1, "late")],
)
def test_the_deadline_and_its_minutes_of_grace(case, owner, officer, at, checked, arrives, outcome):
    due = rounds.database_now() + timedelta(days=7)
    request = ask(case, officer, ("question", "summary"), due_at=due)
    reply(case, "Yes.", owner)
    review = review_of(case, now=due + timedelta(seconds=checked))
    at(due + timedelta(seconds=arrives))
    if outcome == "late":
        with pytest.raises(RoundClosed, match="What you typed is kept"):
            hand_in(case, owner, review=review)
        assert request.targets.get().reply == "Yes."
    else:
        assert hand_in(case, owner, review=review).received_in_grace is (outcome == "in grace")


def test_nothing_is_saved_after_the_deadline(case, owner, officer, at):
    request = ask(case, officer, ("question", "summary"))
    at(request.due_at + timedelta(seconds=1))
    with pytest.raises(RoundClosed):
        save(case, own_section(case)["uid"], GOOD | {"summary": "Late"}, owner)
    with pytest.raises(RoundClosed):
        reply(case, "Late", owner)


def test_the_clock_gives_up_after_the_minutes_of_grace(case, owner, officer, at):
    request = ask(case, officer, ("question", "summary"))
    reply(case, "Begun.", owner)
    Message.objects.all().delete()
    at(request.due_at + timedelta(minutes=15))
    assert clarifying.time_out_overdue() == 0
    at(request.due_at + timedelta(minutes=15, seconds=1))
    assert (clarifying.time_out_overdue(), clarifying.time_out_overdue()) == (1, 0)
    case.refresh_from_db()
    request.refresh_from_db()
    assert (case.status, request.state, case.clarification_due_at) == ("in_verification", "timed_out", None)
    assert kinds_of_mail() == [
        ("application.clarification_timed_out", "mei@demo.example"),
        ("case.clarification_timed_out", "officer@demo.example"),
    ]
    with pytest.raises(InvalidTransition, match="ask the Secretariat for more time"):
        hand_in_after(case, owner)


def hand_in_after(case, owner):
    token = submission.mint(case, fingerprint="x", now=rounds.database_now())
    return hand_in(case, owner, review=submission.read(token, case))


def test_more_time_is_given_with_a_reason_and_a_mail(case, owner, officer):
    request = ask(case, officer, ("question", "summary"))
    Message.objects.all().delete()
    later = request.due_at + timedelta(days=3)
    clarifying.extend(request, officer=officer, due_at=later, reason="Holiday")
    clarifying.extend(request, officer=officer, due_at=later, reason="Holiday")
    case.refresh_from_db()
    assert case.clarification_due_at == later
    assert request.extensions.get().reason == "Holiday"
    assert kinds_of_mail() == [("application.clarification_extended", "mei@demo.example")]
    assert Event.objects.filter(verb="application.clarification_extended").count() == 1
    with pytest.raises(InvalidTransition):
        clarifying.extend(request, officer=officer, due_at=later - timedelta(days=1), reason="Back")


def test_a_dropped_question_goes_back_to_verification(case, owner, officer):
    request = ask(case, officer, ("question", "summary"))
    Message.objects.all().delete()
    clarifying.cancel(request, officer=officer, reason="Found it.")
    case.refresh_from_db()
    request.refresh_from_db()
    assert (case.status, request.state, request.settled_reason) == (
        "in_verification",
        "cancelled",
        "Found it.",
    )
    assert kinds_of_mail() == [("application.clarification_cancelled", "mei@demo.example")]
    with pytest.raises(InvalidTransition):
        clarifying.cancel(request, officer=officer, reason="Again")


def test_withdrawing_cancels_the_question(case, owner, officer):
    request = ask(case, officer, ("question", "summary"))
    workflow.withdraw(case, member=owner)
    request.refresh_from_db()
    assert (request.state, case.status) == ("cancelled", "withdrawn")
    with pytest.raises(InvalidTransition):
        save(case, own_section(case)["uid"], GOOD | {"summary": "Late"}, owner)


def test_officer_hears_of_a_withdrawal(case, submitted, owner, officer):
    workflow.withdraw(case, member=owner)
    told = Message.objects.get(kind="case.withdrawn")
    assert told.to == officer.email
    assert told.subject == "DEMO-TS-0001: withdrawn by the company"
    assert "If a visit is planned, call it off." in told.body


def test_nobody_of_the_office_is_told_of_a_case_that_nobody_has(submitted, owner):
    workflow.withdraw(submitted, member=owner)
    assert not Message.objects.filter(kind="case.withdrawn").exists()


def test_officer_reads_how_much_stayed_without_an_answer(case, owner, officer):
    ask(case, officer, ("question", "summary"), ("projects", ""))
    reply(case, "Because.", owner)
    hand_in(case, owner)
    told = Message.objects.get(kind="case.clarification_answered")
    assert "1 of the places asked about stayed without an answer." in told.body

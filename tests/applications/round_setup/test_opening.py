from datetime import timedelta

import pytest

from applications import rounds, workflow
from applications.errors import InvalidTransition, RoundClosed
from applications.models import Criterion, Round
from applications.permissions import get_readable_round
from applications.round_setup import checking, opening, standing
from applications.round_setup.opening import NotReady
from portal import clock
from portal.audit.models import Event
from tests.applications.round_setup.conftest import make_ready

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def fresh(round):
    return Round.objects.get(pk=round.pk)


def verbs(round):
    return list(Event.objects.filter(object_uuid=round.uuid).order_by("id").values_list("verb", flat=True))


@pytest.fixture
def due(preparing):
    """A round in preparation whose opening time has come."""
    Round.objects.filter(pk=preparing.pk).update(opens_at=rounds.database_now() - timedelta(days=1))
    return fresh(preparing)


def test_round_whose_time_has_come_opens_at_once(due, officer):
    opening.release(due, officer=officer)
    now = fresh(due)
    assert (now.state, bool(now.released_at)) == (Round.State.OPEN, True)
    assert [(each.number, each.created_by) for each in now.form_versions.all()] == [(1, officer)]
    assert verbs(now)[-2:] == ["round.released", "round.opened"]
    assert rounds.is_open(now, now=rounds.database_now())


def test_round_whose_time_lies_ahead_opens_by_itself(preparing, officer, at):
    opening.release(preparing, officer=officer)
    assert fresh(preparing).state == Round.State.PREPARING
    at(preparing.opens_at - SECOND)
    opening.follow_the_clock()
    assert fresh(preparing).state == Round.State.PREPARING
    assert not rounds.is_open(fresh(preparing), now=preparing.opens_at - SECOND)
    at(preparing.opens_at)
    # Before the clock has come by, it takes applications already.
    assert rounds.is_open(fresh(preparing), now=preparing.opens_at)
    assert standing.of(fresh(preparing), now=preparing.opens_at).words == "Open"
    assert opening.follow_the_clock() == 1
    assert fresh(preparing).state == Round.State.OPEN
    assert opening.follow_the_clock() == 0
    event = Event.objects.get(verb="round.opened", object_uuid=preparing.uuid)
    assert event.actor_uuid is None


def test_clock_closes_after_the_minutes_of_grace(opened, at):
    last = opened.closes_at + timedelta(minutes=opened.grace_minutes)
    at(last)
    assert opening.follow_the_clock() == 0
    assert standing.of(fresh(opened), now=last).words == "Closed"
    at(last + SECOND)
    assert opening.follow_the_clock() == 1
    assert fresh(opened).state == Round.State.CLOSED
    assert verbs(opened)[-1] == "round.closed"


def test_clock_that_was_away_opens_and_closes_in_one_go(preparing, officer, at):
    opening.release(preparing, officer=officer)
    at(preparing.closes_at + timedelta(days=1))
    opening.follow_the_clock()
    assert fresh(preparing).state == Round.State.CLOSED
    assert verbs(preparing)[-3:] == ["round.released", "round.opened", "round.closed"]


def test_clock_does_not_open_what_nobody_released(preparing, at):
    at(preparing.opens_at + SECOND)
    opening.follow_the_clock()
    assert fresh(preparing).state == Round.State.PREPARING
    assert "applications.rounds" in clock.jobs


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_state_shown_and_what_is_taken_agree(preparing, officer, owner, at, offset):
    opening.release(preparing, officer=officer)
    for edge in (preparing.opens_at, preparing.closes_at):
        now = edge + offset * SECOND
        at(now)
        takes = preparing.opens_at <= now <= preparing.closes_at
        assert rounds.is_open(fresh(preparing), now=now) is takes
        assert (standing.of(fresh(preparing), now=now).words == "Open") is takes
        assert rounds.running(now).filter(pk=preparing.pk).exists() is takes


def test_round_with_findings_does_not_open(preparing, officer):
    Criterion.objects.filter(round=preparing).delete()
    with pytest.raises(NotReady) as refused:
        opening.release(fresh(preparing), officer=officer)
    assert refused.value.findings == checking.findings(fresh(preparing))
    assert fresh(preparing).released_at is None and not fresh(preparing).form_versions.exists()
    assert "round.released" not in verbs(preparing)


def test_second_press_publishes_nothing(preparing, officer):
    opening.release(preparing, officer=officer)
    with pytest.raises(InvalidTransition, match="opened already"):
        opening.release(preparing, officer=officer)
    assert preparing.form_versions.count() == 1
    assert verbs(preparing).count("round.released") == 1


def test_opening_is_taken_back_before_its_time_only(preparing, officer, at):
    opening.release(preparing, officer=officer)
    opening.take_back(preparing, officer=officer)
    assert fresh(preparing).released_at is None
    with pytest.raises(InvalidTransition):
        opening.take_back(preparing, officer=officer)
    opening.release(preparing, officer=officer)
    at(preparing.opens_at)
    with pytest.raises(InvalidTransition, match="open already"):
        opening.take_back(preparing, officer=officer)
    assert fresh(preparing).released_at


def test_questions_are_readable_from_the_release_on(preparing, officer, client):
    address = f"/en/apply/rounds/{preparing.uuid}/questions/"
    assert client.get(address).status_code == 404
    opening.release(preparing, officer=officer)
    assert get_readable_round(preparing.uuid) == preparing
    assert client.get(address).status_code == 200


def test_nobody_starts_before_it_opens(preparing, officer, owner, at):
    opening.release(preparing, officer=officer)
    at(preparing.opens_at - SECOND)
    with pytest.raises(RoundClosed):
        workflow.start(fresh(preparing), member=owner)
    at(preparing.opens_at)
    assert workflow.start(fresh(preparing), member=owner).form_version.number == 1


def test_round_that_is_made_open_needs_no_release(db):
    assert opening.follow_the_clock() == 0
    assert make_ready("DEMO-OPEN-").state == Round.State.OPEN

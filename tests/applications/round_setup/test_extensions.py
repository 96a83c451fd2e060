from datetime import timedelta

import pytest

from applications import rounds, workflow
from applications.errors import InvalidTransition
from applications.models import Application, Extension, Round
from applications.round_setup import extensions, opening
from applications.round_setup.extensions import NotLater
from portal import dates
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.mail.models import Message
from tests.applications.conftest import submit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def other(round, otto):
    """A draft of the other company."""
    return workflow.start(round, member=membership_of(otto))


def extend(round, officer, by=DAY, **more):
    return extensions.extend_round(
        round, closes_at=round.closes_at + by, reason="Typhoon on the last day", officer=officer, **more
    )


def told():
    return sorted(Message.objects.filter(kind="application.extended").values_list("to", flat=True))


def test_extending_the_round_moves_its_end_and_tells_companies_with_a_draft(
    round, draft, other, mei, ken, otto, stranger, officer
):
    before = round.closes_at
    extension = extend(round, officer)
    round.refresh_from_db()
    assert round.closes_at == before + DAY == extension.closes_at
    assert (extension.previous_closes_at, extension.application, extension.granted_by) == (
        before,
        None,
        officer,
    )
    assert told() == sorted([mei.email, ken.email, otto.email])
    mail = Message.objects.get(to=mei.email, kind="application.extended")
    assert dates.full(round.closes_at) in mail.body and "Typhoon on the last day" in mail.body
    assert mail.expires_at == round.closes_at
    event = Event.objects.get(verb="round.extended")
    assert event.to_state == round.closes_at.isoformat(timespec="seconds")


def test_same_time_once_more_tells_nobody_again(round, draft, mei, officer):
    first = extend(round, officer)
    assert extend(round, officer) == first
    assert (Extension.objects.count(), told()) == (1, [mei.email])


def test_time_that_was_passed_over_is_refused_again(round, officer):
    earlier = round.closes_at + DAY
    extensions.extend_round(round, closes_at=earlier, reason="a", officer=officer)
    extensions.extend_round(round, closes_at=earlier + DAY, reason="b", officer=officer)
    with pytest.raises(NotLater):
        extensions.extend_round(round, closes_at=earlier, reason="c", officer=officer)


@pytest.mark.parametrize("by", [timedelta(0), -timedelta(seconds=1), -DAY])
def test_round_is_never_shortened(round, draft, officer, by):
    with pytest.raises(NotLater):
        extend(round, officer, by=by)
    assert (Extension.objects.count(), told()) == (0, [])


def test_end_of_assessment_is_not_overrun(round, officer):
    Round.objects.update(assessment_closes_at=round.closes_at + DAY)
    with pytest.raises(NotLater, match="The assessment ends on"):
        extend(round, officer)


def test_closed_round_opens_again(round, draft, owner, officer, at):
    at(round.closes_at + DAY)
    opening.follow_the_clock()
    with pytest.raises(NotLater, match="lies ahead"):
        extend(round, officer, by=timedelta(hours=1))
    extend(round, officer, by=3 * DAY)
    round.refresh_from_db()
    assert round.state == Round.State.OPEN and rounds.is_open(round, now=rounds.database_now())


@pytest.mark.parametrize("state", ["preparing", "in_assessment", "decided", "archived"])
def test_round_in_other_states_is_not_extended(round, officer, state):
    Round.objects.update(state=state)
    with pytest.raises(InvalidTransition):
        extend(round, officer)


def test_extending_one_draft_tells_its_company_alone(round, draft, other, mei, ken, otto, officer):
    until = round.closes_at + DAY
    extension = extensions.extend_application(draft, until=until, reason="Hospital", officer=officer)
    draft.refresh_from_db()
    assert (draft.extended_until, extension.application, round.closes_at) == (until, draft, until - DAY)
    assert told() == sorted([mei.email, ken.email])
    assert rounds.deadline(round, draft) == until and rounds.deadline(round, other) == round.closes_at
    assert Event.objects.get(verb="application.extended").object_uuid == draft.uuid
    extensions.extend_application(draft, until=until, reason="Hospital", officer=officer)
    assert Extension.objects.count() == 1


def test_draft_with_more_time_is_submitted_after_the_round_closed(round, complete, owner, officer, at):
    extensions.extend_application(complete, until=round.closes_at + DAY, reason="x", officer=officer)
    complete.refresh_from_db()
    at(round.closes_at + timedelta(hours=20))
    opening.follow_the_clock()
    complete.refresh_from_db()
    assert complete.round.state == Round.State.CLOSED
    assert submit(complete, owner).received_in_grace is False


def test_later_end_of_the_round_outdoes_an_extension(round, draft, officer, at):
    extensions.extend_application(draft, until=round.closes_at + DAY, reason="x", officer=officer)
    extend(round, officer, by=2 * DAY)
    draft.refresh_from_db()
    assert draft.closes_at == rounds.deadline(draft.round, draft) == draft.round.closes_at
    assert rounds.is_open(draft.round, draft, now=draft.round.closes_at)


def test_draft_is_not_given_less_time(round, draft, officer):
    extensions.extend_application(draft, until=round.closes_at + 2 * DAY, reason="x", officer=officer)
    draft.refresh_from_db()
    with pytest.raises(NotLater):
        extensions.extend_application(draft, until=round.closes_at + DAY, reason="x", officer=officer)


def test_what_was_submitted_or_deleted_is_not_extended(round, submitted, officer):
    with pytest.raises(InvalidTransition):
        extensions.extend_application(submitted, until=round.closes_at + DAY, reason="x", officer=officer)
    gone = Application(pk=0, round=round)
    with pytest.raises(InvalidTransition):
        extensions.extend_application(gone, until=round.closes_at + DAY, reason="x", officer=officer)

"""The deadline table: what is taken when, by the database's clock, for every door alike."""

from datetime import timedelta

import pytest

from applications import rounds, workflow
from applications.drafts import drafting
from applications.errors import RoundClosed
from applications.models import Round
from applications.questions import versions
from tests.applications.conftest import DECLARATION, review_of, submit, upload

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=15)
MOMENTS = {
    "D-1s": -SECOND,
    "D": timedelta(0),
    "D+1s": SECOND,
    "D+G-1s": GRACE - SECOND,
    "D+G": GRACE,
    "D+G+1s": GRACE + SECOND,
}
IN_TIME = {"D-1s", "D"}
IN_GRACE = {"D+1s", "D+G-1s", "D+G"}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("issued", ["before", "after"])
def test_submit(complete, owner, at, moment, issued):
    closes = complete.round.closes_at
    review = review_of(complete, now=closes if issued == "before" else closes + SECOND)
    at(closes + MOMENTS[moment])

    def attempt():
        return workflow.submit(complete, member=owner, review=review, declaration=DECLARATION)

    if moment in IN_TIME or (issued == "before" and moment in IN_GRACE):
        received = attempt()
        assert received.received_in_grace is (moment in IN_GRACE)
        complete.refresh_from_db()
        assert complete.received_in_grace is (moment in IN_GRACE)
    else:
        with pytest.raises(RoundClosed):
            attempt()
        complete.refresh_from_db()
        assert complete.status == "draft"


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("begun", ["before", "after", None])
def test_upload(draft, owner, at, moment, begun):
    closes = draft.round.closes_at
    begun_at = {"before": closes, "after": closes + SECOND, None: None}[begun]
    at(closes + MOMENTS[moment])
    if moment in IN_TIME or (begun == "before" and moment in IN_GRACE):
        assert upload(draft, owner, begun_at=begun_at).pk
    else:
        with pytest.raises(RoundClosed):
            upload(draft, owner, begun_at=begun_at)


@pytest.mark.parametrize("moment", MOMENTS)
def test_section_save_and_page_agree(draft, owner, mei, at, client_for, moment):
    at(draft.round.closes_at + MOMENTS[moment])
    address = f"/en/apply/{draft.uuid}/sections/contacts/"
    page = client_for(mei).get(address)
    assert (b"<textarea" in page.content or b'name="contact_name"' in page.content) is (moment in IN_TIME)
    if moment in IN_TIME:
        drafting.save_section(draft, versions.CONTACTS, {}, base_version=0, member=owner)
    else:
        with pytest.raises(RoundClosed):
            drafting.save_section(draft, versions.CONTACTS, {}, base_version=0, member=owner)


@pytest.mark.parametrize("state", set(Round.State.values) - {"open"})
def test_round_that_is_not_open_takes_nothing(complete, owner, state):
    Round.objects.update(state=state)
    with pytest.raises(RoundClosed):
        submit(complete, owner)


def test_round_takes_nothing_before_it_opens(round, at):
    assert not rounds.is_open(round, now=round.opens_at - SECOND)
    assert rounds.is_open(round, now=round.opens_at)


def test_extension_holds_for_its_application_alone(complete, owner, at):
    closes = complete.round.closes_at
    complete.extended_until = closes + timedelta(days=1)
    complete.save(update_fields=["extended_until"])
    Round.objects.update(state=Round.State.CLOSED)
    at(closes + timedelta(hours=23))
    assert submit(complete, owner).received_in_grace is False


def test_web_servers_clock_does_not_matter(draft, time_machine):
    time_machine.move_to(draft.round.closes_at + timedelta(days=30))
    assert rounds.is_open(draft.round, now=rounds.database_now())

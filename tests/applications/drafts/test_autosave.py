"""Saves that a page makes by itself, and what a page that may not save any more gives back."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import rounds, workflow
from applications.drafts import projects, revisions
from applications.models import AnswerRevision, ProjectRecord, SectionAnswers
from applications.questions.answers import as_typed, is_blank
from portal.accounts import companies
from portal.accounts.models import Membership
from portal.accounts.permissions import membership_of
from tests.applications.conftest import PROJECT, own_section, save
from tests.applications.test_views import at as address_of
from tests.applications.test_views import flat

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
LONG = "Two hours of writing about exhaust air, filters and 𨋢 in one go. "


@pytest.fixture
def section(draft):
    return address_of("section", draft, own_section(draft)["uid"])


def text_of(draft):
    return SectionAnswers.objects.get(section_uid=own_section(draft)["uid"]).data["summary"]


def test_save_by_itself_answers_with_time_and_version(client_for, mei, draft, section, at):
    at((draft.round.closes_at - timedelta(days=1)).replace(hour=6, minute=5))
    first = client_for(mei).post(section, {"summary": "a", "version": "0"}, headers=JSON)
    again = client_for(mei).post(section, {"summary": "a", "version": "0"}, headers=JSON)
    second = client_for(mei).post(section, {"summary": "ab", "version": "1"}, headers=JSON)
    assert first.json() == {"state": "saved", "version": 1, "sentence": "Saved at 14:05, Hong Kong time"}
    assert [again.json()["version"], second.json()["version"]] == [1, 2]
    assert first["Cache-Control"] == "no-store"
    assert text_of(draft) == "ab"


def test_save_by_itself_never_shows_a_message_on_the_next_page(client_for, mei, section):
    browser = client_for(mei)
    browser.post(section, {"summary": "a", "version": "0"}, headers=JSON)
    assert "was saved." not in browser.get(section).content.decode()


def test_save_by_itself_costs_at_most_twelve_queries(client_for, mei, section):
    browser = client_for(mei)
    browser.get(section)
    with CaptureQueriesContext(connection) as captured:
        browser.post(section, {"summary": LONG * 100, "version": "0", "is_completed": "yes"}, headers=JSON)
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) <= 12


def test_stale_save_by_itself_is_told_and_changes_nothing(client_for, mei, ken, draft, section):
    client_for(mei).post(section, {"summary": "mei's", "version": "0"}, headers=JSON)
    told = client_for(ken).post(section, {"summary": "ken's", "version": "0"}, headers=JSON)
    assert (told.status_code, told.json()["state"]) == (409, "stale")
    assert re.fullmatch(
        r"Not saved: Mei changed this at \d\d:\d\d, Hong Kong time\. What you typed stays on this page\.",
        told.json()["sentence"],
    )
    assert text_of(draft) == "mei's"


def test_save_by_itself_after_closing_is_told(client_for, mei, draft, section, at):
    at(draft.round.closes_at + timedelta(seconds=1))
    told = client_for(mei).post(section, {"summary": "late", "version": "0"}, headers=JSON)
    assert (told.status_code, told.json()["state"]) == (409, "closed")
    assert "The round is closed" in told.json()["sentence"]
    assert not SectionAnswers.objects.exists()


def test_save_by_itself_after_the_session_ended_is_told(draft, section):
    told = Client().post(section, {"summary": "", "version": "0"}, headers=JSON)
    assert (told.status_code, told.json()["state"]) == (403, "signed_out")
    assert told.json()["sign_in"] == "/en/account/login/"


def test_person_demoted_meanwhile_gets_the_text_back(client_for, mei, ken, draft, section):
    browser = client_for(ken)
    browser.get(section)
    companies.change_role(membership_of(ken), Membership.Role.VIEW, by=mei)
    typed = {"summary": LONG, "version": "0"}
    page, told = browser.post(section, typed), browser.post(section, typed, headers=JSON)
    assert page.status_code == told.status_code == 403
    assert "your role in the company no longer allows this" in page.content.decode()
    assert LONG.strip() in page.content.decode()
    assert told.json()["state"] == "refused"
    assert not SectionAnswers.objects.exists()


@pytest.mark.parametrize("happened", ["left", "deleted"])
def test_person_without_the_draft_gets_the_text_back(client_for, mei, ken, draft, owner, section, happened):
    browser = client_for(ken)
    browser.get(section)
    if happened == "left":
        companies.leave(membership_of(ken))
    else:
        workflow.delete_draft(draft, member=owner)
    typed = {"summary": LONG, "version": "0"}
    page, told = browser.post(section, typed), browser.post(section, typed, headers=JSON)
    assert page.status_code == told.status_code == 404
    assert "This was not saved" in page.content.decode() and LONG.strip() in page.content.decode()
    assert told.json()["state"] == "gone"


def test_new_record_saved_by_itself_gets_its_address(client_for, mei, draft):
    add = address_of("project_add", draft)
    told = client_for(mei).post(add, {**flat(PROJECT), "page_key": "k"}, headers=JSON).json()
    record = ProjectRecord.objects.get()
    assert (told["state"], told["version"]) == ("saved", 1)
    assert told["address"] == address_of("project_change", draft, record.uuid)


def test_page_of_a_new_record_sent_twice_makes_one_record(client_for, mei, draft):
    add = address_of("project_add", draft)
    browser = client_for(mei)
    browser.post(add, {"factory_name": "Demo", "page_key": "k"}, headers=JSON)
    browser.post(add, {"factory_name": "Demo Works", "page_key": "k"})
    assert [each.entered["factory_name"] for each in ProjectRecord.objects.all()] == ["Demo Works"]
    browser.post(add, {"factory_name": "Another", "page_key": "l"})
    browser.post(add, {"factory_name": "Without a key"})
    assert ProjectRecord.objects.count() == 3


def test_page_of_a_new_record_sent_again_after_a_colleague_changed_it_is_a_conflict(
    client_for, mei, ken, draft
):
    add = address_of("project_add", draft)
    client_for(mei).post(add, {"factory_name": "mei's", "page_key": "k"}, headers=JSON)
    record = ProjectRecord.objects.get()
    projects.change(record, PROJECT, base_version=1, member=membership_of(ken))
    page = client_for(mei).post(add, {"factory_name": "mei's again", "page_key": "k"})
    assert page.status_code == 409
    assert "mei&#x27;s again" in page.content.decode() and "Demo Dyeing Works" in page.content.decode()
    assert ProjectRecord.objects.get().entered == PROJECT


def test_page_key_of_another_application_makes_a_record_here(client_for, mei, otto, draft, round):
    other = workflow.start(round, member=membership_of(otto))
    for user, application in ((mei, draft), (otto, other)):
        client_for(user).post(address_of("project_add", application), {"page_key": "k"}, headers=JSON)
    assert (draft.projects.count(), other.projects.count()) == (1, 1)


@pytest.mark.parametrize("after", ["", "Something quite different, which took the place of all of it."])
def test_passage_deleted_by_a_slip_stays_in_the_history(draft, owner, after):
    uid = own_section(draft)["uid"]
    for text in ("Two", LONG, after, after + "!"):
        save(draft, uid, {"summary": text}, owner, completed=False)
    kept = AnswerRevision.objects.values_list("data__summary", flat=True)
    assert list(kept) == [LONG, after + "!"]


def test_row_taken_out_of_a_table_stays_in_the_history(draft, owner):
    rows = [{"what": LONG, "when": "May"}, {"what": "Talk", "when": "June"}]
    for value in (rows, rows[1:]):
        save(draft, own_section(draft)["uid"], {"events": value}, owner, completed=False)
    assert [each["events"] for each in AnswerRevision.objects.values_list("data", flat=True)] == [
        rows,
        rows[1:],
    ]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from("mk")),
        st.tuples(st.just("save"), st.sampled_from("mk"), st.text(st.characters(codec="utf-8"), max_size=90)),
        st.tuples(st.just("wait"), st.integers(1, 6)),
    ),
    max_size=7,
)


class Desk:
    """One person's page: the version it was made from, and what came of each save."""

    def __init__(self, browser, section):
        self.browser, self.section, self.version = browser, section, 0

    def open(self, draft):
        row = draft.answers.filter(section_uid=own_section(draft)["uid"]).first()
        self.version = row.version if row else 0

    def save(self, text, draft):
        """`same` where it stood there already, whoever wrote it."""
        typed = {"summary": text, "version": self.version}
        before = draft.answers.values_list("version", flat=True).first()
        told = self.browser.post(self.section, typed, headers=JSON).json()
        self.version = told.get("version", self.version)
        if told.get("version") == before:
            return "same"
        if told["state"] == "stale":
            page = self.browser.post(self.section, typed)
            assert page.status_code == 409
            assert page.context["form"]["summary"].value() == as_typed(text)
        return told["state"]


@pytest.fixture
def browsers(client_for, mei, ken):
    return {"m": client_for(mei), "k": client_for(ken)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_two_peoples_saves_in_any_order_lose_no_text(browsers, draft, section, monkeypatch, steps):
    """What was accepted is in the history, unless its own writer wrote on in it within five minutes."""
    now, accepted = rounds.database_now(), []
    desks = {name: Desk(browser, section) for name, browser in browsers.items()}
    with transaction.atomic():
        for verb, *what in steps:
            monkeypatch.setattr(rounds, "database_now", lambda moment=now: moment)
            if verb == "wait":
                now += timedelta(minutes=what[0])
            elif verb == "open":
                desks[what[0]].open(draft)
            elif desks[what[0]].save(what[1], draft) == "saved":
                accepted.append((what[0], as_typed(what[1]), now))
        kept = {data["summary"] for data in AnswerRevision.objects.values_list("data", flat=True)}
        transaction.set_rollback(True)
    for (who, text, when), following in pairwise([*accepted, None]):
        wrote_on = (
            following
            and following[0] == who
            and following[2] - when < revisions.MERGE_WITHIN
            and not revisions.cuts({"summary": text}, {"summary": following[1]})
        )
        # Nothing is no text that could be lost.
        assert text in kept or wrote_on or is_blank(text)

"""What was changed, for the company that changed it."""

import re
from datetime import timedelta

import pytest

from applications import rounds, workflow
from applications.drafts import documents, projects
from applications.models import AnswerRevision, ProjectRevision
from applications.questions import versions
from portal.accounts.permissions import membership_of
from portal.files.models import StoredFile
from tests.applications.conftest import CONTACTS, GOOD, PROJECT, own_section, save, submit, upload
from tests.applications.test_views import at as address_of
from tests.applications.test_views import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(ken):
    return membership_of(ken)


def told(browser, application, page=""):
    answer = browser.get(address_of("history", application) + page)
    return [change.sentence for change in answer.context["changes"]]


def test_everything_is_told_newest_first(client_for, mei, draft, owner, colleague, at):
    start = rounds.database_now()
    uid = own_section(draft)["uid"]
    at(start + timedelta(seconds=1))
    save(draft, uid, {"summary": "one", "staff": "3", "since": {"day": "1"}}, owner)
    at(start + timedelta(minutes=1))
    save(draft, uid, {"summary": "two", "staff": "3", "since": {"day": "1"}}, colleague)
    at(start + timedelta(minutes=2))
    record = projects.add(draft, PROJECT, member=owner)
    at(start + timedelta(minutes=8))
    record = projects.change(
        record, PROJECT | {"technology": "New", "role": ""}, base_version=1, member=owner
    )
    at(start + timedelta(minutes=9))
    projects.remove(record, base_version=2, member=colleague)
    assert told(client_for(mei), draft) == [
        "Ken removed a project record (Demo Dyeing Works).",
        "Mei changed 2 entries of a project record (Demo Dyeing Works).",
        "Mei added a project record (Demo Dyeing Works).",
        "Ken changed 1 answer in “Your service”.",
        "Mei changed 3 answers in “Your service”.",
        "Mei started the application.",
    ]


def test_files_and_moves_are_told(client_for, mei, complete, owner):
    stored = StoredFile.objects.get()
    documents.remove(stored, complete, member=owner)
    upload(complete, owner, name="new.pdf")
    submit(complete, owner)
    workflow.take_back(complete, member=owner)
    sentences = told(client_for(mei), complete)
    for sentence in (
        "Mei uploaded “certificate 0.pdf” for “Certificate”.",
        "Mei removed “certificate 0.pdf” from “Certificate”.",
        "Mei uploaded “new.pdf” for “Certificate”.",
        "Mei sent the application to the Secretariat.",
        "Mei took the application back.",
    ):
        assert sentences.count(sentence) == 1, sentence


def test_what_the_office_does_is_not_told_here(client_for, mei, submitted, officer):
    before = told(client_for(mei), submitted)
    workflow.start_verification(submitted, officer=officer)
    workflow.assign(submitted, officer=officer, assignee=officer)
    assert told(client_for(mei), submitted) == before


def test_saving_the_same_again_or_completing_is_no_change(client_for, mei, draft, owner):
    for completed in (False, True, True):
        save(draft, versions.CONTACTS, CONTACTS, owner, completed=completed)
    assert AnswerRevision.objects.count() == 1
    assert told(client_for(mei), draft)[0] == "Mei changed 6 answers in “Contact people”."


def test_blank_answers_are_no_change(client_for, mei, draft, owner):
    """A section looked at and left empty, and a question that the form asks since."""
    uid = own_section(draft)["uid"]
    save(draft, uid, {"summary": "", "staff": ""}, owner, completed=False)
    assert told(client_for(mei), draft) == ["Mei started the application."]
    save(draft, uid, {"summary": "one"}, owner)
    save(draft, uid, {"summary": "one", "laboratory": "", "since": {"day": ""}}, owner, completed=False)
    assert told(client_for(mei), draft)[0] == "Mei changed 1 answer in “Your service”."
    assert AnswerRevision.objects.count() == 1
    save(draft, uid, {"summary": "", "laboratory": ""}, owner)
    assert AnswerRevision.objects.order_by("-pk")[0].data["summary"] == ""


def test_before_and_after_stand_side_by_side(client_for, vic, draft, owner, colleague):
    uid = own_section(draft)["uid"]
    save(draft, uid, GOOD, owner)
    save(draft, uid, GOOD | {"summary": "<b>Other</b> words", "gone": "left from an old form"}, colleague)
    newest = AnswerRevision.objects.last()
    page = client_for(vic).get(address_of("history_answers", draft, newest.pk))
    shown = [(each.before, each.after) for each in page.context["differences"]]
    assert shown == [("We clean exhaust air.", "<b>Other</b> words"), ("", "left from an old form")]
    assert "&lt;b&gt;Other&lt;/b&gt; words" in page.content.decode()


def test_records_of_one_spreadsheet_are_one_change(client_for, mei, draft, owner, at):
    projects.add_many(draft, [PROJECT] * 3, member=owner)
    projects.change(draft.projects.last(), PROJECT | {"role": ""}, base_version=1, member=owner)
    at(rounds.database_now() + timedelta(seconds=1))
    projects.add(draft, PROJECT, member=owner)
    assert sorted(told(client_for(mei), draft)) == [
        "Mei added 3 project records.",
        "Mei added a project record (Demo Dyeing Works).",
        "Mei started the application.",
    ]


def test_removed_project_record_can_still_be_read(client_for, mei, draft, owner):
    record = projects.add(draft, PROJECT, member=owner)
    projects.remove(record, base_version=1, member=owner)
    newest = ProjectRevision.objects.last()
    text = words(client_for(mei).get(address_of("history_project", draft, newest.pk)))
    assert "Heat recovery" in text and "120,000 kWh a year" in text


def test_person_without_an_account_any_more_is_not_named(client_for, mei, ken, draft, colleague):
    save(draft, versions.CONTACTS, CONTACTS, colleague)
    ken.delete()
    assert told(client_for(mei), draft)[0].startswith("Somebody whose account was deleted changed 6")


@pytest.mark.parametrize("who", ["otto", "stranger"])
def test_history_belongs_to_the_company(client_for, request, draft, owner, who):
    save(draft, versions.CONTACTS, CONTACTS, owner)
    projects.add(draft, PROJECT, member=owner)
    browser = client_for(request.getfixturevalue(who))
    answers, project = AnswerRevision.objects.get().pk, ProjectRevision.objects.get().pk
    for name, more in (("history", ()), ("history_answers", (answers,)), ("history_project", (project,))):
        assert browser.get(address_of(name, draft, *more)).status_code == 404


def test_row_of_another_application_is_not_shown_through_ones_own(client_for, otto, draft, owner, round):
    save(draft, versions.CONTACTS, CONTACTS, owner)
    own = workflow.start(round, member=membership_of(otto))
    pk = AnswerRevision.objects.get().pk
    assert client_for(otto).get(address_of("history_answers", own, pk)).status_code == 404


def test_long_history_comes_in_pages(client_for, mei, draft, owner, colleague):
    for number in range(31):
        save(draft, versions.CONTACTS, {"contact_name": str(number)}, (owner, colleague)[number % 2])
    browser = client_for(mei)
    assert len(told(browser, draft)) == 30
    assert told(browser, draft, "?page=2")[-1] == "Mei started the application."
    assert re.search("31 to 32 of 32", words(browser.get(address_of("history", draft) + "?page=2")))


def test_page_costs_the_same_with_one_and_three_of_each(
    client_for, mei, draft, owner, colleague, django_assert_num_queries
):
    browser = client_for(mei)

    def one_of_each(number):
        member = (owner, colleague)[number % 2]
        save(draft, versions.CONTACTS, {"contact_name": f"Demo {number}"}, member)
        projects.add(draft, PROJECT, member=member)
        upload(draft, member, name=f"{number}.pdf")
        browser.get(address_of("history", draft))

    one_of_each(0)
    with django_assert_num_queries(14):
        browser.get(address_of("history", draft))
    one_of_each(1)
    one_of_each(2)
    with django_assert_num_queries(14):
        browser.get(address_of("history", draft))

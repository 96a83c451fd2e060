"""An officer asks: whom it reaches, and which places it opens."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from applications import rounds
from applications.clarifications import clarifying, reopening
from applications.clarifications.clarifying import Asked
from applications.drafts import documents, drafting, projects
from applications.errors import (
    InvalidTransition,
)
from applications.models import ClarificationRequest
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.clarifications.clarification import (
    ask,
    hand_in,
    kinds_of_mail,
    slots,
)
from tests.applications.conftest import (
    CONTACTS,
    GOOD,
    PROJECT,
    own_section,
    save,
    upload,
)

pytestmark = pytest.mark.django_db


def test_asking_tells_the_company_once_and_names_places_not_questions(case, officer):
    key = uuid4()
    places = [("question", "summary"), ("document", slots(case)[0])]
    first = ask(case, officer, *places, key=key)
    assert ask(case, officer, *places, key=key) == first
    case.refresh_from_db()
    assert (case.status, case.clarification_due_at) == ("clarification_requested", first.due_at)
    assert kinds_of_mail() == [("application.clarification_requested", "mei@demo.example")]
    body = Message.objects.get().body
    assert "Summary" in body
    assert "Certificate" in body
    assert "Why" not in body


@pytest.mark.parametrize(
    ("language", "subject", "place"),
    [
        ("en", "Please act: a question about application DEMO-TS-0001", "Project records"),
        ("zh-hant", "請回覆：有關申請 DEMO-TS-0001 的問題", "項目紀錄"),
        ("zh-hans", "请回复：有关申请 DEMO-TS-0001 的问题", "项目记录"),
    ],
)
def test_the_mail_speaks_the_readers_language(case, owner, officer, language, subject, place):
    owner.user.language = language
    owner.user.save()
    ask(case, officer, ("projects", ""))
    mail = Message.objects.get()
    assert (mail.subject, place in mail.body) == (subject, True)


@pytest.mark.parametrize(
    "place",
    [
        ("section", "no-such-section"),
        ("question", "no-such-question"),
        ("project", str(uuid4())),
        ("document", "projects"),
        ("moon", ""),
    ],
)
def test_only_places_of_what_was_handed_in_can_be_asked_about(case, officer, place):
    with pytest.raises(InvalidTransition):
        ask(case, officer, place)
    assert ClarificationRequest.objects.count() == 0


def test_an_officer_asks_only_in_verification(submitted, officer):
    with pytest.raises(InvalidTransition):
        clarifying.ask(
            submitted,
            officer=officer,
            due_at=rounds.database_now() + timedelta(days=1),
            asked=[Asked("projects", "", "?")],
            key=uuid4(),
        )


def test_only_the_reopened_question_takes_a_new_answer(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    uid = own_section(case)["uid"]
    with pytest.raises(InvalidTransition):
        save(case, uid, GOOD | {"summary": "Changed", "slogan": "Smuggled"}, owner)
    assert case.answers.get(section_uid=uid).data == GOOD
    save(case, uid, GOOD | {"summary": "Changed"}, owner)
    stored = case.answers.get(section_uid=uid).data
    assert (stored["summary"], stored["slogan"]) == ("Changed", "")


def test_questions_that_depend_on_a_reopened_one_are_open_too(case, owner, officer):
    ask(case, officer, ("question", "verified"))
    assert reopening.of(case).keys == {"verified", "verifier"}


def test_other_places_stay_closed(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    record = case.projects.get()
    stored = StoredFile.objects.get()
    for attempt in (
        lambda: save(case, "contacts", CONTACTS | {"contact_name": "New"}, owner),
        lambda: projects.add(case, PROJECT, member=owner),
        lambda: projects.change(record, PROJECT | {"technology": "x"}, base_version=1, member=owner),
        lambda: projects.remove(record, base_version=1, member=owner),
        lambda: upload(case, owner),
        lambda: documents.remove(stored, case, member=owner),
        lambda: drafting.lock_for_change(case, member=owner),
    ):
        with pytest.raises(InvalidTransition):
            attempt()
    assert (case.projects.count(), StoredFile.objects.get().state) == (1, stored.state)


def test_one_reopened_record_can_be_changed_but_the_list_not(case, owner, officer):
    record = case.projects.get()
    ask(case, officer, ("project", str(record.uuid)))
    record.application = case
    projects.change(record, PROJECT | {"technology": "Better"}, base_version=1, member=owner)
    for attempt in (
        lambda: projects.add(case, PROJECT, member=owner),
        lambda: projects.remove(record, base_version=2, member=owner),
    ):
        with pytest.raises(InvalidTransition):
            attempt()
    assert case.projects.get().technology == "Better"


def test_the_reopened_list_takes_new_records(case, owner, officer):
    ask(case, officer, ("projects", ""))
    projects.add(case, PROJECT | {"project_number": "P-02"}, member=owner)
    received = hand_in(case, owner)
    assert [each["entered"]["project_number"] for each in received.content["projects"]] == ["P-01", "P-02"]


def test_default_time_is_ten_weekdays_at_the_end_of_office_hours():
    friday = datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert clarifying.default_due(friday).isoformat() == "2026-12-04T18:00:00+08:00"

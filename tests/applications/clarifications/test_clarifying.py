from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from applications import rounds, workflow
from applications.clarifications import clarifying, reopening
from applications.clarifications.clarifying import Asked
from applications.drafts import documents, drafting, projects
from applications.errors import (
    Incomplete,
    InvalidTransition,
    KeyReused,
    RoundClosed,
    StaleVersion,
)
from applications.models import ClarificationRequest, ProjectRecord, Submission
from applications.submissions import contents, submission
from applications.submissions.submission import Declaration
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.clarifications.clarification import ask, hand_in, reply, review_of
from tests.applications.conftest import (
    CONTACTS,
    GOOD,
    PROJECT,
    fill_in,
    make_round,
    own_section,
    save,
    submit,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(submitted, officer):
    workflow.start_verification(submitted, officer=officer)
    Message.objects.all().delete()
    return submitted


def kinds_of_mail():
    return sorted(Message.objects.values_list("kind", "to"))


def slots(application):
    return [each["uid"] for each in application.form_version.definition["documents"]]


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
        ("zh-hant", "請回覆：有關申請 DEMO-TS-0001 的問題", "項目記錄"),
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
    save(case, uid, GOOD | {"summary": "Changed", "slogan": "Smuggled"}, owner)
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


def test_handing_in_freezes_the_next_submission_and_keeps_the_first(case, owner, officer):
    request = ask(case, officer, ("question", "summary"), ("projects", ""))
    first = case.submissions.get()
    before = first.content
    save(case, own_section(case)["uid"], GOOD | {"summary": "Changed"}, owner)
    reply(case, "Now it is clear.\r\nReally.", owner)
    Message.objects.all().delete()
    received = hand_in(case, owner)
    case.refresh_from_db()
    request.refresh_from_db()
    first.refresh_from_db()
    assert (case.status, case.revision, case.clarification_due_at) == ("in_verification", 2, None)
    assert (received.number, received.cause, received.signer_name) == (2, "clarification", "Demo Signatory")
    assert first.content == before
    assert (request.state, request.answer) == ("answered", received)
    assert [each.was_answered for each in request.targets.all()] == [True, False]
    assert received.content["answers"][own_section(case)["uid"]]["summary"] == "Changed"
    assert received.content["clarification"]["places"][0]["reply"] == "Now it is clear.\r\nReally."
    assert kinds_of_mail() == [
        ("application.receipt", "mei@demo.example"),
        ("case.clarification_answered", "officer@demo.example"),
    ]
    assert "Project records" in Message.objects.get(kind="application.receipt").body
    event = Event.objects.filter(object_uuid=case.uuid).last()
    assert (event.verb, event.hashes) == (
        "application.clarification_answered",
        {"submission": received.sha256},
    )


def test_the_same_key_again_is_the_same_receipt(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    reply(case, "Yes.", owner)
    review = review_of(case)
    assert len({hand_in(case, owner, review=review) for _ in range(3)}) == 1
    assert Submission.objects.count() == 2
    with pytest.raises(KeyReused):
        hand_in(case, owner, review=review, declaration=Declaration("Somebody Else", "Director"))


def test_a_second_answer_with_a_new_key_is_refused(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    reply(case, "Yes.", owner)
    mine, theirs = review_of(case), review_of(case)
    hand_in(case, owner, review=mine)
    with pytest.raises(InvalidTransition, match="handed in already"):
        hand_in(case, owner, review=theirs)
    assert Submission.objects.count() == 2


def test_an_answer_without_any_answer_is_refused(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    with pytest.raises(Incomplete):
        hand_in(case, owner)


def test_a_spoilt_answer_has_to_be_put_right_first(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    save(case, own_section(case)["uid"], GOOD | {"summary": "x" * 51}, owner)
    with pytest.raises(Incomplete) as refusal:
        hand_in(case, owner)
    assert [each.anchor for each in refusal.value.missing] == ["summary"]


def test_hand_in_refuses_what_changed_since_the_check(case, owner, officer):
    ask(case, officer, ("question", "summary"))
    reply(case, "Yes.", owner)
    review = review_of(case)
    reply(case, "No.", owner)
    with pytest.raises(StaleVersion):
        hand_in(case, owner, review=review)


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


def test_what_was_begun_for_an_earlier_question_is_not_handed_in_with_a_later_one(case, owner, officer):
    request = ask(case, officer, ("section", own_section(case)["uid"]), ("projects", ""))
    save(case, own_section(case)["uid"], GOOD | {"summary": "Never sent"}, owner)
    projects.remove(case.projects.get(), base_version=1, member=owner)
    clarifying.cancel(request, officer=officer, reason="Solved.")
    ask(case, officer, ("section", "contacts"))
    save(case, "contacts", CONTACTS | {"contact_name": "New Contact"}, owner)
    content = hand_in(case, owner).content
    before = case.submissions.get(number=1).content
    assert content["answers"]["contacts"]["contact_name"] == "New Contact"
    assert content["answers"][own_section(case)["uid"]] == before["answers"][own_section(case)["uid"]]
    assert content["projects"] == before["projects"]
    assert content["identity"] == before["identity"]


def test_a_removed_record_comes_back_when_it_is_asked_about(case, owner, officer):
    record = case.projects.get()
    request = ask(case, officer, ("projects", ""))
    projects.remove(record, base_version=1, member=owner)
    clarifying.cancel(request, officer=officer, reason="Solved.")
    ask(case, officer, ("project", str(record.uuid)))
    assert ProjectRecord.objects.get().uuid == record.uuid
    assert ProjectRecord.objects.get().entered == PROJECT


def test_a_replaced_file_stays_with_the_first_submission(case, owner, officer):
    ask(case, officer, ("document", slots(case)[0]))
    old = StoredFile.objects.get()
    documents.remove(old, case, member=owner)
    new = upload(case, owner, name="better.pdf")
    received = hand_in(case, owner)
    old.refresh_from_db()
    assert old.state != "removed"
    assert old.set_aside_at
    assert [each["uuid"] for each in received.content["files"]] == [str(new.uuid)]
    assert list(contents.files_of(case)) == [new]


def test_a_file_that_was_never_handed_in_is_removed_for_good(case, owner, officer):
    ask(case, officer, ("document", slots(case)[0]))
    new = upload(case, owner, name="wrong.pdf")
    documents.remove(new, case, member=owner)
    new.refresh_from_db()
    assert new.state == "removed"


def test_identity_changes_only_where_it_was_asked_about(case, owner, officer):
    request = ask(case, officer, ("question", "summary"))
    owner.provider.address = "2 New Street"
    owner.provider.save()
    reply(case, "Yes.", owner)
    assert hand_in(case, owner).content["identity"]["address"] == "1 Demo Street, Kowloon, Hong Kong"
    assert request.is_open
    ask(case, officer, ("company", ""))
    case.refresh_from_db()
    assert hand_in(case, owner).content["identity"]["address"] == "2 New Street"


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


def test_replies_of_two_people_do_not_overwrite_each_other(case, owner, ken, officer):
    ask(case, officer, ("question", "summary"))
    target = reopening.of(case).targets[0]
    clarifying.save_replies(case, {target.pk: "Mine"}, base_version=0, member=owner)
    with pytest.raises(StaleVersion) as stale:
        clarifying.save_replies(case, {target.pk: "Theirs"}, base_version=0, member=membership_of(ken))
    assert stale.value.current.targets[0].reply == "Mine"
    target.refresh_from_db()
    assert (target.reply, target.replied_by) == ("Mine", owner.user)


def test_reply_ids_of_another_application_change_nothing(case, owner, officer, otto):
    member = membership_of(otto)
    member.provider.address, member.provider.telephone = "2 Demo Street", "+85220000002"
    member.provider.save()
    other = workflow.start(case.round, member=member)
    fill_in(other, member)
    submit(other, member)
    ask(case, officer, ("question", "summary"))
    ask(other, officer, ("question", "summary"))
    foreign = reopening.of(case).targets[0]
    clarifying.save_replies(other, {foreign.pk: "Smuggled"}, base_version=0, member=member)
    foreign.refresh_from_db()
    assert foreign.reply == ""


def test_default_time_is_ten_weekdays_at_the_end_of_office_hours():
    friday = datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert clarifying.default_due(friday).isoformat() == "2026-12-04T18:00:00+08:00"


@pytest.mark.parametrize("count", [1, 3])
def test_handing_in_costs_a_fixed_number_of_queries(owner, officer, count, django_assert_max_num_queries):
    application = workflow.start(make_round(), member=owner)
    fill_in(application, owner)
    submit(application, owner)
    keys = ["summary", "staff", "since"][:count]
    ask(application, officer, *(("question", key) for key in keys))
    reply(application, "Yes.", owner)
    review = review_of(application)
    with django_assert_max_num_queries(45):
        hand_in(application, owner, review=review)

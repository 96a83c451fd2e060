"""The company answers: what is handed in anew, and what stays as it was."""

import pytest

from applications import workflow
from applications.clarifications import clarifying, reopening
from applications.drafts import documents, projects
from applications.errors import (
    Incomplete,
    InvalidTransition,
    KeyReused,
    StaleVersion,
)
from applications.models import ProjectRecord, Submission
from applications.submissions import contents
from applications.submissions.submission import Declaration
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.clarifications.clarification import (
    ask,
    hand_in,
    kinds_of_mail,
    reply,
    review_of,
    slots,
)
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

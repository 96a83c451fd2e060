"""A file that turns out bad after it was handed in opens a clarification of its own."""

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications import workflow
from applications.clarifications import bad_files, clarifying, reopening
from applications.drafts import documents
from applications.models import ClarificationRequest
from applications.submissions import contents
from portal.files import scanning
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.clarifications.clarification import ask, hand_in, reply
from tests.applications.conftest import submit, upload

pytestmark = pytest.mark.django_db


def find_bad(stored, state="infected"):
    """The verdict, as the scanner's task gives it, and the task that follows."""
    with transaction.atomic():
        scanning._record(stored.pk, state, "infected", "clamd")
    return bad_files.ask_about.call(str(stored.uuid))


def mails():
    return sorted(Message.objects.exclude(kind="application.receipt").values_list("kind", "to"))


def test_a_received_case_waits_for_a_clean_file_and_then_for_an_officer(submitted, owner):
    stored = StoredFile.objects.get()
    assert find_bad(stored) == "asked"
    submitted.refresh_from_db()
    request = ClarificationRequest.objects.get()
    target = request.targets.get()
    assert (submitted.status, submitted.assignee, request.requested_by) == (
        "clarification_requested",
        None,
        None,
    )
    assert (target.kind, target.uid, target.comment) == ("document", stored.slot, "certificate 0.pdf")
    assert mails() == [("application.clarification_requested", "mei@demo.example")]
    documents.remove(stored, submitted, member=owner)
    new = upload(submitted, owner, name="clean.pdf")
    received = hand_in(submitted, owner)
    submitted.refresh_from_db()
    assert submitted.status == "submitted"
    assert submitted.check_items.count() == 0
    assert [each["uuid"] for each in received.content["files"]] == [str(new.uuid)]


def test_the_same_verdict_twice_asks_once(submitted):
    stored = StoredFile.objects.get()
    find_bad(stored)
    assert bad_files.ask_about.call(str(stored.uuid)) == "asked already"
    assert ClarificationRequest.objects.get().targets.count() == 1
    assert len(mails()) == 1


def test_a_slot_is_added_to_what_is_asked_already(submitted, owner, officer):
    ask(submitted, officer, ("question", "summary"), days=2)
    before = ClarificationRequest.objects.get().due_at
    Message.objects.all().delete()
    assert find_bad(StoredFile.objects.get()) == "added"
    request = ClarificationRequest.objects.get()
    submitted.refresh_from_db()
    assert [each.kind for each in request.targets.all()] == ["question", "document"]
    assert request.due_at > before
    assert submitted.clarification_due_at == request.due_at
    assert mails() == [("application.clarification_widened", "mei@demo.example")]


def test_a_case_in_verification_comes_back_to_its_officer(submitted, owner, officer):
    workflow.start_verification(submitted, officer=officer)
    find_bad(StoredFile.objects.get())
    reply(submitted, "There is no other copy.", owner)
    hand_in(submitted, owner)
    submitted.refresh_from_db()
    assert (submitted.status, submitted.assignee) == ("in_verification", officer)


def test_nothing_is_asked_about_drafts_and_files_that_were_never_handed_in(complete, owner, submitted):
    workflow.take_back(submitted, member=owner)
    stored = StoredFile.objects.get()
    assert find_bad(stored) == "company told"
    submit_again = upload(submitted, owner, name="second.pdf")
    submit(submitted, owner)
    assert contents.Contents(submitted).in_slot(stored.slot) == [stored, submit_again]
    StoredFile.objects.filter(pk=submit_again.pk).update(set_aside_at=timezone.now())
    assert find_bad(submit_again) == "gone"
    assert ClarificationRequest.objects.count() == 0


def test_past_verification_the_office_is_told_instead(submitted, officer):
    workflow.start_verification(submitted, officer=officer)
    workflow.send_to_assessment(submitted, officer=officer, reason="Checked on paper.")
    Message.objects.all().delete()
    assert find_bad(StoredFile.objects.get()) == "told"
    submitted.refresh_from_db()
    assert submitted.status == "in_assessment"
    assert mails() == [("case.file_found_bad", "officer@demo.example")]


def test_an_officer_may_drop_it_and_begin(submitted, officer):
    find_bad(StoredFile.objects.get())
    submitted.refresh_from_db()
    clarifying.cancel(reopening.of(submitted).request, officer=officer, reason="We have a paper copy.")
    submitted.refresh_from_db()
    assert submitted.status == "submitted"
    workflow.start_verification(submitted, officer=officer)
    assert submitted.status == "in_verification"


def test_the_verdict_is_followed_up_by_a_task_of_its_own(submitted):
    stored = StoredFile.objects.get()
    with transaction.atomic():
        scanning._record(stored.pk, "infected", "infected", "clamd")
    ordered = DBTaskResult.objects.filter(task_path="applications.clarifications.bad_files.ask_about")
    assert [each.args_kwargs["args"] for each in ordered] == [[str(stored.uuid)]]

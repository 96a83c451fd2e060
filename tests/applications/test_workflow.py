from datetime import timedelta
from uuid import uuid4

import pytest

from applications import emails, rounds, workflow
from applications.clarifications import mail as clarification_mail
from applications.drafts import completeness, projects
from applications.errors import (
    Incomplete,
    InvalidTransition,
    KeyReused,
    RoundClosed,
    StaleVersion,
)
from applications.models import ENDED, Application, CheckItem, Question, Status, Submission
from applications.questions import versions
from applications.submissions import contents, submission
from applications.wording import WORDING
from portal import dates
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files.models import StoredFile
from portal.mail.models import Message
from portal.texts import localized
from tests.applications.conftest import (
    DECLARATION,
    GOOD,
    PROJECT,
    fill_in,
    make_round,
    own_section,
    review_of,
    save,
    submit,
    upload,
)

pytestmark = pytest.mark.django_db

# What the map must be, word for word from the design of the states.
ARROWS = {
    ("draft", "submitted"),
    ("submitted", "draft"),
    ("submitted", "in_verification"),
    # By the portal alone, about a bad file; and back again.
    ("submitted", "clarification_requested"),
    ("clarification_requested", "submitted"),
    ("submitted", "withdrawn"),
    ("in_verification", "clarification_requested"),
    ("in_verification", "in_assessment"),
    ("in_verification", "ineligible"),
    ("in_verification", "withdrawn"),
    ("clarification_requested", "in_verification"),
    ("clarification_requested", "withdrawn"),
    ("in_assessment", "in_verification"),
    ("in_assessment", "public_notice"),
    ("in_assessment", "not_commended"),
    ("in_assessment", "withdrawn"),
    ("public_notice", "commended"),
    ("public_notice", "in_assessment"),
    ("public_notice", "withdrawn"),
}
# Every public function that moves: from where it may, and where to.
VERBS = {
    "take_back": ({"submitted"}, "draft"),
    "withdraw": (
        {"submitted", "in_verification", "clarification_requested", "in_assessment", "public_notice"},
        "withdrawn",
    ),
    "start_verification": ({"submitted"}, "in_verification"),
    "request_clarification": ({"in_verification"}, "clarification_requested"),
    "settle_clarification": ({"clarification_requested"}, "in_verification"),
    "send_to_assessment": ({"in_verification"}, "in_assessment"),
    "return_to_verification": ({"in_assessment"}, "in_verification"),
    "find_ineligible": ({"in_verification"}, "ineligible"),
}


def call(verb, application, owner, officer):
    more = {
        "take_back": {"member": owner},
        "withdraw": {"member": owner},
        "request_clarification": {
            "officer": officer,
            "due_at": rounds.database_now() + timedelta(days=7),
        },
        "settle_clarification": {"as_state": "cancelled", "actor": officer},
        "find_ineligible": {"officer": officer, "reason": "Not registered."},
    }
    getattr(workflow, verb)(application, **more.get(verb, {"officer": officer}))


def test_map_has_exactly_the_arrows_of_the_design():
    assert {(a.value, b.value) for a, targets in workflow.MOVES.items() for b in targets} == ARROWS
    assert set(workflow.MOVES) == set(Status) == set(workflow.SENTENCES) | {Status.DRAFT}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_moves_only_from_its_states(complete, owner, officer, verb, status):
    Application.objects.filter(pk=complete.pk).update(status=status, revision=1)
    allowed, target = VERBS[verb]
    if status in allowed:
        call(verb, complete, owner, officer)
        complete.refresh_from_db()
        assert complete.status == target
        event = Event.objects.filter(object_uuid=complete.uuid).last()
        assert (event.from_state, event.to_state) == (status, target)
    else:
        before = Event.objects.count()
        with pytest.raises(InvalidTransition):
            call(verb, complete, owner, officer)
        complete.refresh_from_db()
        assert (complete.status, Event.objects.count()) == (status, before)
        assert Message.objects.count() == 0


@pytest.mark.parametrize("status", set(Status.values) - {"draft"})
def test_submit_moves_only_a_draft(complete, owner, status):
    review = review_of(complete)
    Application.objects.filter(pk=complete.pk).update(status=status)
    with pytest.raises(InvalidTransition):
        workflow.submit(complete, member=owner, review=review, declaration=DECLARATION)
    assert Submission.objects.count() == 0


def test_start_twice_is_one_application(round, owner, ken):
    first = workflow.start(round, member=owner)
    assert workflow.start(round, member=membership_of(ken)) == first
    assert Application.objects.count() == 1


def test_start_needs_an_open_round(round, owner, at):
    at(round.closes_at + timedelta(seconds=1))
    with pytest.raises(RoundClosed):
        workflow.start(round, member=owner)


def test_submit_freezes_numbers_records_and_queues(complete, owner):
    received = submit(complete, owner)
    complete.refresh_from_db()
    assert (complete.status, complete.reference, complete.revision) == ("submitted", "DEMO-TS-0001", 1)
    assert received.content["answers"][own_section(complete)["uid"]] == GOOD
    assert received.content["identity"]["name_en"] == "Demo Provider A Limited"
    assert [each["entered"] for each in received.content["projects"]] == [PROJECT]
    stored = StoredFile.objects.get()
    assert [(each["sha256"], each["name"]) for each in received.content["files"]] == [
        (stored.sha256, "certificate 0.pdf")
    ]
    assert received.content["declaration"]["signer_name"] == "Demo Signatory"
    assert received.sha256 == versions.digest(received.content)
    event = Event.objects.get(verb="application.submitted")
    assert (event.from_state, event.to_state, event.hashes) == (
        "draft",
        "submitted",
        {"submission": received.sha256},
    )
    assert [each.to for each in Message.objects.filter(kind=emails.RECEIPT)] == ["mei@demo.example"]


def test_receipt_goes_to_submitter_and_owner(complete, owner, lok):
    submit(complete, membership_of(lok))
    to = Message.objects.filter(kind=emails.RECEIPT).values_list("to", flat=True)
    assert set(to) == {"mei@demo.example", "lok@demo.example"}


def test_same_key_again_is_the_same_receipt(complete, owner):
    review = review_of(complete)
    receipts = {
        workflow.submit(complete, member=owner, review=review, declaration=DECLARATION) for _ in range(3)
    }
    assert len(receipts) == 1
    assert (Submission.objects.count(), Message.objects.count()) == (1, 1)


def test_same_key_with_another_signature_is_refused(complete, owner):
    review = review_of(complete)
    first = workflow.submit(complete, member=owner, review=review, declaration=DECLARATION)
    other = submission.Declaration("Somebody Else", "Director")
    with pytest.raises(KeyReused):
        workflow.submit(complete, member=owner, review=review, declaration=other)
    assert list(Submission.objects.all()) == [first]


def test_key_of_another_application_opens_nothing(complete, owner, round, otto):
    token = submission.mint(complete, fingerprint="x", now=rounds.database_now())
    other = workflow.start(round, member=membership_of(otto))
    assert submission.read(token, other) is None
    assert submission.read(token + "x", complete) is None


@pytest.mark.parametrize("change", ["section", "project", "file"])
def test_submit_refuses_what_changed_since_the_review(complete, owner, change):
    review = review_of(complete)
    if change == "section":
        save(complete, own_section(complete)["uid"], GOOD | {"slogan": "New"}, owner)
    elif change == "project":
        projects.add(complete, PROJECT, member=owner)
    else:
        upload(complete, owner, name="another.pdf")
    with pytest.raises(StaleVersion):
        workflow.submit(complete, member=owner, review=review, declaration=DECLARATION)
    assert Submission.objects.count() == 0


def test_incomplete_draft_is_not_submitted_and_says_what_is_missing(draft, owner):
    with pytest.raises(Incomplete) as refusal:
        submit(draft, owner)
    places = {each.place for each in refusal.value.missing}
    assert places == {
        versions.CONTACTS, versions.ELIGIBILITY, own_section(draft)["uid"], "projects", "documents",
    }  # fmt: skip
    assert Application.objects.get().reference == ""


@pytest.mark.parametrize("key", ["summary", "staff", "turnover", "since", "verifier", "fields", "agreed"])
def test_each_required_answer_is_missed(complete, owner, key):
    section = own_section(complete)
    save(complete, section["uid"], {name: text for name, text in GOOD.items() if name != key}, owner)
    gaps = completeness.missing(contents.Contents(complete))
    assert [(gap.place, gap.anchor) for gap in gaps] == [(section["uid"], key)]


def test_question_whose_condition_fails_is_not_asked_nor_frozen(complete, owner):
    section = own_section(complete)
    save(complete, section["uid"], GOOD | {"verified": "no", "verifier": "left over"}, owner)
    received = submit(complete, owner)
    assert "verifier" not in received.content["answers"][section["uid"]]


def test_unconfirmed_section_keeps_the_draft_incomplete(complete, owner):
    save(complete, own_section(complete)["uid"], GOOD, owner, completed=False)
    sentences = [gap.sentence for gap in completeness.missing(contents.Contents(complete))]
    assert sentences == ["Mark “Your service” as completed."]


@pytest.mark.parametrize("state", ["infected", "rejected"])
def test_bad_file_fills_no_slot(complete, state):
    StoredFile.objects.update(state=state)
    sentences = [gap.sentence for gap in completeness.missing(contents.Contents(complete))]
    assert sentences == ["Upload “Certificate”."]


@pytest.mark.parametrize("state", ["pending", "error", "clean"])
def test_file_still_being_checked_may_be_submitted(complete, owner, state):
    StoredFile.objects.update(state=state)
    assert submit(complete, owner).content["files"][0]["state"] == state


def test_submission_stays_as_it_was(submitted, owner):
    first = submitted.submissions.get()
    before = first.content
    workflow.take_back(submitted, member=owner)
    save(submitted, own_section(submitted)["uid"], GOOD | {"summary": "Changed"}, owner)
    owner.provider.name_en = "Renamed"
    owner.provider.save()
    Question.objects.filter(key="summary").update(label_en="Another question")
    versions.publish(submitted.round, actor=None)
    first.refresh_from_db()
    assert first.content == before
    assert first.form_version.number == 1
    submitted.refresh_from_db()
    assert submitted.form_version.number == 2


def test_taken_back_keeps_its_reference_and_counts_on(submitted, owner):
    workflow.take_back(submitted, member=owner)
    assert (submitted.status, submitted.reference) == ("draft", "DEMO-TS-0001")
    received = submit(submitted, owner)
    assert (received.number, submitted.reference) == (2, "DEMO-TS-0001")
    assert Message.objects.filter(kind=emails.RECEIPT).count() == 2


def test_mail_about_what_was_taken_back_names_the_closing_time(submitted, owner):
    workflow.take_back(submitted, member=owner)
    body = Message.objects.get(kind="application.taken_back").body
    assert f"\nCloses: {dates.full(submitted.round.closes_at)}\n" in body


def test_nothing_is_taken_back_after_closing(submitted, owner, at):
    at(submitted.round.closes_at + timedelta(seconds=1))
    with pytest.raises(InvalidTransition):
        workflow.take_back(submitted, member=owner)


def test_references_count_up_in_each_round(round, owner, otto):
    other_round = make_round("DEMO-XX-")
    otto = membership_of(otto)
    otto.provider.address, otto.provider.telephone = "2 Demo Street", "+85220000002"
    otto.provider.save()
    found = []
    for place, member in ((round, owner), (round, otto), (other_round, owner)):
        application = workflow.start(place, member=member)
        fill_in(application, member)
        submit(application, member)
        found.append(application.reference)
    assert found == ["DEMO-TS-0001", "DEMO-TS-0002", "DEMO-XX-0001"]


def test_withdrawn_application_makes_room_for_another(submitted, owner):
    workflow.withdraw(submitted, member=owner)
    assert workflow.start(submitted.round, member=owner) != submitted


def test_draft_is_deleted_with_its_files(complete, owner):
    workflow.delete_draft(complete, member=owner)
    assert not Application.objects.exists()
    assert StoredFile.objects.get().state == "removed"
    assert Event.objects.get(verb="application.deleted").from_state == "draft"


def test_what_was_received_once_is_not_deleted(submitted, owner):
    with pytest.raises(InvalidTransition):
        workflow.delete_draft(submitted, member=owner)
    workflow.take_back(submitted, member=owner)
    with pytest.raises(InvalidTransition):
        workflow.delete_draft(submitted, member=owner)


def test_verification_makes_the_checklist_and_tells_once(submitted, owner, officer):
    workflow.start_verification(submitted, officer=officer)
    assert submitted.assignee == officer
    assert CheckItem.objects.filter(application=submitted).count() == 7
    with pytest.raises(InvalidTransition):
        workflow.start_verification(submitted, officer=officer)
    assert Message.objects.filter(kind="application.being_checked").count() == 1


@pytest.mark.parametrize("files", [1, 12])
def test_submit_costs_at_most_thirty_queries(owner, files, django_assert_max_num_queries):
    application = workflow.start(make_round(max_files=12), member=owner)
    fill_in(application, owner, files=files)
    review = review_of(application)
    with django_assert_max_num_queries(30):
        workflow.submit(application, member=owner, review=review, declaration=DECLARATION)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Application DEMO-TS-0001 received"),
        ("zh-hant", "已收到申請 DEMO-TS-0001"),
        ("zh-hans", "已收到申请 DEMO-TS-0001"),
    ],
)
def test_receipt_mail_speaks_the_readers_language(complete, owner, language, subject):
    owner.user.language = language
    owner.user.save()
    received = submit(complete, owner)
    message = Message.objects.get(kind=emails.RECEIPT)
    assert message.subject == subject
    assert "DEMO-TS-0001" in message.body
    requirement = complete.form_version.definition["documents"][0]
    document = localized(requirement, "name", language)
    assert f"- {document}{'：' if language != 'en' else ': '}certificate 0.pdf" in message.body
    links = emails._receipt_link(message)
    prefix = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}[language]
    assert links["receipt"].endswith(f"/{prefix}/apply/{complete.uuid}/receipts/{received.number}/")


@pytest.mark.parametrize("status", Status)
def test_every_status_has_words_a_next_step_and_a_mail_or_none(status):
    entry = WORDING[status]
    assert str(entry.words)
    assert str(entry.next_step)
    told = {None, "receipt", "not_submitted", *emails.STILL_TRUE, *clarification_mail.NOTICES}
    assert entry.mail in told


def test_review_key_is_never_guessed(complete):
    assert review_of(complete).key != review_of(complete).key != uuid4()


def test_ended_statuses_are_those_without_a_way_out():
    assert {status for status, further in workflow.MOVES.items() if not further} == ENDED

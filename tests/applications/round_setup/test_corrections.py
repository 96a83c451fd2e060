import pytest
from django.utils import timezone, translation

from applications import workflow
from applications.drafts import drafting
from applications.errors import InvalidTransition, StaleVersion
from applications.models import DocumentRequirement, Question, Round
from applications.questions import versions
from applications.round_setup import corrections
from applications.round_setup.opening import NotReady
from applications.submissions import contents
from portal.audit.models import Event
from portal.mail.models import Message
from tests.applications.conftest import GOOD, fill_in, own_section, save, submit, texts
from tests.applications.round_setup.conftest import make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(db):
    made = make_ready("DEMO-TS-")
    Round.objects.filter(pk=made.pk).update(released_at=made.opens_at)
    return Round.objects.get(pk=made.pk)


def question(round, key):
    return Question.objects.filter(section__round=round, key=key)


def publish(round, officer):
    return corrections.publish(round, officer=officer, seen=corrections.pending(round)[1])


def sentences(round):
    return [str(each) for each in corrections.pending(round)[0]]


def add_question(round, key="more", **fields):
    return Question.objects.create(
        section=round.sections.get(),
        sort_order=90,
        key=key,
        kind="short_text",
        **texts("label", key),
        **fields,
    )


def test_nothing_is_pending_after_the_opening(round):
    assert corrections.pending(round)[0] == []


def test_summary_names_each_change_once(round):
    question(round, "summary").update(label_en="What do you do?")
    question(round, "staff").update(required=False, why_en="x")
    question(round, "slogan").update(retired_at=timezone.now())
    add_question(round)
    DocumentRequirement.objects.filter(round=round, required=False).update(retired_at=timezone.now())
    DocumentRequirement.objects.filter(round=round, required=True).update(max_megabytes=5)
    Round.objects.filter(pk=round.pk).update(declaration_en="Otherwise.", minimum_projects=2)
    round.sections.update(title_en="Your work")
    assert set(sentences(Round.objects.get(pk=round.pk))) == {
        "Title or guidance changed, section: “Your work”",
        "Wording or guidance changed: “What do you do?”",
        "What is taken as an answer changed: “Staff”",
        "New question: “more”",
        "No longer asked: “Slogan”",
        "What is asked for changed, document: “Certificate”",
        "Document no longer asked for: “Photographs”",
        "The declaration changed",
        "The least number of project records changed: now 2",
    }
    with translation.override("zh-hant"):
        assert "不再詢問：「Slogan繁」" in sentences(round)


def test_change_of_order_alone_is_named(round):
    question(round, "slogan").update(sort_order=99)
    assert sentences(round) == ["The order of sections, questions or documents changed"]


def test_publishing_moves_drafts_and_tells_everybody_of_the_company_once(
    round, draft, mei, ken, otto, officer
):
    ken.language = "zh-hans"
    ken.save()
    add_question(round)
    version = publish(round, officer)
    draft.refresh_from_db()
    assert (version.number, draft.form_version, version.created_by) == (2, version, officer)
    mails = Message.objects.filter(kind="application.form_corrected").order_by("to")
    assert [(each.to, each.language) for each in mails] == [(ken.email, "zh-hans"), (mei.email, "en")]
    assert "New question: “more”" in mails[1].body and "新增问题：“more简”" in mails[0].body
    assert {each.about for each in mails} == {draft.uuid}
    event = Event.objects.get(verb="round.corrected")
    assert (event.from_state, event.to_state, event.hashes) == ("1", "2", {"form": version.sha256})
    corrections.publish(round, officer=officer, seen=version.sha256)
    assert Message.objects.filter(kind="application.form_corrected").count() == 2
    assert round.form_versions.count() == 2


def test_mail_is_not_sent_once_the_draft_is_gone(round, complete, owner, officer):
    from portal.mail import kinds

    question(round, "summary").update(hint_en="H", hint_zh_hant="H", hint_zh_hans="H")
    publish(round, officer)
    mail = Message.objects.get(kind="application.form_corrected")
    assert kinds.get(mail.kind).still_due(mail)
    complete.refresh_from_db()
    submit(complete, owner)
    assert not kinds.get(mail.kind).still_due(mail)


def test_submitted_applications_keep_their_form_until_they_are_taken_back(round, submitted, owner, officer):
    before = submitted.form_version
    add_question(round)
    version = publish(round, officer)
    submitted.refresh_from_db()
    assert submitted.form_version == before
    assert submitted.submissions.get().form_version == before
    assert not Message.objects.filter(kind="application.form_corrected").exists()
    workflow.take_back(submitted, member=owner)
    submitted.refresh_from_db()
    assert submitted.form_version == version


def test_list_that_is_out_of_date_publishes_nothing(round, officer):
    add_question(round)
    seen = corrections.pending(round)[1]
    add_question(round, key="later")
    with pytest.raises(StaleVersion):
        corrections.publish(round, officer=officer, seen=seen)
    assert round.form_versions.count() == 1


def test_corrections_with_findings_are_refused(round, officer):
    add_question(round, only_if_key="nowhere", only_if_value="yes")
    with pytest.raises(NotReady):
        publish(round, officer)
    assert round.form_versions.count() == 1


def test_round_in_preparation_or_assessment_has_no_corrections(round, preparing, officer):
    with pytest.raises(InvalidTransition):
        corrections.publish(preparing, officer=officer, seen="")
    Round.objects.filter(pk=round.pk).update(state=Round.State.IN_ASSESSMENT)
    with pytest.raises(InvalidTransition):
        publish(round, officer)


def test_answer_to_a_retired_question_is_kept_and_not_sent(round, draft, owner, officer):
    fill_in(draft, owner)
    save(draft, own_section(draft)["uid"], GOOD | {"slogan": "Clean air"}, owner)
    question(round, "slogan").update(retired_at=timezone.now())
    publish(round, officer)
    draft.refresh_from_db()
    section = own_section(draft)
    assert "slogan" not in [each["key"] for each in section["questions"]]
    asked = {key: value for key, value in GOOD.items() if key != "slogan"}
    row = save(draft, section["uid"], asked | {"summary": "New words."}, owner)
    assert (row.data["slogan"], row.data["summary"]) == ("Clean air", "New words.")
    frozen = contents.Contents(draft).frozen(signer_name="", signer_role="")
    assert "slogan" not in frozen["answers"][section["uid"]]


def test_same_answers_again_are_no_conflict_after_a_question_was_retired(round, draft, owner, officer):
    uid = own_section(draft)["uid"]
    save(draft, uid, GOOD, owner)
    question(round, "slogan").update(retired_at=timezone.now())
    publish(round, officer)
    draft.refresh_from_db()
    asked = {key: value for key, value in GOOD.items() if key != "slogan"}
    again = drafting.save_section(draft, uid, asked, base_version=0, member=owner, completed=True)
    assert again.version == 1


def test_declaration_of_a_submission_is_that_of_its_form(round, complete, owner, officer):
    Round.objects.filter(pk=round.pk).update(declaration_en="Not published.")
    complete.refresh_from_db()
    received = submit(complete, owner)
    assert received.content["declaration"]["text_en"] == "All of this is true."
    assert versions.declaration_of(complete)["declaration_zh_hans"] == "All of this is true.简"


def test_review_page_from_before_a_correction_does_not_submit(round, complete, owner, officer):
    from tests.applications.conftest import DECLARATION, review_of

    review = review_of(complete)
    Round.objects.filter(pk=round.pk).update(**texts("declaration", "Otherwise."))
    publish(Round.objects.get(pk=round.pk), officer)
    with pytest.raises(StaleVersion):
        workflow.submit(complete, member=owner, review=review, declaration=DECLARATION)

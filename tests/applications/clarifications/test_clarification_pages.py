"""The company's side of a clarification as a person meets it, and what it refuses."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from applications import rounds, workflow
from applications.clarifications import clarifying, reopening
from applications.models import ClarificationRequest, ProjectRecord, Question, SectionAnswers, Submission
from applications.questions import versions
from portal.files.models import StoredFile
from tests.applications.clarifications.clarification import ask, hand_in, reply, review_of
from tests.applications.conftest import GOOD, PROJECT, own_section, save, submit
from tests.applications.test_views import LANGUAGES, at, flat, words
from tests.files.makers import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for, mei):
    return client_for(mei)


@pytest.fixture
def case(submitted, officer):
    ask(submitted, officer, ("question", "summary"), ("projects", ""))
    submitted.refresh_from_db()
    return submitted


def only_target(case, place=0):
    return reopening.of(case).targets[place]


def as_typed(target, text):
    return {f"reply-{target.pk}": text, "version": "0"}


def signed(page, **more):
    review = page.context["form"]["review"].value()
    return {"review": review, "signer_name": "Mei", "signer_role": "Director", "agreed": "on", **more}


def chosen_file():
    return {"files": SimpleUploadedFile("x.pdf", pdf())}


def test_the_page_of_the_application_lists_exactly_what_was_reopened(case, browser):
    page = browser.get(at("application", case))
    assert [each.place.title for each in page.context["asked_tasks"]] == ["Summary", "Project records"]
    text = words(page)
    assert text.count("Not answered yet") == 2
    assert "Hong Kong time" in text
    assert "Certificate" not in text


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_questions_stand_beside_the_reply_in_each_language(case, browser, prefix):
    page = browser.get(at("clarification", case, language=LANGUAGES[prefix]))
    assert page.status_code == 200
    assert words(page).count("Why question?") == 1


def test_saving_replies_keeps_them_and_hands_nothing_in(case, browser):
    target = only_target(case)
    page = browser.post(at("clarification", case), as_typed(target, "Because."))
    assert page.status_code == 302
    target.refresh_from_db()
    case.refresh_from_db()
    assert (target.reply, target.reply_version, case.status) == ("Because.", 1, "clarification_requested")
    assert "Reply written" in words(browser.get(at("application", case)))


def test_the_page_saves_replies_by_itself(case, browser, owner):
    target = only_target(case)
    asks = {"headers": {"accept": "application/json"}}
    saved = browser.post(at("clarification", case), as_typed(target, "Because"), **asks)
    assert (saved.json()["state"], saved.json()["version"]) == ("saved", 1)
    stale = browser.post(at("clarification", case), as_typed(target, "Because of"), **asks)
    assert (stale.status_code, stale.json()["state"]) == (409, "stale")
    target.refresh_from_db()
    assert target.reply == "Because"


def test_a_stale_reply_comes_back_with_both_texts(case, browser, owner):
    reply(case, "Of a colleague.", owner)
    target = only_target(case)
    page = browser.post(at("clarification", case), as_typed(target, "Mine."))
    assert page.status_code == 409
    text = words(page)
    assert "Mine." in text
    assert "Of a colleague." in text
    target.refresh_from_db()
    assert target.reply == "Of a colleague."


def test_a_reply_that_comes_after_the_end_is_shown_and_not_lost(case, browser, officer):
    target = only_target(case)
    clarifying.cancel(reopening.of(case).request, officer=officer, reason="Solved.")
    page = browser.post(at("clarification", case), as_typed(target, "Long text"))
    assert page.status_code == 409
    assert "Long text" in words(page)
    assert "does not need this clarification any more" in words(page)


def test_the_section_shows_and_saves_only_the_reopened_question(case, browser):
    uid = own_section(case)["uid"]
    page = browser.get(at("section", case, uid))
    assert [name for name in page.context["form"].fields if name in GOOD] == ["summary"]
    assert "Why question?" in words(page)
    typed = GOOD | {"summary": "Changed"}
    more = {"version": "1", "is_completed": "yes"}
    refused = browser.post(at("section", case, uid), flat(typed | {"slogan": "Smuggled"}) | more)
    assert refused.status_code == 409
    assert case.answers.get(section_uid=uid).data == GOOD
    answer = browser.post(at("section", case, uid), flat(typed) | more)
    assert answer.status_code == 302
    assert answer["Location"] == at("clarification", case)
    data = case.answers.get(section_uid=uid).data
    assert (data["summary"], data["slogan"], data["staff"]) == ("Changed", "", GOOD["staff"])


def test_answer_typed_before_the_secretariat_asked_for_less_is_shown_as_not_saved(
    submitted, officer, browser
):
    uid = own_section(submitted)["uid"]
    first = ask(submitted, officer, ("section", uid))
    typed = {"version": "1", "summary": "Metered by a third party", "staff": "77"}
    clarifying.cancel(first, officer=officer, reason="Only one question is left.")
    ask(submitted, officer, ("question", "summary"))

    page = browser.post(at("section", submitted, uid), typed)
    text = words(page)
    assert page.status_code == 409
    assert "no longer asks about all of this part, so nothing was saved" in text
    assert "You typed an answer that is no longer asked for. It is not saved. Copy it from here" in text
    assert "77" in text and 'name="staff"' not in page.content.decode()

    rest = {name: text for name, text in typed.items() if name != "staff"}
    assert browser.post(at("section", submitted, uid), rest).status_code == 302
    row = SectionAnswers.objects.get(application=submitted, section_uid=uid)
    assert (row.data["summary"], row.data["staff"]) == ("Metered by a third party", GOOD["staff"])


def test_dashboard_says_who_changed_a_reopened_place_last(case, browser, client_for, ken):
    dashboard = reverse("applications:dashboard")
    assert "Last saved" not in words(browser.get(dashboard))
    uid = own_section(case)["uid"]
    client_for(ken).post(at("section", case, uid), {"version": "1", "summary": "Metered"})
    text = words(browser.get(dashboard))
    assert "Received" in text
    assert re.search(r"Last saved \w+ \d+ \w+ \d{4}, \d\d:\d\d · Ken", text)


def test_question_that_is_retired_during_a_clarification_is_still_answered(submitted, officer, browser):
    ask(submitted, officer, ("question", "summary"))
    Question.objects.filter(section__round=submitted.round, key="summary").update(retired_at=timezone.now())
    assert versions.publish(submitted.round, actor=officer).number == 2
    uid = own_section(submitted)["uid"]
    answer = {"version": "1", "summary": "Metered by a third party"}
    assert browser.post(at("section", submitted, uid), answer).status_code == 302
    assert SectionAnswers.objects.get(section_uid=uid).data["summary"] == answer["summary"]
    assert "third party" in words(browser.get(at("clarification_check", submitted)))


def test_reply_to_a_question_that_was_asked_anew_is_shown_and_not_lost(case, browser, owner, officer):
    old = only_target(case)
    clarifying.cancel(old.request, officer=officer, reason="Wrong place.")
    ask(case, officer, ("question", "staff"))
    case.refresh_from_db()
    new = only_target(case)
    for headers in ({}, {"HTTP_ACCEPT": "application/json"}):
        page = browser.post(at("clarification", case), as_typed(old, "Because of 𨋢"), **headers)
        assert page.status_code == 409
        assert "The Secretariat has asked anew since you opened this page" in page.content.decode()
    page = browser.post(at("clarification", case), as_typed(old, "Because of 𨋢"))
    assert page.context["unsent"] == ["Because of 𨋢"]
    assert "It was not saved. Copy it from here if you need it." in words(page)
    assert f'name="reply-{new.pk}"' in page.content.decode()
    for target in (old, new):
        target.refresh_from_db()
        assert target.reply == ""
    assert browser.post(at("clarification", case), as_typed(new, "Because of 𨋢")).status_code == 302


def test_closed_places_refuse_forms_and_keep_the_typed_text(case, browser):
    page = browser.get(at("section", case, "contacts"))
    assert "cannot be used now" in words(page)
    answer = browser.post(at("section", case, "contacts"), {"contact_name": "New Name", "version": "1"})
    assert answer.status_code == 409
    assert "did not ask about this part" in words(answer)
    assert "New Name" in answer.content.decode()
    stored = StoredFile.objects.get()
    slot = case.form_version.definition["documents"][0]["uid"]
    assert browser.get(at("documents", case)).context.get("slots") is None
    upload = browser.post(at("upload", case, slot), chosen_file())
    assert upload.status_code == 422
    assert "did not ask about this part" in words(upload)
    browser.post(at("file_remove", case, stored.uuid))
    replaced = browser.post(at("file_replace", case, stored.uuid), chosen_file())
    assert replaced.status_code == 422
    stored.refresh_from_db()
    assert (StoredFile.objects.exclude(state="removed").count(), stored.set_aside_at) == (1, None)


def test_one_record_is_open_and_the_others_are_not(submitted, owner, officer, browser):
    workflow.take_back(submitted, member=owner)
    other = ProjectRecord.objects.create(
        application=submitted, entered=PROJECT, changed_at=submitted.submitted_at
    )
    record = submitted.projects.exclude(pk=other.pk).get()
    submit(submitted, owner)
    ask(submitted, officer, ("project", str(record.uuid)))
    page = browser.get(at("projects", submitted))
    assert [each["record"] for each in page.context["entries"]] == [record]
    assert "Add a project record" not in words(page)
    assert browser.get(at("project_change", submitted, record.uuid)).context["form"] is not None
    assert "cannot be used now" in words(browser.get(at("project_change", submitted, other.uuid)))
    assert "cannot be used now" in words(browser.get(at("project_add", submitted)))
    posted = browser.post(
        at("project_change", submitted, other.uuid), {"version": "1", "factory_name": "Hacked"}
    )
    assert posted.status_code == 409
    other.refresh_from_db()
    assert other.entered == PROJECT


def test_check_page_shows_changes_and_warns_about_what_is_open(case, browser, owner):
    save(case, own_section(case)["uid"], GOOD | {"summary": "We clean exhaust water."}, owner)
    page = browser.get(at("clarification_check", case))
    assert "<del>air</del>" in page.content.decode()
    assert "<ins>water</ins>" in page.content.decode()
    assert [each.title for each in page.context["unanswered"]] == ["Project records"]


def test_nothing_answered_offers_no_button(case, browser):
    page = browser.get(at("clarification_check", case))
    assert "Nothing was answered yet" in words(page)
    assert "Hand in the answer" not in words(page)


def test_handing_in_twice_leads_to_one_receipt(case, browser, owner):
    reply(case, "Because.", owner)
    form = browser.get(at("clarification_check", case)).context["form"]
    typed = {
        "review": form["review"].value(),
        "signer_name": "Mei",
        "signer_role": "Director",
        "agreed": "on",
    }
    answers = [browser.post(at("clarification_check", case), typed) for _ in range(2)]
    assert {each["Location"] for each in answers} == {at("receipt", case, 2)}
    assert Submission.objects.count() == 2
    receipt = browser.get(at("receipt", case, 2))
    assert "Your answer was received" in words(receipt)
    assert "Because." in words(receipt)
    assert "Because." in words(browser.get(at("changes", case, 2)))
    assert browser.get(at("changes", case, 1)).status_code == 404


def test_missing_signature_keeps_what_was_typed(case, browser, owner):
    reply(case, "Because.", owner)
    form = browser.get(at("clarification_check", case)).context["form"]
    page = browser.post(
        at("clarification_check", case), {"review": form["review"].value(), "signer_name": "Mei Mei"}
    )
    assert page.status_code == 422
    assert "Mei Mei" in page.content.decode()
    assert Submission.objects.count() == 1


def test_a_forged_review_hands_in_nothing(case, browser, owner):
    reply(case, "Because.", owner)
    page = browser.post(
        at("clarification_check", case),
        {"review": "forged", "signer_name": "Mei", "signer_role": "Director", "agreed": "on"},
    )
    assert page.status_code == 422
    assert "Read it once more, then press the button again." in page.content.decode()
    assert Submission.objects.count() == 1


def test_other_companies_and_viewers_cannot_answer(case, client_for, otto, vic, ken):
    target = only_target(case)
    typed = as_typed(target, "Hacked")
    assert client_for(otto).post(at("clarification", case), typed).status_code == 404
    assert client_for(vic).post(at("clarification", case), typed).status_code == 403
    assert client_for(vic).get(at("clarification", case)).status_code == 200
    assert client_for(ken).get(at("clarification_check", case)).status_code == 403
    target.refresh_from_db()
    assert target.reply == ""


def test_after_the_deadline_the_page_says_so_and_keeps_the_reply(case, browser, owner, at_moment):
    reply(case, "Because.", owner)
    at_moment(ClarificationRequest.objects.get().due_at + timedelta(seconds=1))
    page = browser.get(at("clarification", case))
    assert "The time to answer is over" in words(page)
    assert "Because." in words(page)
    for name in ("application", "clarification"):
        shown = browser.get(at(name, case))
        assert f'href="{at("thread_ask", case)}">Ask the Secretariat for more time' in shown.content.decode()
    assert "cannot be used now" in words(browser.get(at("clarification_check", case)))


@pytest.mark.parametrize("clock_has_run", [False, True])
def test_reply_typed_too_late_is_shown_as_not_saved(case, browser, owner, at_moment, clock_has_run):
    reply(case, "In time.", owner)
    target = only_target(case)
    at_moment(ClarificationRequest.objects.get().due_at + timedelta(days=1))
    if clock_has_run:
        clarifying.time_out_overdue()
    page = browser.post(at("clarification", case), as_typed(target, "Too late.") | {"version": "1"})
    assert page.status_code == 409
    assert "so nothing was saved. What you typed is still on this page." in words(page)
    assert page.context["unsent"] == ["Too late."]
    target.refresh_from_db()
    assert target.reply == "In time."
    assert words(page).count("Too late.") == 1 and "In time." in words(page)


@pytest.mark.parametrize(
    ("minutes", "next_step"),
    [
        (1, "A check page that was opened in time can still be handed in for a few minutes."),
        (16, "What you typed is kept, but was not handed in. You can ask the Secretariat for more time."),
    ],
)
def test_until_the_clock_runs_pages_say_that_the_time_is_over(case, browser, at_moment, minutes, next_step):
    at_moment(ClarificationRequest.objects.get().due_at + timedelta(minutes=minutes))
    dashboard = words(browser.get(reverse("applications:dashboard")))
    overview = words(browser.get(at("application", case)))
    for page in (dashboard, overview):
        assert "The time to answer is over" in page and next_step in page
        assert "We need something from you" not in page and "and answer" not in page
    assert "Read the questions" in dashboard
    # The places lead nowhere: nothing can be changed there.
    assert own_section(case)["uid"] not in browser.get(at("application", case)).content.decode()


def test_until_the_clock_runs_viewers_read_who_can_ask_for_more_time(case, client_for, vic, at_moment):
    at_moment(ClarificationRequest.objects.get().due_at + timedelta(hours=1))
    page = words(client_for(vic).get(reverse("applications:dashboard")))
    assert "Colleagues who may edit can ask the Secretariat for more time." in page
    assert "You can ask" not in page


@pytest.fixture
def at_moment(monkeypatch):
    return lambda moment: monkeypatch.setattr(rounds, "database_now", lambda: moment)


def test_nothing_begun_shows_as_part_of_the_application(case, browser, owner):
    save(case, own_section(case)["uid"], GOOD | {"summary": "Only begun"}, owner)
    assert "Only begun" not in words(browser.get(at("check", case)))


def test_earlier_questions_stay_readable(case, browser, owner):
    reply(case, "Because.", owner)
    hand_in(case, owner, review=review_of(case))
    page = browser.get(at("clarification", case))
    assert "Because." in words(page)
    assert "Not answered" in words(page), "the place without a reply says what became of it"
    assert page.context["opening"] is None


def test_more_time_stands_on_the_page_with_its_reason(case, browser, officer):
    request = ClarificationRequest.objects.get()
    later = request.due_at + timedelta(days=5)
    clarifying.extend(request, officer=officer, due_at=later, reason="The certificate is on its way.")
    text = words(browser.get(at("clarification", case)))
    assert "The Secretariat gave you more time." in text
    assert "The certificate is on its way." in text


def test_a_slot_that_is_asked_about_is_not_called_complete(submitted, officer, browser):
    slot = submitted.form_version.definition["documents"][0]["uid"]
    ask(submitted, officer, ("document", slot))
    page = browser.get(at("documents", submitted))
    assert "Completed" not in words(page)
    assert f'href="{at("clarification", submitted)}" class="govuk-back-link"' in page.content.decode()


@pytest.mark.parametrize("name", ["application", "clarification", "clarification_check"])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_a_fixed_number_of_queries(
    submitted, officer, browser, name, count, django_assert_max_num_queries
):
    keys = ["summary", "staff", "since"][:count]
    ask(submitted, officer, *(("question", key) for key in keys))
    with django_assert_max_num_queries(28):
        assert browser.get(at(name, submitted)).status_code == 200

"""The applicant's pages as a person meets them: works, refuses, explains, and a second press does no harm."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from applications import emails, rounds, workflow
from applications.models import Application, ProjectRecord, Round, SectionAnswers, Submission
from applications.questions import versions
from portal import dates, navigation
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.conftest import (
    CONTACTS,
    GOOD,
    PROJECT,
    fill_in,
    own_section,
    save,
    submit,
    upload,
)
from tests.applications.screens import at, words
from tests.files.makers import pdf
from tests.services.people import sign_in

pytestmark = pytest.mark.django_db
LANGUAGES = {"en": "en", "tc": "zh-hant", "sc": "zh-hans"}


@pytest.fixture
def browser(client_for, mei):
    return client_for(mei)


def flat(data):
    """Answers as a browser posts them."""
    posted = {}
    for key, value in data.items():
        if isinstance(value, dict):
            posted |= {f"{key}_{part}": text for part, text in value.items()}
        elif value and isinstance(value, list) and isinstance(value[0], dict):
            for number, row in enumerate(value):
                posted |= {f"{key}-{number}-{column}": text for column, text in row.items()}
        else:
            posted[key] = value
    return posted


def test_dashboard_does_not_ask_a_viewer_to_do_what_others_do(draft, client_for, vic, ken):
    viewer, editor = (words(client_for(each).get(reverse("applications:dashboard"))) for each in (vic, ken))
    assert "check your answers and submit" not in viewer + editor
    assert "Its owner can give you the right to edit." in viewer
    assert "so that a colleague can submit it" in editor


def test_withdrawing_names_the_way_to_change_and_nothing_comes_after_it(submitted, owner, browser):
    assert at("take_back", submitted) in browser.get(at("withdraw", submitted)).content.decode()
    assert "What happens next" in words(browser.get(at("application", submitted)))
    browser.post(at("withdraw", submitted))
    page = words(browser.get(at("application", submitted)))
    assert "Withdrawn" in page
    assert "Officers check the answers" not in page


def test_whole_way_from_dashboard_to_receipt(browser, round, mei, owner):
    assert b"Start an application" in browser.get("/en/apply/").content
    started = browser.post(reverse("applications:start", args=[round.uuid]))
    application = Application.objects.get()
    assert started["Location"] == at("application", application)
    sections = application.form_version.definition["sections"]
    answers = {
        versions.CONTACTS: CONTACTS,
        versions.ELIGIBILITY: {each["key"]: "yes" for each in sections[1]["questions"]},
        own_section(application)["uid"]: GOOD,
    }
    for uid, data in answers.items():
        address = at("section", application, uid)
        reply = browser.post(address, {**flat(data), "version": "0", "is_completed": "yes"})
        assert reply.status_code == 302, words(reply)
    browser.post(at("project_add", application), flat(PROJECT))
    slot = application.form_version.definition["documents"][0]["uid"]
    browser.post(at("upload", application, slot), {"files": SimpleUploadedFile("a.pdf", pdf())})
    page = browser.get(at("submit", application))
    token = re.search(r'name="review" value="([^"]+)"', page.content.decode())[1]
    pressed = {"review": token, "signer_name": "Demo Ng", "signer_role": "Director", "agreed": "on"}
    first = browser.post(at("submit", application), pressed)
    again = browser.post(at("submit", application), pressed)
    assert first["Location"] == again["Location"] == at("receipt", application, 1)
    assert Submission.objects.count() == 1
    receipt = words(browser.get(first["Location"]))
    assert "DEMO-TS-0001" in receipt
    assert "Demo Ng" in receipt
    assert "We clean exhaust air." in receipt
    assert StoredFile.objects.get().sha256 in receipt


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["application", "company", "projects", "project_add", "documents", "check", "submit", "delete"]
)
def test_page_before_submission_never_says_submitted(browser, complete, prefix, name):
    upload(complete, workflow_member(complete), place=1)
    text = words(browser.get(at(name, complete, language=LANGUAGES[prefix])))
    said = {"en": "submitted", "tc": "已遞交", "sc": "已提交"}[prefix]
    shown = {"en": "Not submitted yet", "tc": "尚未遞交", "sc": "尚未提交"}[prefix]
    assert said.lower() not in text.replace(shown, "").lower()
    assert (shown in text) is (name == "application")


def workflow_member(application):
    return application.provider.memberships.select_related("user", "provider").get(role="owner")


def test_task_list_tells_state_deadline_and_last_saver(browser, draft, owner):
    save(draft, versions.CONTACTS, CONTACTS, owner)
    save(draft, own_section(draft)["uid"], {"summary": "half"}, owner, completed=False)
    text = words(browser.get(at("application", draft)))
    for piece in ("Not submitted yet", "Hong Kong time", "by Mei", "2 of 6 parts completed"):
        assert piece in text
    assert set(re.findall("Not started|In progress|Completed|There is a problem|Cannot start yet", text)) == {
        "Not started",
        "In progress",
        "Completed",
        "Cannot start yet",
    }
    assert re.search(r"Contact people Completed", text)
    assert re.search(r"Your service In progress", text)


def test_task_list_costs_at_most_twelve_queries(browser, complete, django_assert_max_num_queries):
    browser.get(at("application", complete))
    with django_assert_max_num_queries(12):
        browser.get(at("application", complete))


def test_section_save_costs_at_most_twelve_queries(browser, draft):
    address = at("section", draft, own_section(draft)["uid"])
    browser.get(address)  # the session has noted its beginning

    with CaptureQueriesContext(connection) as captured:
        browser.post(address, {**flat(GOOD), "version": "0"})

    # A savepoint stands where a transaction stands outside a test.
    queries = [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]
    assert len(queries) <= 12, queries


def test_unfinished_section_is_saved_and_says_what_is_missing(browser, draft):
    address = at("section", draft, versions.CONTACTS)
    typed = {"contact_name": "Mei", "contact_email": "no address", "version": "0", "is_completed": "yes"}
    page = browser.post(address, typed)
    text = words(page)
    assert "There is a problem" in text
    assert text.count("Enter “Email address of the contact person” like name@example.com.") == 2
    assert "<title>Error: Contact people" in page.content.decode()
    row = SectionAnswers.objects.get()
    assert (row.data["contact_email"], row.is_completed) == ("no address", False)
    assert 'name="version" value="1"' in page.content.decode()


def test_half_a_section_is_saved_without_complaint(browser, draft):
    reply = browser.post(at("section", draft, versions.CONTACTS), {"contact_email": "x", "version": "0"})
    assert reply.status_code == 302
    assert SectionAnswers.objects.get().data["contact_email"] == "x"


def test_contacts_know_the_person_who_signed_in(browser, draft):
    page = browser.get(at("section", draft, versions.CONTACTS)).content.decode()
    assert 'value="mei@demo.example"' in page


def test_second_saver_sees_both_texts_and_overwrites_nothing(browser, client_for, ken, draft):
    address = at("section", draft, own_section(draft)["uid"])
    browser.post(address, {"summary": "mei wrote this", "version": "0"})
    page = client_for(ken).post(address, {"summary": "ken wrote that", "version": "0"})
    text = words(page)
    assert page.status_code == 409
    for piece in ("mei wrote this", "ken wrote that", "The other was saved by Mei"):
        assert piece in text
    assert SectionAnswers.objects.get().data["summary"] == "mei wrote this"
    assert 'name="version" value="1"' in page.content.decode()
    client_for(ken).post(address, {"summary": "ken wrote that", "version": "1"})
    assert SectionAnswers.objects.get().data["summary"] == "ken wrote that"


def test_text_typed_past_the_deadline_stays_on_the_page(browser, draft, monkeypatch):
    late = draft.round.closes_at + draft.round.closes_at.resolution * 10**6
    monkeypatch.setattr(rounds, "database_now", lambda: late)
    page = browser.post(
        at("section", draft, own_section(draft)["uid"]), {"summary": "too late", "version": "0"}
    )
    assert page.status_code == 409
    assert "The round is closed, so nothing was saved." in words(page)
    assert "too late" in words(page)
    assert not SectionAnswers.objects.exists()


def test_project_record_is_added_changed_and_removed(browser, draft):
    browser.post(at("project_add", draft), {"factory_name": "Demo Works"})
    record = ProjectRecord.objects.get()
    checked = words(browser.get(at("project_change", draft, record.uuid) + "?check=1"))
    assert "Enter “city”." in checked or "Choose “city”." in checked
    browser.post(at("project_change", draft, record.uuid), {**flat(PROJECT), "version": "1"})
    record.refresh_from_db()
    assert (record.city, record.version) == ("4419", 2)
    browser.post(at("project_remove", draft, record.uuid), {"version": "2"})
    assert not ProjectRecord.objects.exists()


def test_submit_page_lists_exactly_what_is_missing(browser, draft, owner):
    fill_in(draft, owner)
    save(draft, own_section(draft)["uid"], GOOD | {"staff": ""}, owner)
    page = browser.get(at("submit", draft)).content.decode()
    assert "One thing is missing." in page
    assert f"{at('section', draft, own_section(draft)['uid'])}#id_staff" in page
    assert "Submit application" not in page


def test_submit_asks_for_signature_and_declaration(browser, complete):
    page = browser.get(at("submit", complete)).content.decode()
    token = re.search(r'name="review" value="([^"]+)"', page)[1]
    text = words(browser.post(at("submit", complete), {"review": token}))
    assert "Enter the full name of the person who signs" in text
    assert "Tick the box to make the declaration." in text
    assert not Submission.objects.exists()


def test_forged_review_is_no_proof(browser, complete):
    pressed = {"review": "forged", "signer_name": "A", "signer_role": "B", "agreed": "on"}
    page = browser.post(at("submit", complete), pressed)
    assert page.status_code == 422
    assert "Read it once more, then press the button again." in words(page)
    assert not Submission.objects.exists()


def test_editing_address_explains_after_submission(browser, submitted):
    for name in ("documents", "projects", "submit"):
        assert "This page cannot be used now" in words(browser.get(at(name, submitted)))
    assert "Take it back to change it" in words(browser.get(at("application", submitted)))


def test_change_links_name_their_row(browser, complete):
    page = browser.get(at("check", complete)).content.decode()
    assert re.search(r'Change<span class="govuk-visually-hidden"> Summary</span>', page)
    assert "Not provided" in page


def test_receipt_of_the_first_revision_stays_after_the_second(browser, submitted, owner):
    workflow.take_back(submitted, member=owner)
    save(submitted, own_section(submitted)["uid"], GOOD | {"summary": "Second text"}, owner)
    submit(submitted, owner)
    first, second = (words(browser.get(at("receipt", submitted, number))) for number in (1, 2))
    assert "We clean exhaust air." in first
    assert "A newer one has taken its place." in first
    assert "Second text" in second
    assert "What happens next" in second and "What happens next" not in first
    bodies = [each.body for each in Message.objects.filter(kind=emails.RECEIPT).order_by("pk")]
    assert ["It takes the place of what we received before." in body for body in bodies] == [False, True]


def test_application_that_was_taken_back_is_not_called_received(browser, submitted, owner):
    workflow.take_back(submitted, member=owner)
    receipt = words(browser.get(at("receipt", submitted, 1)))
    assert "has taken this application back since then" in receipt and "What happens next" not in receipt
    dashboard = words(browser.get(reverse("applications:dashboard")))
    assert "Taken back, not submitted again yet" in dashboard and "Submit the application again" in dashboard
    overview = browser.get(at("application", submitted))
    assert "Until then it does not count." in words(overview)
    assert at("receipt", submitted, 1) in overview.content.decode()


def test_deadline_stands_in_words_wherever_something_can_be_sent_or_taken_back(browser, complete, owner):
    closes = dates.full(complete.round.closes_at)
    for name in ("application", "check", "submit"):
        assert closes in words(browser.get(at(name, complete))), name
    submit(complete, owner)
    dashboard = words(browser.get(reverse("applications:dashboard")))
    for text in (dashboard, words(browser.get(at("application", complete)))):
        assert f"You can take it back until {closes}." in text
    assert f"Received {dates.full(complete.submitted_at)}" in dashboard and "Last saved" not in dashboard
    assert closes in words(browser.get(at("take_back", complete)))


def test_after_closing_nobody_is_told_to_take_anything_back(browser, submitted, monkeypatch):
    late = submitted.round.closes_at + timedelta(seconds=1)
    monkeypatch.setattr(rounds, "database_now", lambda: late)
    text = words(browser.get(reverse("applications:dashboard")))
    assert "The Secretariat will begin to check it. You need not do anything now." in text
    assert "take it back" not in text


def test_receipt_says_whom_to_ask_and_when_the_assessment_ends(browser, submitted, monkeypatch):
    contact = navigation.Contact("Secretariat", "+852 2788 5588", "event@demo.example")
    monkeypatch.setattr(navigation, "_provider", lambda request: navigation.Shell(contact=contact))
    ends = submitted.round.closes_at + timedelta(days=90)
    Round.objects.update(assessment_closes_at=ends)
    page = browser.get(at("receipt", submitted, 1)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert f"The assessment is planned to end by: {dates.full(ends)}" in " ".join(strip_tags(main).split())
    assert "Need help?" in main and "mailto:" in main


def test_receipt_of_a_withdrawn_application_promises_nothing(browser, submitted, owner):
    workflow.withdraw(submitted, member=owner)
    receipt = words(browser.get(at("receipt", submitted, 1)))
    assert "has withdrawn this application since then" in receipt and "What happens next" not in receipt


def test_questions_are_open_to_everybody_before_starting(client, round):
    text = words(client.get(reverse("applications:questions", args=[round.uuid])))
    for piece in ("Summary", "Verifier", "Only if you answered “Yes” to “Verified”.", "Certificate"):
        assert piece in text
    assert "Each row: What · When (3 rows at most)" in text
    round.document_requirements.update(help_zh_hant="有效的證書。")
    versions.publish(round, actor=None)
    chinese = words(client.get(f"/tc/apply/rounds/{round.uuid}/questions/"))
    assert "有效的證書。最多3個檔案：PDF" in chinese, "two sentences stand without a space"


def test_closed_draft_is_readable_but_not_editable(browser, complete, monkeypatch):
    late = complete.round.closes_at + (complete.round.closes_at - complete.round.opens_at)
    monkeypatch.setattr(rounds, "database_now", lambda: late)
    text = words(browser.get(at("application", complete)))
    assert "Closed – not submitted" in text
    assert at("documents", complete) not in browser.get(at("application", complete)).content.decode()
    assert "We clean exhaust air." in words(browser.get(at("check", complete)))


def test_private_pages_are_never_stored(browser, submitted):
    for name, more in (("application", ()), ("receipt", (1,)), ("check", ())):
        assert browser.get(at(name, submitted, *more))["Cache-Control"] == "no-store"


def test_markup_in_answers_and_file_names_stays_text(browser, draft, owner):
    hostile = '"><img src=x onerror=alert(1)>'
    save(draft, own_section(draft)["uid"], {"summary": hostile, "slogan": hostile}, owner, completed=False)
    upload(draft, owner, name="<img src=x onerror=alert(1)>.pdf")
    for address in (
        at("section", draft, own_section(draft)["uid"]),
        at("check", draft),
        at("documents", draft),
    ):
        assert "<img src=x" not in browser.get(address).content.decode()


def test_form_sent_after_the_session_ended_shows_what_was_typed(client, draft):
    url = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])
    response = client.post(url, {"summary": "Long <thought> about", "version": "0"})
    page = response.content.decode()

    assert response.status_code == 403 and response["Cache-Control"] == "no-store"
    assert "Long &lt;thought&gt; about" in page and "was not saved" in page
    assert f"/en/account/login/?next={url.replace('/', '%2F')}" in page
    # Without anything typed the way leads straight to the sign-in page.
    assert client.post(url, {"version": "0"}).status_code == 302


def test_form_whose_page_is_too_old_shows_what_was_typed_unless_another_site_sent_it(draft, owner):
    browser = sign_in(Client(enforce_csrf_checks=True), owner.user)
    url = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])
    typed = {"summary": "Long thought about", "password": "secret words"}
    own = browser.post(url, typed, headers={"origin": "http://testserver"})
    foreign = browser.post(url, typed, headers={"origin": "https://evil.example"})

    assert own.status_code == foreign.status_code == 403
    assert "Long thought about" in own.content.decode() and "secret words" not in own.content.decode()
    assert "Long thought about" not in foreign.content.decode()

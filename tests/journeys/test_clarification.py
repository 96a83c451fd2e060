"""One clarification on both sides: the officer asks, the company answers, the officer reads what changed."""

import re

import pytest

from applications.models import Application, ClarificationRequest, Status, Submission
from tests.journeys.conftest import last_mail

pytestmark = [pytest.mark.browser, pytest.mark.audit]
COMPANY = "Demo North Wind Air Systems Limited"
QUESTION = "Which year do these figures stand for?"
REPLY = "They stand for 2025. We have put it into the text."


def open_the_case(officer):
    officer.sign_in("officer@demo.example", staff="officer")
    officer.page.wait_for_url(f"{officer.origin}/en/office/")
    officer.follow("Cases")
    officer.follow(COMPANY, exact=False)
    officer.page.locator(".cp-tabs a").filter(has_text="Clarifications").click()


def ask(officer):
    """Choose, write, look, go back to change, send: the questions typed survive each step."""
    page = officer.page
    officer.look()
    officer.follow("Ask the company")
    for box in page.locator("main input[type=checkbox]:checked").all():
        box.uncheck()
    officer.press("Continue")
    assert "Choose at least one place to ask about." in page.inner_text("main")
    officer.look_here()
    page.get_by_label("Company identity", exact=True).check()
    page.locator("summary").last.click()
    page.locator("label[for^='place-question:']").last.click()
    officer.press("Continue")
    officer.press("Preview")
    officer.look_here()
    for box in page.locator("main textarea[name^=question]").all():
        box.fill(QUESTION)
    officer.press("Preview")
    assert "This is what the company reads" in page.inner_text("main")
    officer.look_here()
    officer.press("Change")
    assert page.locator("main textarea[name=question-0]").input_value() == QUESTION
    officer.press("Preview")
    officer.press("Send the questions")
    assert "The questions were sent." in page.inner_text("main")
    officer.look()


def answer(company):
    page = company.page
    company.sign_in("north_wind@demo.example")
    company.go("/en/apply/")
    company.look()
    company.follow("Open the application", exact=False)
    company.look()
    company.follow("Read the questions and answer", exact=False)
    assert page.inner_text("main").count(QUESTION) == 2
    company.look()
    page.locator("textarea").first.fill(REPLY)
    page.get_by_text(re.compile("^Saved at")).first.wait_for()
    page.locator("section").filter(has_text=QUESTION).last.get_by_role("link", name="Open this part").click()
    assert QUESTION in page.inner_text("main")
    company.look()
    company.press("Save and continue")
    company.press("Save and check")
    assert "One place has neither a change nor a reply." in page.inner_text("main")
    company.look()
    company.press("Hand in the answer")
    assert "There is a problem" in page.inner_text("main")
    page.get_by_label("I have read the declaration", exact=False).check()
    company.press("Hand in the answer")
    page.wait_for_url(re.compile("/receipts/2/$"))
    assert REPLY in page.inner_text("main")
    company.look()
    company.follow("What was changed")
    company.look()


def test_a_clarification_from_the_question_to_what_changed(new_visitor, work_off):
    officer, company = new_visitor(), new_visitor()
    case = Application.objects.get(provider__name_en=COMPANY)
    open_the_case(officer)
    ask(officer)
    case.refresh_from_db()
    assert case.status == Status.CLARIFICATION_REQUESTED
    work_off()
    mail = last_mail("north_wind@demo.example")
    assert QUESTION not in mail.body
    answer(company)
    case.refresh_from_db()
    assert (case.status, case.revision) == (Status.IN_VERIFICATION, 2)
    assert Submission.objects.get(application=case, number=2).cause == "clarification"
    assert ClarificationRequest.objects.get(application=case).state == "answered"
    officer.page.reload()
    text = officer.page.inner_text("main")
    assert REPLY in text
    assert "Not answered" in text
    officer.look()
    officer.follow("What the company changed", exact=False)
    officer.look()


def test_a_question_of_the_company_is_answered_with_a_template(new_visitor):
    company, officer = new_visitor(), new_visitor()
    company.sign_in("owner@demo.example")
    company.go("/en/apply/")
    company.look()
    company.follow("Continue the application", exact=False)
    company.look()
    company.follow("Documents")
    company.follow("Ask the Secretariat about this part")
    company.look()
    company.press("Send the question")
    company.look_here()
    company.page.locator("textarea[name=text]").fill("May we send photographs?")
    company.press("Send the question")
    company.look()
    officer.sign_in("officer@demo.example", staff="officer")
    officer.page.wait_for_url(f"{officer.origin}/en/office/")
    officer.follow("Questions")
    officer.look()
    officer.page.locator("tbody th a").filter(has_text="Documents").first.click()
    officer.look()
    officer.page.get_by_label("Reply template").select_option(label="Scans")
    officer.press("Put the template into the answer")
    assert "A clear colour scan" in officer.page.locator("textarea[name=text]").input_value()
    officer.look_here()
    officer.press("Send the answer")
    officer.look()
    officer.follow("Make an entry for the questions page")
    officer.look()
    officer.follow("Not now")
    officer.follow("Questions")
    officer.follow("Reply templates")
    officer.look()
    officer.follow("Scans")
    officer.look()
    company.go("/en/apply/")
    assert "1 new answer" in company.page.inner_text("main")
    company.page.get_by_role("link", name=re.compile("^Read 1 new answer")).click()
    company.look()
    company.page.locator("main a").filter(has_text="Documents").first.click()
    assert "A clear colour scan" in company.page.inner_text("main")
    company.look()

"""An officer gives out cases, works through one, compares a registration and reads the figures."""

import re

import pytest

from applications.models import Application, Status
from portal.accounts.models import Provider
from tests.journeys.conftest import last_mail

pytestmark = [pytest.mark.browser, pytest.mark.audit]
COMPANY = "Demo North Wind Air Systems Limited"


def tab(officer, name):
    officer.page.locator(".cp-tabs a").filter(has_text=name).click()


def give_out_cases(officer):
    page = officer.page
    page.get_by_role("link", name=re.compile("^With nobody")).click()
    page.get_by_label("Save this list as").fill("Free cases")
    officer.press("Save")
    assert page.get_by_role("link", name="Free cases", exact=True).is_visible()
    officer.look_here()
    page.locator("input[name=case]").first.check()
    officer.press("Give the ticked cases to…")
    assert "1 case will be given to another officer." in page.inner_text("main")
    officer.look_here()
    page.get_by_label("Officer").select_option(label="Demo Officer")
    officer.press("Give 1 case")
    assert "1 case is with Demo Officer now" in page.inner_text("main")
    officer.look_here()
    officer.follow("Back to the list")
    assert page.url.endswith("?status=active&officer=nobody")
    page.get_by_role("button", name="Remove Free cases").click()
    page.get_by_role("link", name=re.compile("^Mine")).click()
    officer.look()


def go_through_the_checklist(officer):
    page = officer.page
    tab(officer, "Checklist")
    officer.look()
    lines = page.locator("fieldset.cp-check")
    lines.nth(4).get_by_label("Not in order").check()
    officer.press("Save the checklist")
    assert "write in the note what is not in order" in page.inner_text("main")
    officer.look_here()
    lines.nth(4).get_by_label("Note", exact=False).last.fill("Demonstration: a page is missing.")
    for number in range(5, lines.count()):
        lines.nth(number).get_by_label("In order", exact=True).check()
    officer.press("Save the checklist")
    assert re.search(r"\d+ lines were saved", page.inner_text("main"))


def write_and_visit(officer):
    page = officer.page
    tab(officer, "Notes")
    officer.look()
    page.get_by_label("Note", exact=True).fill("Demonstration note from the journey.")
    officer.press("Add the note")
    officer.follow("Change", exact=False)
    officer.look_here()
    officer.follow("Leave it as it is")
    tab(officer, "Visits")
    officer.look()
    officer.follow("Plan a visit")
    officer.press("Save")
    assert "Enter the date of the visit" in page.inner_text("main")
    officer.look_here()
    for name, value in (("Day", "3"), ("Month", "12"), ("Year", "2026")):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("Time").fill("14:30")
    page.get_by_label("Place").fill("Demo Dyeing Works 3")
    officer.press("Save")
    assert "Demo Dyeing Works 3" in page.inner_text("main")


def test_officer_works_on_a_case_to_its_assessment(new_visitor):
    officer = new_visitor()
    page = officer.page
    officer.sign_in("officer@demo.example", staff="officer")
    page.wait_for_url(f"{officer.origin}/en/office/")
    officer.follow("Cases")
    give_out_cases(officer)
    officer.follow(COMPANY)
    assert "Perhaps known already" in page.inner_text("main")
    officer.look()
    go_through_the_checklist(officer)
    write_and_visit(officer)

    tab(officer, "Overview")
    officer.follow("Find it ineligible")
    officer.look_here()
    page.get_by_label("Which condition is not met, and why?").fill("Demonstration reason.")
    officer.press("See the mail first")
    assert "Demonstration reason." in page.inner_text("main")
    officer.look_here()
    officer.follow("Not now")
    officer.follow("Send to assessment")
    officer.look_here()
    officer.press("Send to assessment")
    assert "Write the reason." in page.inner_text("main")
    page.get_by_label("Why does it go to assessment all the same?").fill("The page follows by post.")
    officer.press("Send to assessment")
    case = Application.objects.get(provider__name_en=COMPANY)
    assert case.status == Status.IN_ASSESSMENT
    assert "The page follows by post." in [note.text for note in case.notes.all()]


def test_officer_compares_a_registration_and_reads_the_figures(new_visitor):
    officer = new_visitor()
    page = officer.page
    officer.sign_in("officer@demo.example", staff="officer")
    page.wait_for_url(f"{officer.origin}/en/office/")
    officer.follow("Companies")
    officer.look()
    officer.follow(COMPANY)
    officer.look()
    officer.press("Save")
    assert "Choose whether the registration agrees with the certificate." in page.inner_text("main")
    page.get_by_label("Yes: names and numbers are as on the certificate").check()
    officer.press("Save")
    assert Provider.objects.get(name_en=COMPANY).verification == "verified"
    officer.look_here()

    officer.follow("Figures")
    assert page.locator("svg[role=img]").count() == 3
    officer.look()
    with page.expect_download() as arriving:
        page.get_by_role("link", name=re.compile("^Download as CSV")).first.click()
    assert arriving.value.suggested_filename == "figures-age.csv"
    officer.follow("Change the targets")
    officer.look()
    page.get_by_label("In verification").fill("20")
    officer.press("Save")
    assert "The targets are saved." in page.inner_text("main")


def test_officer_settles_a_second_claim(new_visitor):
    officer = new_visitor()
    page = officer.page
    officer.sign_in("officer@demo.example", staff="officer")
    page.wait_for_url(f"{officer.origin}/en/office/")
    officer.go("/en/office/companies/?state=claims")
    officer.follow("Demo Green Delta Energy Services Limited")
    officer.follow("Settle the claim")
    officer.look()
    page.get_by_label("Both belong to one company", exact=False).check()
    officer.press("Settle and tell both sides")
    assert "Write the reason." in page.inner_text("main")
    officer.look_here()
    page.get_by_label("Reason").fill("Demonstration: both showed the same certificate.")
    officer.press("Settle and tell both sides")
    assert "The claim is settled." in page.inner_text("main")
    told = {last_mail(f"{each}@demo.example").kind for each in ("second_claim", "green_delta")}
    assert told == {"registration_claim.joined_claimant", "registration_claim.joined_owner"}

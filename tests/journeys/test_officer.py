"""An officer finds a submitted case, reads all of it, takes it and starts the verification."""

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from applications.models import Application, Status
from portal.accounts import people, roles
from portal.accounts.demo import DEMO_PASSWORD
from portal.accounts.models import Role
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.journeys.conftest import last_mail
from tests.services.people import totp_code

pytestmark = pytest.mark.browser
COMPANY = "Demo Green Delta Energy Services Limited"
TABS = {
    "Answers": "We begin with a visit of one day",
    "Projects": "Demo Dyeing Works 1",
    "Documents": "Evidence of completed projects",
    "History": "Revision 1",
}


def companies_in(page):
    return page.locator("tbody th[scope=row] a").all_inner_texts()


def query_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def narrow_the_queue(officer):
    """Filter, sort, search: all of it stands in the address, and the address alone brings it back."""
    page = officer.page
    assert len(companies_in(page)) == 6
    officer.fill("Company or reference", "Demo")
    page.get_by_label("Status", exact=True).select_option("submitted")
    page.get_by_label("Officer", exact=True).select_option("nobody")
    page.get_by_label("Sort by").select_option("company")
    officer.press("Apply")
    assert query_of(page)["status"] == "submitted" and query_of(page)["sort"] == "company"
    narrowed = [COMPANY, "Demo Pearl Filtration Limited"]
    assert companies_in(page) == narrowed
    page.get_by_role("columnheader", name="Company").get_by_role("link").click()
    assert query_of(page)["sort"] == "-company"
    assert companies_in(page) == narrowed[::-1]
    officer.look()
    page.goto(page.url)
    assert companies_in(page) == narrowed[::-1]
    page.locator(".cp-active a").filter(has_text="Status: Received").click()
    assert query_of(page) == {"q": "Demo", "officer": "nobody", "sort": "-company"}
    assert companies_in(page)[-1] == COMPANY


def read_the_tabs(officer):
    for tab, words in TABS.items():
        officer.page.locator(".cp-tabs a").filter(has_text=tab).click()
        assert words in officer.page.inner_text("main")
        officer.look()


def open_a_document(officer):
    """The original comes down as it was handed in; its pages can be looked at as pictures."""
    page = officer.page
    page.locator(".cp-tabs a").filter(has_text="Documents").click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name=re.compile("^Download ")).first.click()
    content = Path(arriving.value.path()).read_bytes()
    stored = StoredFile.objects.get(sha256=hashlib.sha256(content).hexdigest())
    assert arriving.value.suggested_filename == stored.original_name
    officer.follow("Look at it", exact=False)
    picture = page.locator("img.cp-page")
    assert picture.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 100
    officer.look()
    officer.follow("Documents")


def test_officer_takes_a_case_and_starts_its_verification(new_visitor, work_off):
    officer = new_visitor()
    page = officer.page
    officer.sign_in("officer@demo.example", staff="officer")
    page.wait_for_url(f"{officer.origin}/en/office/")
    officer.look()
    officer.follow("Cases")
    officer.look()
    narrow_the_queue(officer)
    asked = query_of(page)

    officer.follow(COMPANY)
    assert COMPANY in page.inner_text("h1")
    officer.look()
    read_the_tabs(officer)
    open_a_document(officer)

    page.locator(".cp-tabs a").filter(has_text="Overview").click()
    officer.press("Take this case")
    assert "You have this case now." in page.inner_text("main")
    officer.look_here()
    officer.follow("Start verification")
    officer.look()
    case = Application.objects.get(provider__name_en=COMPANY)
    assert case.status == Status.SUBMITTED, "looking at the page must not act"
    officer.press("Start verification")
    assert "Verification has begun." in page.inner_text("main")
    assert "Verification checklist" in page.inner_text("main")
    officer.look()
    case.refresh_from_db()
    assert (case.status, case.assignee.email) == (Status.IN_VERIFICATION, "officer@demo.example")
    told = last_mail("green_delta@demo.example")
    assert told.kind == "application.being_checked" and told.state == Message.State.QUEUED
    work_off()
    told.refresh_from_db()
    assert told.state == Message.State.SENT

    page.get_by_role("link", name="Cases", exact=True).last.click()
    assert query_of(page) == asked
    assert urlsplit(page.url).fragment == f"case-{case.uuid}"


def test_provider_is_refused_at_every_staff_door(new_visitor):
    provider = new_visitor()
    provider.sign_in("owner@demo.example")
    for path in ("/admin/", "/en/office/", "/en/office/cases/"):
        assert provider.go(path).status == 403
        assert provider.page.inner_text("h1") == "You may not open this page"
    provider.look_here()


def test_component_page_passes_in_every_language(new_visitor):
    officer = new_visitor()
    officer.sign_in("officer@demo.example", staff="officer")
    officer.follow("What pages are made of: all components")
    assert officer.page.locator(".cs-group").count() == 11
    officer.look()


def test_new_officer_is_led_to_the_second_step_first(new_visitor):
    novice = people.create_verified("novice@demo.example", name="Demo Novice", password=DEMO_PASSWORD)
    roles.grant(novice, Role.OFFICER, by=None)
    visitor = new_visitor()
    page = visitor.page
    visitor.sign_in("novice@demo.example")
    for path in ("/admin/", "/en/office/cases/"):
        visitor.go(path)
        assert page.inner_text("h1") == "Add an authenticator app"
    visitor.look_here()
    page.locator("input[name=code]").fill(totp_code(page.inner_text("code.cp-code")))
    visitor.press("Switch on the second step")
    page.wait_for_url(re.compile("/(recovery-codes|office)/"))
    visitor.look_here()
    assert visitor.go("/en/office/cases/").status == 200
    assert page.inner_text("h1") == "Cases"

"""An organiser looks after the sign-ups of the coming seminar."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from seminars.models import Seminar, SignUp
from tests.journeys.conftest import last_mail

pytestmark = pytest.mark.browser
FORMULA = "=1+1 Demo 陳"
WAITS_FOR_THE_CAP = "Demo Ho Mei Ling"


def names_in(page):
    return page.locator("tbody th[scope=row] a").all_inner_texts()


def download(page, link):
    with page.expect_download() as arriving:
        page.get_by_role("link", name=link).click()
    return Path(arriving.value.path()).read_bytes()


def find_people(organiser):
    page = organiser.page
    page.get_by_label("State", exact=True).select_option("waiting")
    organiser.press("Apply")
    assert names_in(page) == [WAITS_FOR_THE_CAP]
    assert "state=waiting" in page.url
    organiser.look()
    organiser.follow("Clear all", exact=False)
    organiser.fill("Name, company or email address", "綠洲")
    organiser.press("Apply")
    assert names_in(page) == ["示範陳小文"]
    organiser.follow("Clear all", exact=False)


def change_places(organiser, *, online, per_company):
    organiser.page.locator(".cp-tabs a").filter(has_text="Overview").click()
    organiser.follow("Change the places")
    organiser.look()
    organiser.fill("Places: Online", str(online), exact=False)
    organiser.fill("Places per company", str(per_company), exact=False)
    organiser.press("Save the places")


def add_by_hand(organiser):
    page = organiser.page
    organiser.follow("Add somebody")
    organiser.look()
    organiser.press("Add")
    assert "There is a problem" in page.inner_text("main")
    organiser.look_here()
    organiser.fill("Name", FORMULA)
    organiser.fill("Company or organisation", "示範𨋢工程有限公司")
    page.get_by_label("Type of company").select_option(index=1)
    organiser.fill("Email address", "telephoned@journey.example")
    page.locator("input[name=option]").first.check()
    page.get_by_label("繁體中文").check()
    organiser.press("Add")


def read_exports(page):
    comma = download(page, "Download as CSV")
    assert comma.startswith(b"\xef\xbb\xbf"), "without the mark spreadsheets misread Chinese"
    rows = list(csv.reader(io.StringIO(comma.decode("utf-8-sig"))))
    assert (
        rows[0][0] == "Number" and len(rows) == SignUp.objects.filter(seminar__state="scheduled").count() + 1
    )
    assert f"'{FORMULA}" in rows[-1] and "示範𨋢工程有限公司" in rows[-1]
    sheet = load_workbook(io.BytesIO(download(page, "Download as a spreadsheet (XLSX)"))).active
    assert [[str(cell or "") for cell in row[1:3]] for row in sheet.values][1:-1] == [
        row[1:3] for row in rows[1:-1]
    ]
    last = list(sheet.rows)[-1]
    assert [cell.data_type for cell in last if cell.value == FORMULA] == ["s"]


def test_organiser_looks_after_the_sign_ups(new_visitor):
    seminar = Seminar.objects.upcoming().get()
    organiser = new_visitor()
    page = organiser.page
    organiser.sign_in("organiser@demo.example", staff="organiser")
    page.wait_for_url(f"{organiser.origin}/en/office/")
    organiser.follow("Seminars")
    organiser.look()
    organiser.follow(seminar.title_en)
    organiser.look()
    page.locator(".cp-tabs a").filter(has_text="Sign-ups").click()
    organiser.look()
    find_people(organiser)

    # Four have a place online and one waits for the cap of her company alone.
    change_places(organiser, online=5, per_company=4)
    assert "One person came up from the waiting list" in page.inner_text("main")
    promoted = SignUp.objects.get(name=WAITS_FOR_THE_CAP)
    assert promoted.state == SignUp.State.CONFIRMED
    assert last_mail(promoted.email).kind == "signup.promoted"

    page.locator(".cp-tabs a").filter(has_text="Sign-ups").click()
    add_by_hand(organiser)
    assert f"{FORMULA} is on the waiting list." in page.inner_text("main")
    by_hand = SignUp.objects.get(email="telephoned@journey.example")
    assert last_mail(by_hand.email).language == "zh-hant"

    organiser.follow("Demo Chan Siu Ming", exact=False)
    organiser.look()
    assert SignUp.objects.get(name="Demo Chan Siu Ming").state == SignUp.State.CONFIRMED
    organiser.follow("Cancel this sign-up")
    organiser.press("Cancel this sign-up")
    assert "The sign-up of Demo Chan Siu Ming is cancelled." in page.inner_text("main")
    by_hand.refresh_from_db()
    assert by_hand.state == SignUp.State.CONFIRMED, "the free place goes to the next in the queue"
    assert last_mail(by_hand.email).kind == "signup.promoted"
    read_exports(page)

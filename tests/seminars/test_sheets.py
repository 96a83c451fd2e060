import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from portal import pdf, retention
from portal.files import store
from portal.files.models import StoredFile
from seminars import seats
from seminars.models import AttendanceOption, AttendanceSheet, SignUp
from seminars.papers import sheets
from tests.seminars.makers import details
from tests.services import unavailable

LONG = "Demo " + "Wide" * 28


@pytest.fixture
def hall(seminar, venue):
    """Three people with a place in the hall, one of them named at length; one online, one who waits."""
    AttendanceOption.objects.filter(pk=venue.pk).update(capacity=3)
    named = {"ken": {"name": "示範陳小𨋢"}, "ada": {"name": LONG, "company": LONG}, "zoe": {}, "otto": {}}
    for who, fields in named.items():
        seats.sign_up(seminar, option=venue, details=details(who, **{"company": who, **fields}))
    seats.sign_up(seminar, option=seminar.options.get(mode="online"), details=details("mei"))
    venue.refresh_from_db()
    return venue


@pytest.fixture
def pango(db):
    if not pdf.is_available():
        unavailable("Pango", "WeasyPrint could not be loaded")


def page_of(option):
    return reverse("office_seminars:sheet", args=[option.seminar.uuid, option.uuid])


def file_of(sheet):
    where = [sheet.option.seminar.uuid, sheet.option.uuid, sheet.uuid]
    return reverse("office_seminars:sheet_file", args=where)


def made(hall, reader, language="en"):
    sheet = sheets.order(hall, reader=reader, language=language)
    assert sheets.make.call(str(sheet.uuid)) == "ready"
    sheet.refresh_from_db()
    return sheet


def test_page_lists_who_has_a_place_there_and_nobody_else(client_for, organiser, hall):
    page = client_for(organiser).get(page_of(hall)).content.decode()
    assert "示範陳小𨋢" in page and "Demo Zoe" in page
    for other in ("Demo Otto", "Demo Mei", "@"):
        assert other not in page.split("<main")[1].split("</main>")[0]


def test_pdf_is_tagged_a4_and_numbers_its_pages(pango, organiser, hall):
    sheet = made(hall, organiser, "zh-hant")
    with store.open_key(sheet.file.key) as file:
        content = file.read()
    document = pikepdf.open(io.BytesIO(content))
    assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "zh-Hant-HK"
    assert [round(float(side) / 72 * 25.4) for side in document.pages[0].MediaBox[2:]] == [210, 297]
    pages = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    for piece in ("簽署", "示範陳小𨋢", "示範會堂", f"1 / {len(pages)}"):
        assert piece in text
    assert sheet.file.checked_by == "made"


def test_download_is_for_the_one_who_ordered_it(pango, client_for, organiser, root, hall):
    sheet = made(hall, organiser)
    answer = client_for(organiser).get(file_of(sheet))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    assert client_for(root).get(file_of(sheet)).status_code == 404


def test_second_press_orders_nothing_while_one_is_being_made(client_for, organiser, hall):
    browser = client_for(organiser)
    order = reverse("office_seminars:sheet_order", args=[hall.seminar.uuid, hall.uuid])
    browser.post(order)
    browser.post(order)
    sheet = AttendanceSheet.objects.get()
    assert (sheet.state, sheet.language, sheet.ordered_by) == ("ordered", "en", organiser)
    # Not there yet: the link leads back to the page.
    assert browser.get(file_of(sheet))["Location"] == page_of(hall)


def test_sheet_goes_after_a_week(pango, organiser, hall):
    sheet = made(hall, organiser)
    retention.run(now=timezone.now() + timedelta(days=8))
    assert not AttendanceSheet.objects.exists()
    assert StoredFile.objects.get(pk=sheet.file_id).state == "removed"
    assert sheets.make.call(str(sheet.uuid)) == "gone"


def test_people_without_a_name_any_more_are_not_listed(organiser, hall):
    SignUp.objects.filter(option=hall).update(name="")
    assert not sheets.people_of(hall).exists()


def test_server_without_pango_says_so(client_for, organiser, hall, monkeypatch):
    monkeypatch.setattr(pdf, "is_expected", lambda: False)
    monkeypatch.setattr(pdf, "_engine", lambda: None)
    sheet = sheets.order(hall, reader=organiser, language="en")
    assert sheets.make.call(str(sheet.uuid)) == "failed"
    page = client_for(organiser).get(page_of(hall)).content.decode()
    assert "PDF files cannot be made on this server" in page and "Could not be made" in page


@pytest.mark.parametrize("people", [1, 3])
def test_page_costs_the_same_with_three(client_for, organiser, hall, people, django_assert_num_queries):
    SignUp.objects.filter(
        option=hall, pk__in=SignUp.objects.filter(option=hall).values("pk")[people:]
    ).delete()
    sheets.order(hall, reader=organiser, language="en")
    browser = client_for(organiser)
    browser.get(page_of(hall))
    with django_assert_num_queries(10):
        browser.get(page_of(hall))

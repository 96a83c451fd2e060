"""Project records from a spreadsheet, page by page."""

import csv
import io
import os
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from applications import workflow
from applications.drafts import project_sheets, projects
from applications.models import ProjectImport, ProjectRecord
from portal.accounts.permissions import membership_of
from tests.applications.drafts.sheets import FULL, long_workbook, receive, row, sheet_of, uploaded
from tests.applications.screens import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for, mei):
    return client_for(mei)


def address(name, application, *more, language="en"):
    with translation.override(language):
        return reverse(f"applications:{name}", args=[application.uuid, *more])


def test_whole_way_from_template_to_records(browser, draft):
    template = browser.get(address("project_template", draft, "xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(template.streaming_content)))
    assert book.sheetnames == ["Project records", "How to fill in", "Choices"]
    for each, value in zip(book.worksheets[0][1], projects.FIELDS, strict=True):
        book.worksheets[0].cell(2, each.column, row(city="Atlantis").get(value, ""))
    file = io.BytesIO()
    book.save(file)
    sent = browser.post(address("project_import", draft), {"file": uploaded(file.getvalue(), "filled.xlsx")})
    assert not ProjectRecord.objects.exists()
    preview = words(browser.get(sent["Location"]))
    for piece in ("1 row was found in “filled.xlsx”", "Row 2", "“Atlantis” is not one of the choices"):
        assert piece in preview
    first = browser.post(sent["Location"], {"without_repeats": "yes"})
    again = browser.post(sent["Location"], {"without_repeats": "yes"})
    assert first["Location"] == again["Location"] == address("projects", draft)
    assert ProjectRecord.objects.get().entered["city"] == "Atlantis"
    page = words(browser.get(first["Location"]))
    assert "1 project record was added." in page
    record = words(
        browser.get(address("project_change", draft, ProjectRecord.objects.get().uuid) + "?check=1")
    )
    assert "“Atlantis” is not one of the choices" in record


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_template_speaks_the_language_of_the_page(browser, draft, language):
    page = browser.get(address("project_template", draft, "csv", language=language))
    lines = list(csv.reader(io.StringIO(page.getvalue().decode("utf-8-sig"))))
    with translation.override(language):
        assert lines == [[project_sheets.heading(name) for name in projects.FIELDS]]
    assert page["Content-Disposition"].startswith("attachment; filename")
    assert browser.get(address("project_template", draft, "exe")).status_code == 404


def test_export_runs_nothing(browser, draft, owner):
    projects.add(draft, {**FULL, "factory_name": "=HYPERLINK(1)", "technology": "@SUM(1)"}, member=owner)
    lines = list(
        csv.reader(
            io.StringIO(browser.get(address("project_export", draft, "csv")).getvalue().decode("utf-8-sig"))
        )
    )
    assert lines[1][1] == "'=HYPERLINK(1)"
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(address("project_export", draft, "xlsx")).getvalue())
    )
    cell = book.worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "“a.csv” is empty"),
        (b"hello\n", "a.csv", "No row of headings was found in “a.csv”"),
        (b"x", "a.exe", "Choose a file of type Excel (XLSX) or CSV"),
    ],
)
def test_unreadable_file_is_refused_with_a_sentence(browser, draft, content, name, sentence):
    page = browser.post(address("project_import", draft), {"file": uploaded(content, name)})
    assert page.status_code == 422
    assert '<a href="#file">' in page.content.decode()
    assert sentence in words(page)
    assert not ProjectImport.objects.exists()


def test_no_file_is_asked_for(browser, draft):
    page = browser.post(address("project_import", draft))
    assert page.status_code == 422
    assert "Choose a file to upload." in words(page)


def test_import_of_others_is_not_there(client_for, browser, draft, owner, round, otto, ken):
    held = receive(draft, owner, row(factory_name="Secret Works"))
    foreign = workflow.start(round, member=membership_of(otto))
    # Another company, with its own application or with ours, and a colleague of ours.
    for user, application in ((otto, foreign), (otto, draft), (ken, draft)):
        for name in ("project_preview", "project_import_cancel"):
            reply = client_for(user).post(address(name, application, held.uuid))
            assert reply.status_code == 404
        assert client_for(user).get(address("project_preview", application, held.uuid)).status_code == 404
    held.refresh_from_db()
    assert held.closed_at is None
    assert not ProjectRecord.objects.exists()


def test_viewer_may_download_and_not_import(client_for, vic, draft):
    viewer = client_for(vic)
    assert viewer.get(address("project_export", draft, "csv")).status_code == 200
    assert viewer.get(address("project_import", draft)).status_code == 403
    assert (
        viewer.post(address("project_import", draft), {"file": uploaded(sheet_of(row()))}).status_code == 403
    )
    assert not ProjectImport.objects.exists()


def test_add_nothing_forgets_the_rows(browser, draft, owner):
    held = receive(draft, owner, row())
    assert browser.get(address("project_import_cancel", draft, held.uuid)).status_code == 405
    assert browser.post(address("project_import_cancel", draft, held.uuid)).status_code == 302
    held.refresh_from_db()
    assert held.content["rows"] == []
    browser.post(address("project_preview", draft, held.uuid))
    assert not ProjectRecord.objects.exists()


def test_closed_round_explains_itself(browser, draft, owner, at):
    held = receive(draft, owner, row())
    at(draft.round.closes_at + timedelta(hours=1))
    reply = browser.post(address("project_preview", draft, held.uuid))
    assert reply.status_code == 409
    assert "nothing was saved" in words(reply)
    assert (
        browser.post(address("project_import", draft), {"file": uploaded(sheet_of(row()))}).status_code == 409
    )


def test_preview_of_three_rows_costs_what_one_costs(browser, draft, owner):
    browser.get(address("projects", draft))  # what every first page asks once
    counts = []
    for many in (1, 3):
        held = receive(draft, owner, *(row(factory_name=f"Works {number}") for number in range(many)))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address("project_preview", draft, held.uuid)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 11


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_are_answered_with_a_sentence(browser, draft, kind):
    content = sheet_of(*[row()] * 10_000) if kind == "csv" else long_workbook(row(), 10_000)
    before = sum(os.times()[:4])
    page = browser.post(address("project_import", draft), {"file": uploaded(content, f"big.{kind}")})
    # Processor time, with that of the processes that looked into the file: no more than a full table costs.
    assert sum(os.times()[:4]) - before < 10
    assert page.status_code == 422
    assert (
        "The sheet has more than 500 rows. An application holds at most 500 project records, and this one "
        "takes 500 more. Keep the rows that matter most and upload again."
    ) in words(page)
    assert not ProjectImport.objects.exists()


def test_full_table_of_the_most_records_is_taken(browser, draft):
    rows = [row(factory_name=f"Works {number}") for number in range(projects.MOST)]
    sent = browser.post(address("project_import", draft), {"file": uploaded(sheet_of(*rows))})
    assert sent.status_code == 302
    assert len(ProjectImport.objects.get().content["rows"]) == projects.MOST

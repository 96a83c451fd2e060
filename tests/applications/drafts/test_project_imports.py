"""Project records from a spreadsheet: read, shown, then added together or not at all."""

import csv
import io
import re
import time
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import rounds, workflow
from applications.drafts import project_imports, project_sheets, projects
from applications.errors import ImportGone, InvalidTransition, RoundClosed, TooManyRecords, UnreadableTable
from applications.models import ProjectImport, ProjectRecord
from portal import retention
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files.refusals import Refused
from tests.applications.conftest import PROJECT, submit

pytestmark = pytest.mark.django_db
FULL = {name: PROJECT.get(name, "") for name in projects.FIELDS}
DATES = ["2026-03-31", "31/3/2026", "31.3.2026", "31 Mar 2026", "2026年3月31日"]


def sheet_of(*rows, headings=None, encoding="utf-8-sig"):
    """A CSV file with the English headings, or others, and rows of {field: text}."""
    names = list(headings or {name: project_sheets.heading(name) for name in projects.FIELDS})
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow((headings or {name: project_sheets.heading(name) for name in names}).values())
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return file.getvalue().encode(encoding)


def row(**changes):
    """A complete row in the words of a person."""
    return {
        "factory_name": "Demo Dyeing Works",
        "city": "Dongguan",
        "industry": "textiles",
        "project_type": "dp_i",
        "technology": "Heat recovery",
        "role": "Main contractor",
        "started_on": "1/3/2024",
        "progress": "running",
        **changes,
    }


def uploaded(content, name="records.csv"):
    return SimpleUploadedFile(name, content)


def receive(draft, owner, *rows, **options):
    return project_imports.receive(draft, uploaded(sheet_of(*rows, **options)), member=owner)


def entries(application):
    return [each.entered for each in application.projects.order_by("id")]


def test_nothing_is_added_before_the_press(draft, owner):
    held = receive(draft, owner, row())
    assert not ProjectRecord.objects.exists()
    assert project_imports.add(held, member=owner, without_repeats=True) == 1
    record = ProjectRecord.objects.get()
    assert (record.city, record.industry, record.role) == ("4419", "textiles", "lead")
    assert record.started_on.isoformat() == "2024-03-01"
    assert projects.problems(record.entered) == {}
    draft.refresh_from_db()
    assert draft.saved_by == owner.user
    assert Event.objects.get(verb="application.projects_imported").object_uuid == draft.uuid


@pytest.mark.parametrize(
    "typed",
    [*DATES, "２０２６－０３－３１", "31-3-2026", "31 March 2026", "2026/3/31 00:00:00", " 31/03/2026 "],
)
def test_date_is_understood(typed):
    assert project_imports.as_date(typed) == {"day": "31", "month": "3", "year": "2026"}


@pytest.mark.parametrize(
    "typed", ["spring 2024", "2024", "31/2/2026", "3/31/2026", "31/3/26", "45382", "31 Foo 2026"]
)
def test_what_is_no_date_is_kept_as_typed_and_marked(draft, owner, typed):
    held = receive(draft, owner, row(started_on=typed))
    marks = project_imports.lines(held)[0].marks
    assert [(each.heading, each.typed) for each in marks] == [("Start", typed)]
    project_imports.add(held, member=owner, without_repeats=True)
    record = ProjectRecord.objects.get()
    assert record.entered["started_on"] == {"day": typed, "month": "", "year": ""}
    assert record.started_on is None


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_headings_and_choices_of_every_language_are_known(draft, owner, language):
    with translation.override(language):
        headings = {name: project_sheets.heading(name) for name in projects.FIELDS}
        choice = {name: str(kind.choices[0][1]) for name, kind in projects.CHOICES.items()}
    held = receive(draft, owner, row(**choice), headings=headings)
    assert held.content["unknown"] == held.content["missing"] == []
    entered = held.content["rows"][0]["entered"]
    assert {name: entered[name] for name in choice} == {
        name: kind.choices[0][0] for name, kind in projects.CHOICES.items()
    }


def test_every_heading_names_one_column():
    for language in ("en", "zh-hant", "zh-hans"):
        with translation.override(language):
            found = [project_sheets.column_of(project_sheets.heading(name)) for name in projects.FIELDS]
            labels = [{str(label) for _code, label in kind.choices} for kind in projects.CHOICES.values()]
        assert found == list(projects.FIELDS)
        assert [len(each) for each in labels] == [len(kind.choices) for kind in projects.CHOICES.values()]


def test_unknown_choice_is_named_and_stays(draft, owner):
    held = receive(draft, owner, row(city="Atlantis"))
    (mark,) = project_imports.lines(held)[0].marks
    assert mark.sentence == "Choose “city”: “Atlantis” is not one of the choices."
    project_imports.add(held, member=owner, without_repeats=True)
    assert ProjectRecord.objects.get().entered["city"] == "Atlantis"


def test_columns_that_are_not_there_or_not_known_are_named(draft, owner):
    held = receive(
        draft, owner, row(shoe="43"), headings={"factory_name": "Factory", "city": "CITY", "shoe": "Shoe"}
    )
    assert held.content["unknown"] == ["Shoe"]
    assert held.content["missing"] == [
        "industry",
        "project_type",
        "technology",
        "role",
        "started_on",
        "progress",
    ]


def test_repeated_rows_are_named_and_left_out(draft, owner):
    projects.add(draft, FULL, member=owner)
    again = row(technology="ＨＥＡＴ  recovery", started_on="2024-03-01", city="4419")
    old = {
        **FULL,
        **row(),
        "project_number": "P-01",
        "finished_on": "30 Sep 2024",
        "progress": "completed",
        "energy_kwh": "120000",
    }
    held = receive(draft, owner, row(), again, old)
    found = [(each.number, each.same_as_row, each.is_there_already) for each in project_imports.lines(held)]
    assert found == [(2, None, False), (3, 2, False), (4, None, True)]
    assert project_imports.add(held, member=owner, without_repeats=True) == 1
    assert len(entries(draft)) == 2


def test_repeated_rows_are_added_where_the_person_wants_them(draft, owner):
    held = receive(draft, owner, row(), row())
    assert project_imports.add(held, member=owner, without_repeats=False) == 2


def test_second_press_adds_nothing(draft, owner):
    held = receive(draft, owner, row())
    assert project_imports.add(held, member=owner, without_repeats=True) == 1
    assert project_imports.add(held, member=owner, without_repeats=False) == 0
    assert len(entries(draft)) == 1


def test_all_or_nothing_where_the_application_became_full(draft, owner, monkeypatch):
    held = receive(draft, owner, row(), row(factory_name="Other"))
    monkeypatch.setattr(projects, "MOST", 1)
    with pytest.raises(TooManyRecords):
        project_imports.add(held, member=owner, without_repeats=True)
    assert entries(draft) == []
    held.refresh_from_db()
    assert held.closed_at is None


def test_one_record_more_than_the_application_holds_is_refused(draft, owner, monkeypatch):
    monkeypatch.setattr(projects, "MOST", 1)
    projects.add(draft, FULL, member=owner)
    with pytest.raises(TooManyRecords):
        projects.add(draft, FULL, member=owner)
    assert len(entries(draft)) == 1


def test_preview_runs_out(draft, owner, at):
    held = receive(draft, owner, row())
    at(rounds.database_now() + project_imports.KEPT_FOR + timedelta(seconds=1))
    with pytest.raises(ImportGone):
        project_imports.add(held, member=owner, without_repeats=True)
    assert entries(draft) == []
    retention.run(now=held.expires_at + project_imports.FORGOTTEN_AFTER + timedelta(seconds=1))
    assert not ProjectImport.objects.exists()


def test_submitted_or_closed_application_takes_no_records(complete, owner, at):
    held = receive(complete, owner, row())
    before = rounds.database_now()
    at(complete.round.closes_at + timedelta(seconds=1))
    with pytest.raises(RoundClosed):
        project_imports.add(held, member=owner, without_repeats=True)
    at(before)
    submit(complete, owner)
    with pytest.raises(InvalidTransition):
        project_imports.add(held, member=owner, without_repeats=True)
    assert len(entries(complete)) == 1


def test_table_without_rows_or_with_a_column_twice_is_refused(draft, owner):
    with pytest.raises(UnreadableTable, match="no row below"):
        receive(draft, owner)
    with pytest.raises(UnreadableTable, match="Row 1 names the column “Factory” twice"):
        project_imports.receive(draft, uploaded(b"factory,city,Factory\na,b,c\n"), member=owner)
    assert not ProjectImport.objects.exists()


def test_ten_thousand_rows_are_answered_with_a_sentence(client_for, mei, draft):
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    sheet.append([project_sheets.heading(name) for name in projects.FIELDS])
    for number in range(10_000):
        sheet.append(
            [
                row(factory_name=f"Works {number * 7919 % 104729}").get(name, number)
                for name in projects.FIELDS
            ]
        )
    book.save(file)
    began = time.monotonic()
    page = client_for(mei).post(
        address("project_import", draft), {"file": uploaded(file.getvalue(), "big.xlsx")}
    )
    assert time.monotonic() - began < 20
    assert page.status_code == 422
    assert "The sheet has 10000 rows" in page.content.decode()
    assert not ProjectImport.objects.exists()


# Round trip: what the portal writes, it reads back as the same.
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp", "Cf", "Co"]), max_size=30)
DAY = st.dates().map(lambda day: {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"})
NUMBER = st.one_of(
    st.integers(0, 10**11).map(str),
    st.decimals(0, 10**9, places=2).map(str),
    st.sampled_from(["１２", "1,200", "about 12", "=1+1", "0.10", "1e5"]),
)
RECORD = st.fixed_dictionaries(
    dict.fromkeys(projects.TEXTS, LINE)
    | {name: st.sampled_from(["", "not a choice", *kind.values]) for name, kind in projects.CHOICES.items()}
    | {name: st.one_of(DAY, st.just({"day": "", "month": "", "year": ""})) for name in projects.DATES}
    | {name: st.one_of(st.just(""), NUMBER) for name in projects.RESULTS}
)


def came_back(table):
    columns = [project_sheets.column_of(each) for each in table.headings]
    return [project_imports.entered(columns, cells) for _number, cells in table.rows]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_records_come_back_as_they_were(kind, language):
    @settings(
        max_examples=8 if kind == "xlsx" else 60, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(RECORD, min_size=1, max_size=4))
    def check(records):
        with translation.override(language):
            if kind == "csv":
                content = "".join(project_sheets.csv_lines(records)).encode()
            else:
                content = project_sheets.workbook(records).read()
        written = [each for each in records if any(_filled(value) for value in each.values())]
        try:
            table = project_imports.tables.read(
                uploaded(content, f"a.{kind}"), is_heading=project_sheets.is_heading
            )
        except Refused as refused:
            raise AssertionError(refused.code) from refused
        assert came_back(table) == [_whole(each) for each in written]

    check()


def _filled(value):
    return any(map(_filled, value.values())) if isinstance(value, dict) else bool(value.strip())


def _whole(entered):
    """A date has no leading zeros where it comes back."""
    return {
        name: {part: text.lstrip("0") for part, text in value.items()} if isinstance(value, dict) else value
        for name, value in entered.items()
    }


# Through HTTP


@pytest.fixture
def browser(client_for, mei):
    return client_for(mei)


def address(name, application, *more, language="en"):
    with translation.override(language):
        return reverse(f"applications:{name}", args=[application.uuid, *more])


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split("<body", 1)[1]).split())


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


def test_adding_three_rows_costs_what_one_costs(draft, owner):
    counts = []
    for many in (1, 3):
        held = receive(draft, owner, *(row(factory_name=f"Works {many} {number}") for number in range(many)))
        with CaptureQueriesContext(connection) as queries:
            project_imports.add(held, member=owner, without_repeats=True)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16

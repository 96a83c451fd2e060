"""Project records from a spreadsheet: read, shown, then added together or not at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from applications import rounds
from applications.drafts import project_imports, project_sheets, projects
from applications.errors import ImportGone, InvalidTransition, RoundClosed, TooManyRecords, UnreadableTable
from applications.models import ProjectImport, ProjectRecord
from portal import retention
from portal.audit.models import Event
from tests.applications.conftest import submit
from tests.applications.drafts.sheets import FULL, entries, receive, row, uploaded

pytestmark = pytest.mark.django_db
DATES = ["2026-03-31", "31/3/2026", "31.3.2026", "31 Mar 2026", "2026年3月31日"]


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
    assert [(each.heading, each.typed, each.sentence) for each in marks] == [
        ("Start", typed, "Enter a real date, day before month, for example 2026-03-31 or 31/3/2026.")
    ]
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


def test_dates_that_are_told_can_be_read_and_headings_bracket_as_their_language_does(draft, owner):
    held = receive(draft, owner, row(started_on="2025-06-01", finished_on="1/1/2024", energy_kwh="lots"))
    found = {}
    for language in ("en", "zh-hant", "zh-hans"):
        with translation.override(language):
            found[language] = [(each.heading, each.typed) for each in project_imports.lines(held)[0].marks]
    assert found["en"] == [("Energy saved (kWh a year)", "lots"), ("Completion", "1 January 2024")]
    assert found["zh-hant"] == [("節省能源（千瓦時／年）", "lots"), ("完成日期", "2024年1月1日")]
    assert found["zh-hans"] == [("节省能源（千瓦时／年）", "lots"), ("完成日期", "2024年1月1日")]


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


def test_adding_three_rows_costs_what_one_costs(draft, owner):
    counts = []
    for many in (1, 3):
        held = receive(draft, owner, *(row(factory_name=f"Works {many} {number}") for number in range(many)))
        with CaptureQueriesContext(connection) as queries:
            project_imports.add(held, member=owner, without_repeats=True)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16

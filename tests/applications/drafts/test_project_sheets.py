"""What the portal writes into a sheet, it reads back as the same."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.drafts import project_imports, project_sheets, projects
from portal.files.refusals import Refused
from tests.applications.drafts.sheets import uploaded

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


def test_every_heading_names_one_column():
    for language in ("en", "zh-hant", "zh-hans"):
        with translation.override(language):
            found = [project_sheets.column_of(project_sheets.heading(name)) for name in projects.FIELDS]
            labels = [{str(label) for _code, label in kind.choices} for kind in projects.CHOICES.values()]
        assert found == list(projects.FIELDS)
        assert [len(each) for each in labels] == [len(kind.choices) for kind in projects.CHOICES.values()]


def came_back(table):
    columns = [project_sheets.column_of(each) for each in table.headings]
    return [project_imports.entered(columns, cells) for _number, cells in table.rows]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_records_come_back_as_they_were(kind, language):
    @settings(
        max_examples=3 if kind == "xlsx" else 60, deadline=None, suppress_health_check=list(HealthCheck)
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
    """Where it comes back a date has no leading zeros, and what is nothing but spaces is nothing."""
    return {name: _as_it_comes(value) for name, value in entered.items()}


def _as_it_comes(value):
    if isinstance(value, dict):
        return {part: text.lstrip("0") for part, text in value.items()}
    return value if value.strip() else ""

"""Project records from a table: the only writer of ProjectImport.

Between the upload and the press that adds the records a person sees every row. What cannot be understood is
kept as typed and marked, like anything else in a draft; a file without known headings is refused whole.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.drafts import drafting, project_sheets, projects
from applications.errors import ImportGone, TooManyRecords, UnreadableTable
from applications.models import Application, ProjectImport
from applications.questions import answers
from portal import dates
from portal.audit import trail
from portal.dates import MONTHS_EN
from portal.files import tables

KEPT_FOR = timedelta(hours=24)
# A closed preview still says what became of it, then it goes.
FORGOTTEN_AFTER = timedelta(days=7)
MONTHS = {
    word: number
    for number, name in enumerate(MONTHS_EN, 1)
    for word in (name.casefold(), name[:3].casefold())
} | {"sept": 9}
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
MONTH_NAMED = re.compile(r"(\d{1,2})[\s-]*([a-z]{3,9})\.?,?[\s-]*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class Mark:
    """One thing to put right in a row: which column, what stands there, and what to do."""

    heading: str
    typed: str
    sentence: str


@dataclass(frozen=True)
class Line:
    number: int  # of the row in the sheet
    entered: dict
    marks: list[Mark]
    same_as_row: int | None = None
    is_there_already: bool = False

    @property
    def is_repeat(self) -> bool:
        return self.is_there_already or self.same_as_row is not None


def receive(application: Application, upload, *, member) -> ProjectImport:
    """Read the upload and keep its rows for a preview.

    Raises portal.files.refusals.Refused, UnreadableTable or TooManyRecords.
    """
    table = tables.read(upload, is_heading=project_sheets.is_heading, most=projects.MOST)
    columns = [project_sheets.column_of(each) for each in table.headings]
    _demand_one_column_each(table, columns)
    if not table.rows:
        raise UnreadableTable(
            _("There is no row below the headings. Fill in the template and upload it again.")
        )
    _demand_room(application, table)
    now = rounds.database_now()
    return ProjectImport.objects.create(
        application=application,
        user=member.user,
        file_name=table.name,
        content={
            "rows": [{"number": number, "entered": entered(columns, cells)} for number, cells in table.rows],
            "unknown": [
                text
                for text, name in zip(table.headings, columns, strict=True)
                if name is None and text.strip()
            ],
            "missing": [name for name in projects.REQUIRED if name not in columns],
            "encoding": table.encoding,
        },
        created_at=now,
        expires_at=now + KEPT_FOR,
    )


def _demand_one_column_each(table, columns):
    twice = [name for name in projects.FIELDS if columns.count(name) > 1]
    if twice:
        raise UnreadableTable(
            _("Row %(row)d names the column “%(column)s” twice. Remove one of the two and upload again.")
            % {"row": table.heading_row, "column": project_sheets.heading(twice[0])}
        )


def _demand_room(application, table):
    room, count = projects.room_in(application), len(table.rows)
    if count <= room and not table.more:
        return
    sentence = (
        _(
            "The sheet has more than %(count)d rows. An application holds at most %(most)d project records, "
            "and this one takes %(room)d more. Keep the rows that matter most and upload again."
        )
        if table.more
        else _(
            "The sheet has %(count)d rows. An application holds at most %(most)d project records, and this "
            "one takes %(room)d more. Keep the rows that matter most and upload again."
        )
    )
    raise TooManyRecords(sentence % {"count": count, "most": projects.MOST, "room": room})


def entered(columns: list[str | None], cells: list[str]) -> dict:
    """One row as the form would have sent it."""
    typed = {
        name: answers.as_typed(text) for name, text in zip(columns, cells, strict=False) if name is not None
    }
    return {name: _as_entered(name, typed.get(name, "")) for name in projects.FIELDS}


def _as_entered(name, text):
    if name in projects.DATES:
        return as_date(text)
    if name in projects.CHOICES:
        return project_sheets.code_of(name, text) or text
    return text


def as_date(text: str) -> dict:
    """{"day", "month", "year"}; what is no date stays whole where a person finds it, in `day`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _numbers(plain)
    if found is None:
        return {"day": text, "month": "", "year": ""}
    year, month, day = found
    return {"day": str(day), "month": str(month), "year": str(year)}


def _numbers(plain):
    """(year, month, day) of a real date in one of the five ways of writing."""
    if match := YEAR_FIRST.fullmatch(plain):
        year, month, day = map(int, match.groups())
    elif match := DAY_FIRST.fullmatch(plain):
        day, month, year = map(int, match.groups())
    elif match := MONTH_NAMED.fullmatch(plain):
        day, month, year = int(match[1]), MONTHS.get(match[2].casefold(), 0), int(match[3])
    else:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return year, month, day


def lines(held: ProjectImport) -> list[Line]:
    """Every row with its marks in the active language, and whether it repeats another."""
    present = {_likeness(each.entered) for each in held.application.projects.all()}
    seen, found = {}, []
    for row in held.content["rows"]:
        likeness = _likeness(row["entered"])
        found.append(
            Line(
                row["number"],
                row["entered"],
                _marks(row["entered"]),
                same_as_row=seen.get(likeness),
                is_there_already=likeness in present,
            )
        )
        seen.setdefault(likeness, row["number"])
    return found


def _marks(entered):
    return [
        Mark(
            project_sheets.heading(name),
            _shown(name, entered[name]),
            _in_a_sheet(name, entered[name], sentence),
        )
        for name, sentence in projects.problems(entered).items()
    ]


def _shown(name, value):
    if name in projects.CHOICES:
        return ""  # the sentence about a choice names what stands there already
    day = answers.typed_date(value) if name in projects.DATES else None
    return dates.day(day) if day else _typed(value)


def _in_a_sheet(name, value, sentence):
    """A form has a box for the day, one for the month and one for the year; a sheet has one cell."""
    if name in projects.DATES and not answers.is_blank(value) and answers.typed_date(value) is None:
        return str(_("Enter a real date, day before month, for example 2026-03-31 or 31/3/2026."))
    return sentence


def _typed(value):
    return " ".join(filter(None, value.values())) if isinstance(value, dict) else value


def _likeness(entered):
    """The same for records that say the same, however they are spelt."""
    columns = projects.understood(entered)
    return json.dumps(
        [
            str(columns[name])
            if columns[name] not in ("", None) and name not in projects.TEXTS
            else " ".join(unicodedata.normalize("NFKC", _typed(entered.get(name, ""))).casefold().split())
            for name in projects.FIELDS
        ]
    )


@transaction.atomic
def add(held: ProjectImport, *, member, without_repeats: bool) -> int:
    """Add the rows of the preview, all or none, and return how many; a second press adds nothing.

    Raises ImportGone, TooManyRecords, InvalidTransition or RoundClosed.
    """
    now = drafting.lock_for_change(held.application, member=member)
    fresh = ProjectImport.objects.select_for_update(of=("self",), no_key=True).get(pk=held.pk)
    if fresh.closed_at:
        return 0
    if fresh.expires_at <= now:
        raise ImportGone(_("This preview was kept for 24 hours. Upload the file again to go on."))
    fresh.application = held.application
    wanted = [each.entered for each in lines(fresh) if not (without_repeats and each.is_repeat)]
    projects.add_many(held.application, wanted, member=member)
    _close(fresh, now)
    trail.record(
        "application.projects_imported",
        obj_kind="application",
        obj_uuid=held.application.uuid,
        actor=member.user,
        changed=["projects"],
    )
    return len(wanted)


@transaction.atomic
def cancel(held: ProjectImport) -> None:
    """Forget the rows; nothing was added."""
    _close(held, rounds.database_now())


def _close(held, now):
    held.closed_at, held.content = now, {**held.content, "rows": []}
    held.save(update_fields=["closed_at", "content"])

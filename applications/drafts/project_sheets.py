"""Project records as a table: the names of its columns in every language, the template, the records in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from applications.drafts import projects
from applications.questions import answers
from portal import spreadsheets

WIDTHS = {"factory_name": 34, "technology": 44, "project_type": 34, "industry": 26}
WIDTH = 18
HEAD = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="0B4A53")}
# Numbers that come back from a spreadsheet letter for letter; others stay text.
PLAIN = re.compile(r"(0|[1-9]\d{0,11})(\.\d?[1-9])?")


def heading(name: str) -> str:
    """As the form names the field, with the unit of a result."""
    label = projects.label(name)
    label = label[:1].upper() + label[1:]
    unit = projects.UNITS.get(name)
    if not unit:
        return label
    return pgettext("heading of a column", "%(label)s (%(unit)s)") % {"label": label, "unit": unit}


def column_of(text: str) -> str | None:
    """The field that a heading stands for, in whichever of our languages; its code will do as well."""
    return _columns().get(_folded(text.partition("(")[0].partition("（")[0]))


def is_heading(text: str) -> bool:
    return column_of(text) is not None


def code_of(name: str, text: str) -> str | None:
    """The code of a choice given as code or in any of our languages."""
    return _codes(name).get(_folded(text))


@cache
def _columns():
    found = {_folded(name): name for name in projects.FIELDS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {_folded(projects.label(name)): name for name in projects.FIELDS}
    return found


@cache
def _codes(name):
    choices = projects.CHOICES[name].choices
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {_folded(str(label)): code for code, label in choices}
    return found | {_folded(code): code for code, _label in choices}


def _folded(text):
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("*", "").split())


def rules() -> list[tuple[str, str, str]]:
    """(heading, needed or optional, what to enter) of each column."""
    needed, optional = _("needed"), _("optional")
    return [
        (heading(name), needed if name in projects.REQUIRED else optional, _rule(name))
        for name in projects.FIELDS
    ]


def _rule(name):
    if name in projects.CHOICES:
        return _("One of the choices, in words or as its code.")
    if name in projects.DATES:
        return _("A date, day before month: 2026-03-31, 31/3/2026, 31.3.2026, 31 Mar 2026 or 2026年3月31日.")
    if name in projects.RESULTS:
        return _("A number without its unit, for example 12 or 12.5.")
    return _("Text of up to %(limit)d characters.") % {"limit": projects.TEXTS[name]}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(code, words)]) of each column that takes one of several choices."""
    return [
        (heading(name), [(code, str(label)) for code, label in kind.choices])
        for name, kind in projects.CHOICES.items()
    ]


def csv_lines(entries: Iterable[dict]) -> Iterator[str]:
    rows = ([_as_text(name, each.get(name)) for name in projects.FIELDS] for each in entries)
    return spreadsheets.csv_lines(_with_headings(rows))


def _with_headings(rows):
    yield [heading(name) for name in projects.FIELDS]
    yield from rows


def workbook(entries: Iterable[dict]):
    """An open file: the records below their headings, what to enter, and the choices to pick from."""
    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(_("Project records"))
    picks = _sheet_name(_("Choices"))
    _shape(sheet, picks)
    sheet.append([_head(sheet, heading(name)) for name in projects.FIELDS])
    for each in entries:
        sheet.append([_cell(sheet, name, each.get(name)) for name in projects.FIELDS])
    _write_rules(book)
    _write_choices(book, picks)
    return spreadsheets.saved(book)


def _shape(sheet, picks):
    sheet.freeze_panes = "A2"
    for place, name in enumerate(projects.FIELDS, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = WIDTHS.get(name, WIDTH)
        if name in projects.DATES:
            column.number_format = "yyyy-mm-dd"
        elif name not in projects.RESULTS:
            column.number_format = "@"
    for place, (name, kind) in enumerate(projects.CHOICES.items(), 1):
        letter, own = get_column_letter(place), get_column_letter(projects.FIELDS.index(name) + 1)
        listed = f"{quote_sheetname(picks)}!${letter}$2:${letter}${len(kind.choices) + 1}"
        # A hint only: what is typed beside the list is judged by the preview, not by the spreadsheet.
        pick = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=False)
        pick.add(f"{own}2:{own}{projects.MOST + 1}")
        sheet.add_data_validation(pick)


def _write_rules(book):
    sheet = book.create_sheet(_sheet_name(_("How to fill in")))
    for letter, width in zip("ABC", (34, 14, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    heads = [pgettext("of a table", "Column"), _("Needed?"), _("What to enter")]
    sheet.append([_head(sheet, text) for text in heads])
    for row in rules():
        sheet.append([spreadsheets.text_cell(sheet, text) for text in row])


def _write_choices(book, name):
    sheet = book.create_sheet(name)
    listed = choices()
    for place in range(len(listed)):
        sheet.column_dimensions[get_column_letter(place + 1)].width = 34
    sheet.append([_head(sheet, head) for head, _codes in listed])
    for place in range(max(len(codes) for _head, codes in listed)):
        sheet.append(
            [
                spreadsheets.text_cell(sheet, codes[place][1] if place < len(codes) else "")
                for _head, codes in listed
            ]
        )


def _sheet_name(text):
    return text[:31]


def _head(sheet, text):
    cell = WriteOnlyCell(sheet, value=text)
    cell.font, cell.fill = HEAD["font"], HEAD["fill"]
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet, name, value):
    text = _as_text(name, value)
    if name in projects.DATES and answers.typed_date(value or {}):
        cell = WriteOnlyCell(sheet, value=answers.typed_date(value))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if name in projects.RESULTS and PLAIN.fullmatch(text):
        return WriteOnlyCell(sheet, value=float(text) if "." in text else int(text))
    return spreadsheets.text_cell(sheet, text)


def _as_text(name, value):
    if answers.is_blank(value):
        return ""
    if name in projects.DATES:
        day = answers.typed_date(value)
        return day.isoformat() if day else " ".join(filter(None, value.values()))
    if name in projects.CHOICES:
        return str(dict(projects.CHOICES[name].choices).get(value, value))
    return value

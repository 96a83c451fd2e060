"""Tables that somebody uploads to be read at once: Excel workbooks, and text in whatever encoding it came."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from portal.files import intake, refusals, structure
from portal.files.inspection.table import MAX_COLUMNS, MAX_ROWS
from portal.files.policy import MEGABYTE, SlotPolicy
from portal.files.refusals import Refused

POLICY = SlotPolicy(types=("xlsx", "csv"), max_size=5 * MEGABYTE)
LINKED_FLAGS = {"external_content", "dde"}
HEADINGS_WITHIN = 10
MOST = MAX_ROWS - HEADINGS_WITHIN - 1
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What Excel in Hong Kong and on the Mainland saves; the wider table of each family is tried first.
TRADITIONAL, SIMPLIFIED = ("big5hkscs", "cp950"), ("gb18030",)
# The rows of each standard that hold the characters in daily use.
DAILY_USE = {"big5": (0xA4, 0xC6), "gb2312": (0xB0, 0xD7)}
DELIMITERS = (",", ";", "\t")
ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "big5hkscs": "Big5",
    "cp950": "Big5",
    "gb18030": "GB18030",
}


@dataclass(frozen=True)
class Table:
    name: str  # of the file
    headings: list[str]
    heading_row: int
    rows: list[tuple[int, list[str]]]  # (row number as the sheet shows it, cells), only rows with content
    encoding: str = ""  # for people; empty for a workbook
    more: bool = field(default=False)  # rows were left unread


def read(upload, *, is_heading: Callable[[str], bool], most: int = MOST) -> Table:
    """The first table of the upload that has at least two known headings in one of its first rows.

    `most` is how many rows below the headings the caller can use; a table with more than that is read no
    further, and says so in `more`. Nothing is stored. Raises Refused with the sentence for the user.
    """
    with intake.checked(upload, POLICY) as seen:
        if seen.type_code == "xlsx":
            return _from_workbook(seen, is_heading, most)
        seen.copy.seek(0)
        return _from_text(seen.copy.read(), seen.name, is_heading, most)


def _from_workbook(seen, is_heading, most):
    if LINKED_FLAGS.intersection(seen.flags):
        raise Refused(refusals.LINKED)
    result = structure.inspect("portal.files.inspection.table", seen.copy.name, str(_with_headings(most)))
    for sheet in result["sheets"]:
        rows = [(number, cells) for number, cells in sheet["rows"]]
        place = _heading_place(rows, is_heading)
        if place is not None:
            return _table(seen.name, rows, place, most, more=sheet["more"])
    raise Refused(refusals.NO_TABLE)


def _with_headings(most):
    """So many rows that one too many is seen wherever among the first ones the headings stand."""
    return HEADINGS_WITHIN + most + 1


def _from_text(content, name, is_heading, most):
    """The reading of the bytes under which most headings are known; daily-use characters decide a tie."""
    best = None
    for encoding, text in _decoded(content):
        for delimiter in DELIMITERS:
            rows, more = _split(text, delimiter, _with_headings(most))
            place = _heading_place(rows, is_heading)
            known = 0 if place is None else sum(map(is_heading, rows[place][1]))
            mark = (known, _likeness(text, encoding))
            if best is None or mark > best[0]:
                best = (mark, encoding, rows, place, more)
    if best is None:
        raise Refused(refusals.TEXT_UNREADABLE)
    _mark, encoding, rows, place, more = best
    if place is None:
        raise Refused(refusals.NO_TABLE)
    return _table(name, rows, place, most, more=more, encoding=ENCODING_NAMES[encoding])


def _decoded(content: bytes) -> Iterator[tuple[str, str]]:
    """Every encoding in which the bytes make sense, at most one of each family."""
    for mark, encoding in BOMS.items():
        if content.startswith(mark):
            yield from _try(content, (encoding,))
            return
    if b"\0" in content:
        even, odd = content[::2].count(0), content[1::2].count(0)
        yield from _try(content, ("utf-16-le" if odd > even else "utf-16-be",))
        return
    utf8 = list(_try(content, ("utf-8",)))
    if utf8:
        yield from utf8
        return
    yield from _try(content, TRADITIONAL)
    yield from _try(content, SIMPLIFIED)


def _try(content, encodings):
    for encoding in encodings:
        try:
            yield encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return


def _likeness(text, encoding):
    """The share of characters beyond ASCII that stand among the daily ones of their standard."""
    standard = {"big5hkscs": "big5", "cp950": "big5", "gb18030": "gb2312"}.get(encoding)
    if standard is None:
        return 1.0
    beyond = [sign for sign in text[:20_000] if sign > "\x7f"]
    first, last = DAILY_USE[standard]
    lead = [sign.encode(standard, "ignore")[:1] for sign in beyond]
    return sum(first <= each[0] <= last for each in lead if each) / max(len(beyond), 1)


def _split(text, delimiter, most):
    """Rows with content under the number of the line on which each begins in a spreadsheet: its row."""
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            cells = cells[:MAX_COLUMNS]
            if any(cell.strip() for cell in cells):
                if len(rows) == most:
                    return rows, True
                rows.append((number, [_unguarded(cell) for cell in cells]))
    except csv.Error:
        raise Refused(refusals.TABLE_TOO_LARGE) from None
    return rows, False


def _unguarded(cell):
    """Without the apostrophe that keeps a spreadsheet from taking text for a formula."""
    return cell[1:] if cell.startswith("'") and needs_guard(cell[1:]) else cell


def needs_guard(text: str) -> bool:
    """Would a spreadsheet take the text of a CSV file for a formula, or for one guarded already?"""
    return text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or text.startswith("'")


def _heading_place(rows, is_heading):
    for place, (_number, cells) in enumerate(rows[:HEADINGS_WITHIN]):
        if sum(map(is_heading, cells)) >= 2:
            return place
    return None


def _table(name, rows, place, most, *, more, encoding=""):
    number, headings = rows[place]
    below = rows[place + 1 :]
    return Table(name, headings, number, below[:most], encoding, more or len(below) > most)

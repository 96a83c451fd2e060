"""Writing tables that people open in a spreadsheet: whatever a cell holds, it is text and is never run."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from openpyxl.cell import WriteOnlyCell

from portal.files.tables import needs_guard

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


class _Echo:
    def write(self, line):
        return line


def csv_lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """CSV in UTF-8, line by line. Text that would be taken for a formula gets an apostrophe before it."""
    # Without the mark, spreadsheets read Chinese as something else.
    yield codecs.BOM_UTF8.decode()
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([guarded(value) for value in row])


def guarded(value) -> str:
    text = str(value)
    return f"'{text}" if needs_guard(text) else text


def text_cell(sheet, value) -> WriteOnlyCell:
    """A cell that is text by its type: `=1+1` stays what somebody typed."""
    cell = WriteOnlyCell(sheet, value=_printable(value))
    cell.data_type = "s"
    return cell


def saved(book) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _printable(value):
    return "".join(sign for sign in str(value) if sign.isprintable() or sign in "\n\t\u3000\xa0")

"""Print the cells of a workbook as text: `python -m portal.files.inspection.table PATH MOST`.

Prints {"code", "sheets": [{"name", "rows": [[row number, [text, …]], …], "more"}]}; only rows with content,
at most MOST of each sheet. Rows beyond are not read: a table that is refused for its length costs no more
than one that is just short enough.
Formulas are never evaluated: their cell is the value that the program which saved the file left there.
"""

import json
import resource
import sys
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from itertools import repeat, zip_longest

from openpyxl import load_workbook

from portal.files.inspection.findings import Found

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 12
MAX_SHEETS = 4
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CHARACTERS = 8_000_000


def main(path, most):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        result = {"code": "", "sheets": read(path, int(most))}
    except Found as found:
        result = {"code": found.code}
    except MemoryError:
        result = {"code": "table_too_large"}
    except Exception:  # whatever openpyxl makes of a part that is not what it should be
        result = {"code": "damaged"}
    json.dump(result, sys.stdout)


def read(path, most):
    room = Room()
    book = _open(path, data_only=True)
    typed = _open(path, data_only=False) if _has_formulas(path) else None
    sheets = []
    for sheet in book.worksheets[:MAX_SHEETS]:
        rows, more = _rows(sheet, typed[sheet.title] if typed else None, room, most)
        sheets.append({"name": sheet.title, "rows": rows, "more": more})
    return sheets


def _open(path, **options):
    # Read-only: rows come one by one, and links, drawings and macros are not looked at. Given a file and not
    # its path, openpyxl does not ask for an ending of the name.
    return load_workbook(open(path, "rb"), read_only=True, keep_links=False, **options)


def _has_formulas(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                with archive.open(name) as part:
                    before = b""
                    while chunk := part.read(1024 * 1024):
                        if b"<f>" in before + chunk or b"<f " in before + chunk:
                            return True
                        before = chunk[-3:]
    return False


class Room:
    """How much may still be read. Rows beyond it are only noticed; text beyond it is refused."""

    def __init__(self):
        self.rows, self.characters = MAX_ROWS, MAX_CHARACTERS

    @property
    def is_full(self):
        return self.rows <= 0

    def take(self, cells):
        self.rows -= 1
        self.characters -= sum(map(len, cells))
        if self.characters < 0:
            raise Found("table_too_large")


def _rows(sheet, typed, room, most):
    rows = []
    written = _values(typed) if typed else repeat(())
    for number, (values, formulas) in enumerate(zip(_values(sheet), written, strict=False), 1):
        cells = [
            # A program that never calculated left no value: the formula itself is what was typed.
            _text(formula if value is None else value)
            for value, formula in zip_longest(values, formulas)
        ]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if room.is_full or len(rows) == most:
            return rows, True
        room.take(cells)
        rows.append([number, cells])
    return rows, False


def _values(sheet):
    # The size that the file claims is not to be believed.
    sheet.reset_dimensions()
    return sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)


def _text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return _number(value)
    return str(value)


def _number(value):
    """As a person writes it: no exponent, and no digits that only the binary form has."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Tables of project records, as companies send them."""

import csv
import io
import re
import zipfile

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.drafts import project_imports, project_sheets, projects
from tests.applications.conftest import PROJECT

SHEET = "xl/worksheets/sheet1.xml"
FULL = {name: PROJECT.get(name, "") for name in projects.FIELDS}


def sheet_of(*rows, headings=None, encoding="utf-8-sig"):
    """A CSV file with the English headings, or others, and rows of {field: text}."""
    names = list(headings or {name: project_sheets.heading(name) for name in projects.FIELDS})
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow((headings or {name: project_sheets.heading(name) for name in names}).values())
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return file.getvalue().encode(encoding)


def long_workbook(row, count):
    """An Excel file with the English headings and the same row over and over, written in no time."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([project_sheets.heading(name) for name in projects.FIELDS])
    book.active.append([row.get(name, "") for name in projects.FIELDS])
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts[SHEET].decode()
    begin, end = sheet.index('<row r="2"'), sheet.index("</sheetData>")
    cells = sheet[sheet.index("<c", begin) : sheet.index("</row>", begin)]
    cells = re.sub(r' r="[^"]*"', "", cells)
    rows = "".join(f'<row r="{number}">{cells}</row>' for number in range(2, count + 2))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts, SHEET: sheet[:begin] + rows + sheet[end:]}.items():
            archive.writestr(name, part)
    return target.getvalue()


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

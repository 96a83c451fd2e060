"""Tables of project records, as companies send them."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.drafts import project_imports, project_sheets, projects
from tests.applications.conftest import PROJECT

FULL = {name: PROJECT.get(name, "") for name in projects.FIELDS}


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

"""One submission as an officer reads it, in the words of the active language.

Rendered from the form version that the submission was made with, never from the round as it stands now.
"""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from applications import answers, projects
from applications.models import Submission
from applications.versions import CONTACTS
from portal.files.models import StoredFile
from portal.texts import Text, localized


@dataclass(frozen=True)
class Line:
    label: Text
    text: str
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    uid: str
    title: Text  # empty where nobody gave it a name
    lines: list[Line]


@dataclass(frozen=True)
class Slot:
    uid: str
    name: Text
    required: bool
    files: list[StoredFile]


def parts(submission: Submission) -> list[Part]:
    """All sections with every question that was asked, answered or not."""
    given = submission.content["answers"]
    values = {key: value for data in given.values() for key, value in data.items()}
    return [
        Part(
            section["uid"],
            localized(section, "title"),
            _lines(section, given.get(section["uid"], {}), values),
        )
        for section in submission.form_version.definition["sections"]
    ]


def project_records(submission: Submission) -> list[Part]:
    return [
        Part(each["uuid"], _project_title(each["entered"]), _project_lines(each["entered"]))
        for each in submission.content["projects"]
    ]


def slots(submission: Submission, files: list[StoredFile]) -> list[Slot]:
    """The documents of a submission under the names of their requirements, asked ones first."""
    held: dict[str, list[StoredFile]] = {}
    for stored in files:
        held.setdefault(stored.slot, []).append(stored)
    asked = [
        Slot(each["uid"], localized(each, "name"), each["required"], held.pop(each["uid"], []))
        for each in submission.form_version.definition["documents"]
    ]
    return asked + [Slot(uid, Text("", "en", False), False, rows) for uid, rows in held.items()]


def contacts(submission: Submission) -> list[Line]:
    """Whom the Secretariat may ask, as far as it was answered."""
    return [line for part in parts(submission) if part.uid == CONTACTS for line in part.lines if line.text]


def names(identity) -> list[Text]:
    """The company's names, the reader's own language first, each different name once.

    `identity` is a Provider or the frozen identity of a submission.
    """
    first = localized(identity, "name")
    others = (localized(identity, "name", code) for code in ("en", "zh-hant", "zh-hans"))
    found = {first.text: first}
    for other in others:
        found.setdefault(other.text, other)
    return list(found.values())


def _lines(section, data, values):
    asked = [question for question in section["questions"] if answers.applies(question, values)]
    return [_line(question, data.get(question["key"])) for question in asked]


def _line(question, value):
    label = localized(question, "label")
    if question["kind"] != "table":
        return Line(label, answers.shown(question, value))
    heads, rows = answers.shown_table(question, value)
    return Line(label, "", heads=heads, rows=rows)


def _project_title(entered):
    words = (entered.get("project_number"), entered.get("factory_name"))
    return _ours(" ".join(word.strip() for word in words if word and word.strip()))


def _project_lines(entered):
    return [
        Line(_ours(projects.label(name)), _project_text(name, entered.get(name))) for name in projects.FIELDS
    ]


def _project_text(name, value):
    if answers.is_blank(value):
        return ""
    if name in projects.CHOICES:
        return str(dict(projects.CHOICES[name].choices).get(value, value))
    if name in projects.DATES:
        return answers.shown({"kind": "date"}, value)
    return f"{value} {projects.UNITS[name]}" if name in projects.UNITS else value


def _ours(text):
    """A text of the portal's own, or one whose language nobody knows: in the language of the page."""
    return Text(text, get_language() or "en", False)

"""Frozen contents as rows to read: one shape for check answers, receipts, copies and case pages."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.drafts import projects
from applications.questions import answers
from portal.accounts import telephones
from portal.accounts.models import Provider
from portal.files.models import StoredFile
from portal.files.policy import TYPES, size_text
from portal.texts import Text, colon, localized

IDENTITY_LANGUAGES = {"name_en": "en", "name_zh_hant": "zh-hant", "name_zh_hans": "zh-hans"}
NOT_PROVIDED = gettext_lazy("Not provided")
GUIDANCE_HEADINGS = {
    "guidance": gettext_lazy("What is asked"),
    "why": gettext_lazy("Why it is asked"),
    "good": gettext_lazy("What a good answer shows"),
    "example": gettext_lazy("An invented example"),
}


@dataclass(frozen=True)
class Row:
    """`label` is text, or empty where `question` carries it in three languages. No text: not provided."""

    label: str = ""
    text: str = ""
    question: dict | None = None
    language: str = ""
    heads: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    key: str = ""

    @property
    def labelled_lines(self) -> list[list[tuple[str, str]]]:
        """Every line as (head, cell) pairs: on a phone each cell names its own column."""
        return [list(zip(self.heads, line, strict=True)) for line in self.lines]

    @property
    def told_lines(self) -> list[str]:
        """Every line as one sentence, for paper: what stands in each column, where anything does."""
        return [
            " · ".join(f"{head}{colon()}{cell}" for head, cell in line if cell)
            for line in self.labelled_lines
        ]


@dataclass(frozen=True)
class Guidance:
    heading: str
    text: Text


@dataclass(frozen=True)
class Part:
    uid: str
    section: dict
    rows: list[Row]


def guidance(question: dict) -> list[Guidance]:
    """The parts of a question's guidance that are filled in, in the reader's language."""
    texts = ((heading, localized(question, name)) for name, heading in GUIDANCE_HEADINGS.items())
    return [Guidance(str(heading), text) for heading, text in texts if text.text]


def identity_rows(identity: dict) -> list[Row]:
    rows = []
    for name, value in identity.items():
        if name == "verification":
            continue
        label = str(Provider._meta.get_field(name).verbose_name)
        label = label[:1].upper() + label[1:]
        text = telephones.display(value) if value and name == "telephone" else str(value or "")
        rows.append(Row(label=label, text=text, language=IDENTITY_LANGUAGES.get(name, ""), key=name))
    return rows


def parts(definition: dict, answers_by_section: dict) -> list[Part]:
    """Every section with its questions that were asked, answered or not, in the order of the form."""
    values = {key: value for data in answers_by_section.values() for key, value in data.items()}
    return [
        Part(
            uid=section["uid"],
            section=section,
            rows=[
                _row(question, answers_by_section.get(section["uid"], {}).get(question["key"]))
                for question in section["questions"]
                if answers.applies(question, values)
            ],
        )
        for section in definition["sections"]
    ]


def _row(question, value):
    if question["kind"] == "table":
        heads, lines = answers.shown_table(question, value)
        return Row(question=question, heads=heads, lines=lines, key=question["key"])
    return Row(question=question, text=answers.shown(question, value), key=question["key"])


def answer_text(question: dict, value) -> str:
    """One answer as text, a table line by line; empty where nothing was answered."""
    if question["kind"] != "table":
        return answers.shown(question, value)
    _heads, lines = answers.shown_table(question, value)
    return "\n".join(" | ".join(line) for line in lines)


def project_rows(entered: dict) -> list[Row]:
    rows = []
    for name in projects.FIELDS:
        value = entered.get(name)
        if name in projects.CHOICES:
            text = str(dict(projects.CHOICES[name].choices).get(value, value or ""))
        elif name in projects.DATES:
            text = answers.shown({"kind": "date"}, value)
        elif name == "cost_saved_hkd" and not answers.is_blank(value):
            text = _("HK$%(amount)s a year") % {"amount": value}
        elif name in projects.RESULTS and not answers.is_blank(value):
            text = f"{value} {projects.UNITS[name]}"
        else:
            text = value or ""
        label = projects.label(name)
        rows.append(Row(label=label[:1].upper() + label[1:], text=text, key=name))
    return rows


def project_title(number: int, entered: dict) -> str:
    factory = entered.get("factory_name", "").strip()
    if not factory:
        return _("Project %(number)d") % {"number": number}
    return _("Project %(number)d: %(factory)s") % {"number": number, "factory": factory}


def project_parts(frozen_projects: list[dict]) -> list[tuple[str, str, list[Row]]]:
    """(uuid, title, rows) of each."""
    return [
        (each["uuid"], project_title(number, each["entered"]), project_rows(each["entered"]))
        for number, each in enumerate(frozen_projects, 1)
    ]


def document_parts(definition: dict, frozen_files: list[dict]) -> list[tuple[dict, list[dict]]]:
    """(requirement, files) in the order of the form; each file also gets its type and size in words."""
    return [
        (requirement, [_described(each) for each in frozen_files if each["slot"] == requirement["uid"]])
        for requirement in definition["documents"]
    ]


def _described(file):
    kind = TYPES[file["type"]].plain_name if file["type"] in TYPES else file["type"]
    return file | {
        "kind": kind,
        "size_text": size_text(file["size"]),
        "at": datetime.fromisoformat(file["uploaded_at"]),
        "state_text": str(dict(StoredFile.State.choices).get(file["state"], "")),
    }

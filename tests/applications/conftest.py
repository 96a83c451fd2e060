"""One round with every kind of question, and what a provider does in it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import rounds, workflow
from applications.drafts import documents, drafting, projects
from applications.models import DocumentRequirement, EligibilityItem, Question, Round, Section
from applications.questions import versions
from applications.submissions import contents, submission
from portal.accounts.permissions import membership_of
from portal.files import structure
from portal.settings.base import STORAGES
from tests.files.makers import pdf
from tests.services.verdicts import remembered

CHOICES = "air | Air | 空氣 | 空气\nwater | Water | 水 | 水"
QUESTIONS = [
    ("summary", "long_text", {"limit": 50}),
    ("slogan", "short_text", {"required": False}),
    ("staff", "number", {"unit_en": "people", "unit_zh_hant": "人", "unit_zh_hans": "人"}),
    ("turnover", "money", {}),
    ("since", "date", {}),
    ("verified", "yes_no", {}),
    ("verifier", "short_text", {"only_if_key": "verified", "only_if_value": "yes"}),
    ("field", "one_of", {"choices": CHOICES}),
    ("fields", "several_of", {"choices": CHOICES}),
    ("events", "table", {"columns": "what | What | 事項 | 事项\nwhen | When | 時間 | 时间", "limit": 3}),
    ("agreed", "declaration", {}),
]
GOOD = {
    "summary": "We clean exhaust air.",
    "slogan": "",
    "staff": "１２",
    "turnover": {"amount": "1,200", "currency": "HKD"},
    "since": {"day": "1", "month": "4", "year": "2016"},
    "verified": "yes",
    "verifier": "Demo Body",
    "field": "water",
    "fields": ["air", "water"],
    "events": [{"what": "Talk", "when": "May"}],
    "agreed": "yes",
}
CONTACTS = {
    "contact_name": "Demo Contact",
    "contact_post": "Manager",
    "contact_telephone": "+852 2000 0001",
    "contact_email": "contact@demo.example",
    "deputy_name": "",
    "deputy_telephone": "",
    "deputy_email": "",
    "signatory_name": "Demo Signatory",
    "signatory_post": "Director",
}
PROJECT = {
    "project_number": "P-01",
    "factory_name": "Demo Dyeing Works",
    "city": "4419",
    "industry": "textiles",
    "project_type": "dp_i",
    "technology": "Heat recovery",
    "role": "lead",
    "started_on": {"day": "1", "month": "3", "year": "2024"},
    "finished_on": {"day": "30", "month": "9", "year": "2024"},
    "progress": "completed",
    "energy_kwh": "120,000",
}
DECLARATION = submission.Declaration("Demo Signatory", "Director")


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    private = {**STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


@pytest.fixture(autouse=True)
def looked_into_once(monkeypatch):
    monkeypatch.setattr(structure, "check", remembered(structure.check))


def texts(name, word):
    return {f"{name}_en": word, f"{name}_zh_hant": f"{word}繁", f"{name}_zh_hans": f"{word}简"}


def make_round(prefix="DEMO-TS-", *, questions=QUESTIONS, max_files=3, **fields):
    now = rounds.database_now()
    defaults = {
        "year": 2026,
        "state": Round.State.OPEN,
        "opens_at": now - timedelta(days=10),
        "closes_at": now + timedelta(days=10),
        **texts("name", "Demonstration round"),
        **texts("declaration", "All of this is true."),
    }
    made = Round.objects.create(reference_prefix=prefix, **{**defaults, **fields})
    section = Section.objects.create(round=made, sort_order=1, **texts("title", "Your service"))
    for place, (key, kind, more) in enumerate(questions):
        Question.objects.create(
            section=section, sort_order=place, key=key, kind=kind, **texts("label", key.title()), **more
        )
    EligibilityItem.objects.create(round=made, sort_order=1, **texts("text", "Registered?"))
    DocumentRequirement.objects.create(
        round=made, sort_order=1, max_files=max_files, **texts("name", "Certificate")
    )
    DocumentRequirement.objects.create(
        round=made, sort_order=2, required=False, **texts("name", "Photographs")
    )
    versions.publish(made, actor=None)
    return made


@pytest.fixture
def round(db):
    return make_round()


@pytest.fixture
def owner(mei):
    """mei's membership; she owns company A."""
    return membership_of(mei)


@pytest.fixture
def draft(round, owner):
    return workflow.start(round, member=owner)


@pytest.fixture
def complete(draft, owner):
    fill_in(draft, owner)
    return draft


@pytest.fixture
def submitted(complete, owner):
    submit(complete, owner)
    return complete


def own_section(application):
    return application.form_version.definition["sections"][-1]


def save(application, uid, data, member, *, completed=True):
    held = contents.Contents(application)
    base = held.sections[uid].version if uid in held.sections else 0
    return drafting.save_section(
        application, uid, data, base_version=base, member=member, completed=completed
    )


def fill_in(application, member, *, files=1):
    definition = application.form_version.definition
    eligibility = next(each for each in definition["sections"] if each["uid"] == versions.ELIGIBILITY)
    save(application, versions.CONTACTS, CONTACTS, member)
    save(application, versions.ELIGIBILITY, {each["key"]: "yes" for each in eligibility["questions"]}, member)
    save(application, own_section(application)["uid"], GOOD, member)
    projects.add(application, PROJECT, member=member)
    for number in range(files):
        upload(application, member, name=f"certificate {number}.pdf")


def upload(application, member, *, name="certificate.pdf", place=0, content=None, **more):
    return documents.add(
        application,
        application.form_version.definition["documents"][place],
        SimpleUploadedFile(name, content or pdf()),
        member=member,
        **more,
    )


def review_of(application, *, now=None):
    token = submission.mint(
        application,
        fingerprint=contents.Contents(application).fingerprint,
        now=now or rounds.database_now(),
    )
    return submission.read(token, application)


def submit(application, member, *, declaration=DECLARATION):
    return workflow.submit(application, member=member, review=review_of(application), declaration=declaration)


@pytest.fixture
def at(monkeypatch):
    """`at(moment)` sets the database's clock, in its one place."""
    return lambda moment: monkeypatch.setattr(rounds, "database_now", lambda: moment)

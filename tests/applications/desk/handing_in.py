"""Companies that hand in through the portal's own doors."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from applications import workflow
from applications.drafts import drafting, projects
from applications.models import DocumentRequirement, Question, Round, Section
from applications.questions import versions
from applications.submissions import contents, submission
from portal.files import intake, scanning
from portal.files.policy import SlotPolicy
from tests.files.makers import pdf

DRAFT_MARKER = "Demo Unseen Draft"
CONTACTS = {
    "contact_name": "Demo Contact",
    "contact_post": "Manager",
    "contact_telephone": "+852 2000 0001",
    "contact_email": "contact@demo.example",
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


def make_round(prefix="DEMO-TS-", **fields):
    now = timezone.now()
    texts = {
        f"{name}_{suffix}": text
        for name, words in {
            "name": ("Demonstration round", "示範輪次", "示范轮次"),
            "declaration": ("All of this is true.", "以上全屬真實。", "以上全部属实。"),
        }.items()
        for suffix, text in zip(("en", "zh_hant", "zh_hans"), words, strict=True)
    }
    defaults = {
        "year": 2026,
        "state": Round.State.OPEN,
        "opens_at": now - timedelta(days=10),
        "closes_at": now + timedelta(days=10),
    }
    return Round.objects.create(reference_prefix=prefix, **{**defaults, **texts, **fields})


def open_round(prefix="DEMO-TS-", **fields):
    """Open, with one section of three questions and one required document."""
    round = make_round(prefix, **fields)
    section = Section.objects.create(
        round=round, sort_order=1, title_en="Your service", title_zh_hant="服務", title_zh_hans="服务"
    )
    ask = {"section": section, "label_zh_hant": "問題", "label_zh_hans": "问题"}
    Question.objects.create(key="service", kind="long_text", label_en="What do you offer?", **ask)
    Question.objects.create(
        key="field",
        kind="one_of",
        label_en="Main field",
        choices="air | Air | 空氣 | 空气\nwater | Water | 水 | 水",
        **ask,
    )
    Question.objects.create(
        key="staff",
        kind="table",
        required=False,
        label_en="Engineers",
        columns="name | Name | 姓名 | 姓名\nyears | Years | 年資 | 年资",
        **ask,
    )
    DocumentRequirement.objects.create(
        round=round,
        sort_order=1,
        name_en="Certificate",
        name_zh_hant="證書",
        name_zh_hans="证书",
        max_files=3,
    )
    versions.publish(round, actor=None)
    return round


def fill_in(application, membership, *, service="We clean exhaust air.", name="certificate.pdf", pages=2):
    """Answer everything and upload one file per document slot."""
    definition = application.form_version.definition
    answered = {"contacts": CONTACTS}
    own = next(each["uid"] for each in definition["sections"] if each["uid"] != "contacts")
    answered[own] = {"service": service, "field": "water", "staff": [{"name": "Demo Ng", "years": "7"}]}
    held = contents.Contents(application)
    for uid, data in answered.items():
        base = held.sections[uid].version if uid in held.sections else 0
        drafting.save_section(application, uid, data, base_version=base, member=membership, completed=True)
    if not held.projects:
        projects.add(application, PROJECT, member=membership)
    for document in definition["documents"]:
        upload(application, membership, document["uid"], name, pages=pages)


def upload(application, membership, slot, name, *, pages=1):
    stored = intake.receive(
        SimpleUploadedFile(name, pdf(pages)),
        owner_kind=contents.OWNER_KIND,
        owner_uuid=application.uuid,
        slot=slot,
        policy=SlotPolicy(types=("pdf",), max_count=3),
        user=membership.user,
    )
    scanning.scan.call(str(stored.uuid))
    return stored


def submit(application, membership):
    held = contents.Contents(application)
    token = submission.mint(application, fingerprint=held.fingerprint, now=timezone.now())
    return workflow.submit(
        application,
        member=membership,
        review=submission.read(token, application),
        declaration=submission.Declaration("Demo Signatory", "Director"),
    )


def hand_in(round, user, **answers):
    """An application of the user's company, from start to receipt."""
    membership = user.memberships.select_related("provider", "user").get()
    application = workflow.start(round, member=membership)
    fill_in(application, membership, **answers)
    submit(application, membership)
    return application

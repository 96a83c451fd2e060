"""Demonstration companies and their applications, brought into their states by the real functions."""

import io
from dataclasses import dataclass
from uuid import uuid4

import pikepdf
from django.core.files.base import ContentFile

from applications import rounds, workflow
from applications.clarifications import clarifying
from applications.clarifications.clarifying import Asked
from applications.clarifications.reopening import Kind
from applications.demo import office, questions
from applications.drafts import documents, drafting, projects, tasklist
from applications.models import Application, Round, Status
from applications.submissions import contents, submission
from portal.accounts import companies, demo, people
from portal.accounts.models import Membership, Provider, User

ADDRESS = "Unit {n}, Demo Building, Example Road, Hong Kong"


@dataclass(frozen=True)
class DemoCompany:
    code: str
    names: tuple[str, str, str]
    registration: str
    person: str
    language: str
    status: Status


COMPANIES = [
    DemoCompany(
        "green_delta",
        (
            "Demo Green Delta Energy Services Limited",
            "示範綠三角能源服務有限公司",
            "示范绿三角能源服务有限公司",
        ),
        "00000011",
        "Demo Cheung",
        "en",
        Status.SUBMITTED,
    ),
    DemoCompany(
        "pearl_filter",
        ("Demo Pearl Filtration Limited", "示範明珠過濾技術有限公司", "示范明珠过滤技术有限公司"),
        "00000012",
        "示範李先生",
        "zh-hant",
        Status.SUBMITTED,
    ),
    DemoCompany(
        "north_wind",
        ("Demo North Wind Air Systems Limited", "示範北風空氣系統有限公司", "示范北风空气系统有限公司"),
        "00000013",
        "Demo Wong",
        "en",
        Status.IN_VERIFICATION,
    ),
    DemoCompany(
        "still_water",
        ("Demo Still Water Engineering Limited", "示範靜水工程有限公司", "示范静水工程有限公司"),
        "00000014",
        "示範陳小姐",
        "zh-hant",
        Status.CLARIFICATION_REQUESTED,
    ),
    DemoCompany(
        "bright_meter",
        ("Demo Bright Meter Digital Limited", "示範明錶數碼有限公司", "示范明表数码有限公司"),
        "00000015",
        "示范周经理",
        "zh-hans",
        Status.IN_ASSESSMENT,
    ),
    DemoCompany(
        "old_kiln",
        ("Demo Old Kiln Ceramics Consulting Limited", "示範舊窯陶瓷顧問有限公司", "示范旧窑陶瓷顾问有限公司"),
        "00000016",
        "Demo Ho",
        "en",
        Status.WITHDRAWN,
    ),
]

LONG = {
    "en": "Demonstration text. We begin with a visit of one day, measure what the machines take in and "
    "give off, and agree with the factory on three steps, the cheapest first.",
    "zh-hant": "示範文字。我們先到廠一天，量度設備的耗用及排放，再與工廠商定三個步驟，由成本最低者開始。",
    "zh-hans": "示范文字。我们先到厂一天，测量设备的耗用及排放，再与工厂商定三个步骤，从成本最低者开始。",
}
# Two companies say that they carried out the same projects, for the office's hint to be seen.
TWINS = {"00000013": "00000011"}
FACTORY = {"en": "Demo Dyeing Works {n}", "zh-hant": "示範染廠{n}", "zh-hans": "示范染厂{n}"}
TECHNOLOGY = {"en": "Heat recovery from waste water", "zh-hant": "廢水熱能回收", "zh-hans": "废水热能回收"}


def load(round: Round) -> None:
    """Make what is missing; a company that has an application already is left alone."""
    officer = User.objects.get(email=demo.BY_CODE["officer"].email)
    for number, company in enumerate(COMPANIES, 1):
        member = _member(company, number)
        if member is None:
            continue  # whoever looked at the demonstration has handed the company over and left
        if not Application.objects.filter(round=round, provider=member.provider).exists():
            _bring_to(company.status, _submitted(round, member), member, officer)
    office.compare_and_claim(
        verified=COMPANIES[4].registration, claimed=_profile(COMPANIES[0], 1), officer=officer
    )
    _drafts(round)
    questions.load_templates(officer)
    for application in Application.objects.filter(
        round=round, status__in=[Status.DRAFT, Status.CLARIFICATION_REQUESTED]
    ):
        asked_about = tasklist.PROJECTS if application.is_draft else tasklist.DOCUMENTS
        questions.load(application, officer, place=asked_about, is_answered=not application.is_draft)


def _drafts(round):
    """The two companies of the demonstration sign-ins: one well under way, one just begun."""
    for code, sections in (("owner", 5), ("dongguan", 1)):
        of_person = Membership.objects.filter(user__email=demo.BY_CODE[code].email)
        member = of_person.select_related("provider", "user").first()
        if member is None or Application.objects.filter(round=round, provider=member.provider).exists():
            continue
        application = workflow.start(round, member=member)
        _answer(application, member, application.form_version.definition["sections"][:sections])
        if sections > 1:
            _add_projects(application, member, count=1)
            _add_documents(application, member, count=1)


def _member(company, number):
    email = f"{company.code}@{demo.DEMO_DOMAIN}"
    user = User.objects.filter(email=email).first() or people.create_verified(
        email, name=company.person, password=demo.DEMO_PASSWORD, language=company.language
    )
    if not Provider.objects.filter(hk_registration=company.registration).exists():
        companies.register_company(user, _profile(company, number))
    return Membership.objects.select_related("provider", "user").filter(user=user).first()


def _profile(company, number):
    name_en, name_zh_hant, name_zh_hans = company.names
    return {
        "name_en": name_en,
        "name_zh_hant": name_zh_hant,
        "name_zh_hans": name_zh_hans,
        "hk_registration": company.registration,
        "hk_registration_expires": None,
        "mainland_registration": "",
        "address": ADDRESS.format(n=number),
        "telephone": f"+8522000001{number}",
        "website": "",
        "year_founded": 2005 + number,
    }


def _submitted(round, member):
    application = workflow.start(round, member=member)
    _answer(application, member, application.form_version.definition["sections"])
    _add_projects(application, member, count=2)
    _add_documents(application, member, count=99)
    review = submission.mint(
        application, fingerprint=contents.Contents(application).fingerprint, now=rounds.database_now()
    )
    workflow.submit(
        application,
        member=member,
        review=submission.read(review, application),
        declaration=submission.Declaration(member.user.name, "Director"),
    )
    return application


def _bring_to(status, application, member, officer):
    if status == Status.WITHDRAWN:
        workflow.withdraw(application, member=member)
    elif status != Status.SUBMITTED:
        workflow.start_verification(application, officer=officer)
    if status == Status.IN_VERIFICATION:
        office.work(application, officer)
    if status == Status.CLARIFICATION_REQUESTED:
        _ask(application, officer)
    if status == Status.IN_ASSESSMENT:
        office.check(application, officer, application.check_items.all())
        workflow.send_to_assessment(application, officer=officer)


def _ask(application, officer):
    """Three kinds of places, one of them with the beginning of a reply."""
    definition = application.form_version.definition
    asked = [
        Asked(Kind.SECTION, definition["sections"][-1]["uid"], "請補充過往獲嘉許的證書編號。"),
        Asked(Kind.DOCUMENT, definition["documents"][0]["uid"], "證書副本不清晰，請重新上載。"),
        Asked(Kind.PROJECT, str(application.projects.first().uuid), "節省用電量以哪一年為基準？"),
    ]
    due_at = clarifying.default_due(rounds.database_now())
    clarifying.ask(application, officer=officer, due_at=due_at, asked=asked, key=uuid4())


def _answer(application, member, sections):
    for section in sections:
        data = {each["key"]: _answer_to(each, member) for each in section["questions"]}
        drafting.save_section(
            application, section["uid"], data, base_version=0, member=member, completed=True
        )


KNOWN = {
    "contact_telephone": "2000 0001",
    "contact_post": "Manager",
    "signatory_post": "Director",
    "deputy_name": "",
    "deputy_telephone": "",
    "deputy_email": "",
    "conflict": "",
    "verifier": "Demo Verification Body",
    "complaints": "no",
    "penalties": "no",
    "incidents": "no",
    "earlier": "no",
}


def _answer_to(question, member):
    key, kind = question["key"], question["kind"]
    if key in KNOWN:
        return KNOWN[key]
    if kind == "email":
        return member.user.email
    makers = {
        "short_text": lambda: member.user.name,
        "long_text": lambda: LONG[member.user.language],
        "number": lambda: "12",
        "money": lambda: {"amount": "1,200,000", "currency": "HKD"},
        "date": lambda: {"day": "1", "month": "4", "year": "2016"},
        "yes_no": lambda: "yes",
        "one_of": lambda: question["choices"][0]["code"],
        "several_of": lambda: [each["code"] for each in question["choices"][:3]],
        "declaration": lambda: "yes",
        "table": lambda: [{column["code"]: "Demo" for column in question["columns"]}],
    }
    return makers[kind]()


def _add_projects(application, member, *, count):
    language = member.user.language
    own = TWINS.get(member.provider.hk_registration) or member.provider.hk_registration
    month = sum(map(ord, own or member.provider.mainland_registration)) % 12 + 1
    for number in range(1, count + 1):
        projects.add(
            application,
            {
                "project_number": f"DEMO-{own[-2:]}{number:02d}",
                "factory_name": FACTORY[language].format(n=number),
                "city": "4419",
                "industry": "textiles",
                "project_type": "dp_i",
                "technology": TECHNOLOGY[language],
                "role": "lead",
                "started_on": {"day": "1", "month": str(month), "year": "2023"},
                "finished_on": {"day": "28", "month": "2", "year": "2025"},
                "progress": "completed",
                "energy_kwh": "120,000",
                "voc_kg": "",
                "nox_kg": "350",
                "water_m3": "4,800",
                "waste_t": "",
                "cost_saved_hkd": "260,000",
                "payback_years": "2.5",
            },
            member=member,
        )


def _add_documents(application, member, *, count):
    for requirement in application.form_version.definition["documents"][:count]:
        name = f"{requirement['name_en']} {member.provider.name_en}.pdf"
        documents.add(
            application,
            requirement,
            ContentFile(_pdf(requirement["name_en"], member.provider.name_en), name=name),
            member=member,
        )


def _pdf(*lines):
    """A valid PDF of one page that says what it is."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    shown = ["Demonstration document", *lines]
    drawn = "".join(f"({_escaped(line)}) Tj 0 -28 Td " for line in shown)
    page.Contents = pdf.make_stream(f"BT /F1 16 Tf 60 760 Td {drawn}ET".encode("latin-1"))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def _escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

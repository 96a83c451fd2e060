"""Plainly invented people and companies of the demonstration. The deploy check refuses to start with them."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import encrypt
from django.db import transaction
from django.db.models import Q

from portal.accounts import companies, people, roles
from portal.accounts.models import Membership, Provider, Role, User

DEMO_DOMAIN = "demo.example"
DEMO_PASSWORD = "demo-portal-2026"  # noqa: S105


@dataclass(frozen=True)
class DemoPerson:
    code: str
    name: str
    language: str = "en"
    role: str = ""
    is_superuser: bool = False
    totp_secret: str = ""

    @property
    def email(self):
        return f"{self.code}@{DEMO_DOMAIN}"


DEMO_PEOPLE = [
    DemoPerson("editor", "Demo Editor", role=Role.EDITOR, totp_secret="DEMOEDITOR" + "A" * 22),
    DemoPerson(
        "second_editor",
        "示範編輯",
        language="zh-hant",
        role=Role.EDITOR,
        totp_secret="DEMOSECONDEDITOR" + "A" * 16,
    ),
    DemoPerson("organiser", "Demo Organiser", role=Role.ORGANISER, totp_secret="DEMOORGANISER" + "A" * 19),
    DemoPerson("officer", "Demo Officer", role=Role.OFFICER, totp_secret="DEMOOFFICER" + "A" * 21),
    DemoPerson("releaser", "Demo Releaser", role=Role.RELEASER, totp_secret="DEMORELEASER" + "A" * 20),
    DemoPerson("assessor", "Demo Assessor", role=Role.ASSESSOR, totp_secret="DEMOASSESSOR" + "A" * 20),
    DemoPerson(
        "record_checker",
        "示范记录核查员",
        language="zh-hans",
        role=Role.RECORD_CHECKER,
        totp_secret="DEMORECORDCHECKER" + "A" * 15,
    ),
    DemoPerson("auditor", "Demo Auditor", role=Role.AUDITOR, totp_secret="DEMOAUDITOR" + "A" * 21),
    DemoPerson("root", "Demo Superuser", is_superuser=True, totp_secret="DEMOROOT" + "A" * 24),
    DemoPerson("owner", "Demo Owner"),
    DemoPerson("colleague", "示範同事", language="zh-hant"),
    DemoPerson("viewer", "Demo Viewer"),
    DemoPerson("dongguan", "示范负责人", language="zh-hans"),
    DemoPerson("dongguan_editor", "示范同事", language="zh-hans"),
]
BY_CODE = {person.code: person for person in DEMO_PEOPLE}

BLUE_HARBOUR = {
    "name_en": "Demo Blue Harbour Environmental Engineering Limited",
    "name_zh_hant": "示範藍港環境工程有限公司",
    "name_zh_hans": "示范蓝港环境工程有限公司",
    "hk_registration": "00000001",
    "hk_registration_expires": None,
    "mainland_registration": "",
    "address": "Unit 1, Demo Tower, 1 Example Road, Kwun Tong, Hong Kong",
    "telephone": "+85220000001",
    "website": "https://blue-harbour.example/",
    "year_founded": 2009,
}
CLEAR_CURRENT = {
    "name_en": "Demo Clear Current Technology (Dongguan) Co., Ltd.",
    "name_zh_hant": "示範清流科技（東莞）有限公司",
    "name_zh_hans": "示范清流科技（东莞）有限公司",
    "hk_registration": "",
    "hk_registration_expires": None,
    "mainland_registration": "91441900MA0000007J",
    "address": "广东省东莞市示范路1号",
    "telephone": "+8676920000001",
    "website": "https://clear-current.example/",
    "year_founded": 2015,
}
COMPANIES = [
    (BLUE_HARBOUR, "owner", [("colleague", Membership.Role.EDIT), ("viewer", Membership.Role.VIEW)]),
    (CLEAR_CURRENT, "dongguan", [("dongguan_editor", Membership.Role.EDIT)]),
]


@transaction.atomic
def load() -> None:
    """Make the people and companies that are missing."""
    for person in DEMO_PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            _make_person(person)
    for profile, owner, colleagues in COMPANIES:
        # A company may have been given another name since, and a person another company.
        numbers = {name: profile[name] for name in ("hk_registration", "mainland_registration")}
        is_there = Provider.objects.filter(Q(name_en=profile["name_en"]) | Q(**numbers)).exists()
        if not is_there and not Membership.objects.filter(user=_user(owner)).exists():
            provider = companies.register_company(_user(owner), profile)
            for code, role in colleagues:
                companies.add_member(provider, _user(code), role, by=_user(owner))


def current_code(code: str) -> str:
    """What the authenticator app of a demonstration person would show now. Raises KeyError."""
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(BY_CODE[code].totp_secret, counter))


def _make_person(person):
    user = people.create_verified(
        person.email,
        name=person.name,
        password=DEMO_PASSWORD,
        language=person.language,
        is_superuser=person.is_superuser,
        is_staff=person.is_superuser,
    )
    if person.role:
        roles.grant(user, person.role, by=None)
    if person.totp_secret:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(person.totp_secret)}
        )


def _user(code):
    return User.objects.get(email=BY_CODE[code].email)

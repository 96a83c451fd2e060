"""The officers' list: exactly the rows that its address asks for."""

import itertools
import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone, translation

from applications.desk import cases
from applications.desk.cases import CaseList
from applications.models import Application, FormVersion, Status
from portal.accounts.models import Provider
from portal.search.folding import fold
from portal.texts import localized
from tests.applications.desk.case_rows import make_rows
from tests.applications.desk.handing_in import make_round

ACTIVE = {"submitted", "in_verification", "clarification_requested"}
NAMES = [
    ("Demo Blue Harbour Environmental Limited", "示範藍港環境有限公司", ""),
    ("Demo Clear Current (Dongguan) Co., Ltd.", "", "示范清流科技（东莞）有限公司"),
    ("", "", "示范珠湾能源有限公司"),
    ("demo aardvark metering", "", ""),
    ("", "示範𨋢機計量", ""),
]


@pytest.fixture
def mixed(db, officer, colleague):
    """Sixty applications over all statuses, two rounds and three answers to "whose is it"."""
    dice = random.Random(2)
    rounds = [make_round("DEMO-A-"), make_round("DEMO-B-", year=2025)]
    for number, status in enumerate([*Status] * 6):
        en, hant, hans = NAMES[number % len(NAMES)]
        provider = Provider.objects.create(
            name_en=en and f"{en} {number}",
            name_zh_hant=hant,
            name_zh_hans=hans,
            hk_registration=f"{30_000_000 + number}",
        )
        round = dice.choice(rounds)
        Application.objects.create(
            round=round,
            provider=provider,
            form_version=FormVersion.objects.get_or_create(
                round=round, number=1, defaults={"definition": {}}
            )[0],
            status=status,
            reference="" if status == Status.DRAFT and dice.random() < 0.5 else f"DEMO-{number:04d}",
            submitted_at=timezone.now() - timedelta(hours=dice.randrange(5)),
            assignee=dice.choice([None, officer, colleague]),
        )
    return rounds


def brute_force(rows, asked, user):
    """The same question asked of each row by hand."""
    for row in rows:
        provider = row.provider
        texts = [row.reference, provider.name_en, provider.name_zh_hant, provider.name_zh_hans]
        whose = {
            "any": True,
            "me": row.assignee == user,
            "nobody": row.assignee is None,
        }.get(asked.officer, bool(row.assignee) and str(row.assignee.uuid) == asked.officer)
        if (
            row.status != Status.DRAFT
            and all(
                any(word.lower() in text.lower() for text in texts) or folded_holds(word, texts[1:])
                for word in asked.q.split()
            )
            and (asked.status in {"any", row.status} or (asked.status == "active" and row.status in ACTIVE))
            and asked.round in {"any", str(row.round.uuid)}
            and whose
        ):
            yield row.pk


def folded_holds(word, names):
    """The word in any script, or the beginning of a longer one."""
    wanted, text = fold(word).strip(), fold("\n".join(names))
    if not wanted.isascii():
        return wanted in text
    return bool(wanted) and (f" {wanted}" if len(wanted) > 2 else f" {wanted} ") in text


def test_companies_are_found_in_the_other_script_and_in_other_forms_of_words(officer, provider_a, round):
    provider_a.name_en, provider_a.name_zh_hant = "Demo Bright Coatings", "示範夥伴塗裝（臺灣）"
    provider_a.name_zh_hans = ""
    provider_a.save()
    make_rows(3, round)
    case = Application.objects.first()
    case.provider = provider_a
    case.save()

    for typed in ("伙伴", "涂装 台湾", "ＢＲＩＧＨＴ", "coating", "brigh", "裝", "示範 bright"):
        asked = CaseList(q=typed)
        assert list(asked.rows(user=officer, rounds=set(), officers=set())) == [case], typed
    for typed in ("涂料", "%", "brighter day"):
        assert not CaseList(q=typed).rows(user=officer, rounds=set(), officers=set()), typed


def test_every_combination_of_filters_shows_exactly_its_rows(mixed, officer, colleague):
    known = {
        "rounds": {each.uuid for each in mixed},
        "officers": {officer.uuid, colleague.uuid},
    }
    values = itertools.product(
        [
            "",
            "demo",
            "blue harbour",
            "harbour BLUE",
            "藍港",
            "蓝港",
            "珠湾",
            "𨋢",
            "DEMO-0013",
            "no such name",
        ],
        ["any", "active", "submitted", "in_assessment", "withdrawn", "draft", "", "no-such-status"],
        ["any", *(str(each.uuid) for each in mixed), "", "not-a-uuid", str(officer.uuid)],
        ["any", "me", "nobody", str(colleague.uuid), "", str(mixed[0].uuid), "%"],
    )
    everything = list(Application.objects.select_related("provider", "round", "assignee"))
    seen = set()
    for q, status, round, whose in values:
        asked = CaseList(q=q, status=status, round=round, officer=whose)
        rows = {row.pk for row in asked.rows(user=officer, **known)}
        nobody_knows = (
            status in {"", "draft", "no-such-status"}
            or round in {"", "not-a-uuid", str(officer.uuid)}
            or whose in {"", "%", str(mixed[0].uuid)}
        )
        assert rows == (set() if nobody_knows else set(brute_force(everything, asked, officer))), asked
        seen.add(len(rows))
    assert len(seen) > 5


@pytest.mark.parametrize("sort", [*cases.SORTS, *(f"-{name}" for name in cases.SORTS)])
@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_sorting_follows_what_the_reader_sees(mixed, officer, sort, language):
    keys = {
        "company": lambda row: str(localized(row.provider, "name", language)).lower(),
        "reference": lambda row: row.reference,
        "submitted": lambda row: row.submitted_at,
        "changed": lambda row: row.status_changed_at,
        "status": lambda row: cases.STATUSES.index(row.status),
    }

    with translation.override(language):
        rows = list(CaseList(sort=sort).rows(user=officer, rounds=set(), officers=set()))

    key = keys[sort.removeprefix("-")]
    assert len(rows) == 54
    assert [key(row) for row in rows] == sorted(map(key, rows), reverse=sort.startswith("-"))
    # The reference settles ties, so that no row can stand on two pages.
    for _, ties in itertools.groupby(rows, key=key):
        references = [row.reference for row in ties]
        assert references == sorted(references)


def test_address_survives_a_round_trip():
    asked = CaseList(q="藍 & 港", status="active", officer="me", due="overdue", sort="-company", page="3")

    again = CaseList.from_query(QueryDict(asked.query(page=asked.page)))

    assert again == asked


def test_changing_a_filter_leads_to_the_first_page():
    asked = CaseList(status="submitted", page="3")

    assert asked.query(officer="me") == "status=submitted&officer=me"


def test_nobody_but_the_office_has_rows(mixed, organiser, assessor, editor, mei):
    for user in (organiser, assessor, editor, mei, AnonymousUser()):
        assert not CaseList().rows(user=user, rounds=set(), officers=set()).exists()

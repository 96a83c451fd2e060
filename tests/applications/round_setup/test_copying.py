from datetime import date, timedelta

import pytest
from django.utils import timezone

from applications.models import Application, Round
from applications.round_setup import copying, opening
from portal.audit.models import Event
from portal.dates import HONG_KONG
from tests.applications.round_setup.conftest import make_ready

pytestmark = pytest.mark.django_db
NOT_COPIED = {"id", "uuid", "round_id", "section_id", "version"}


def rows(queryset):
    return [{k: v for k, v in row.items() if k not in NOT_COPIED} for row in queryset.values()]


def questions_of(round):
    return [rows(section.questions.all()) for section in round.sections.order_by("sort_order")]


def test_copy_has_all_rows_under_own_uuids(opened, preparing):
    assert questions_of(preparing) == questions_of(opened)
    for name in ("sections", "document_requirements", "eligibility_items", "criteria"):
        mine, theirs = getattr(preparing, name), getattr(opened, name)
        assert rows(mine.all()) == rows(theirs.all())
        assert not set(mine.values_list("uuid", flat=True)) & set(theirs.values_list("uuid", flat=True))
    assert preparing.sections.get().questions.count() == opened.sections.get().questions.count() == 11


def test_copy_carries_nothing_that_happened(opened, draft, officer):
    made = copying.copy(opened, officer=officer)
    assert (made.state, made.released_at, made.version) == (Round.State.PREPARING, None, 0)
    assert not made.form_versions.exists() and not made.extensions.exists() and not made.applications.exists()
    assert Application.objects.count() == 1
    event = Event.objects.get(verb="round.copied")
    assert (event.object_uuid, event.actor_uuid, event.from_state) == (
        made.uuid,
        officer.uuid,
        str(opened.uuid),
    )


def test_copy_leaves_out_what_was_retired(opened):
    now = timezone.now()
    section = opened.sections.get()
    section.questions.filter(key="slogan").update(retired_at=now)
    opened.document_requirements.filter(required=False).update(retired_at=now)
    opened.eligibility_items.update(retired_at=now)
    made = copying.copy(opened, officer=None)
    assert "slogan" not in made.sections.get().questions.values_list("key", flat=True)
    assert (made.document_requirements.count(), made.eligibility_items.count()) == (1, 0)


def test_copy_leaves_the_original_alone(opened):
    before = Round.objects.filter(pk=opened.pk).values().get(), questions_of(opened)
    copying.copy(opened, officer=None)
    assert (Round.objects.filter(pk=opened.pk).values().get(), questions_of(opened)) == before


def test_dates_move_by_whole_weeks_until_they_lie_ahead(opened):
    Round.objects.filter(pk=opened.pk).update(
        opens_at=opened.opens_at - timedelta(weeks=52 * 3),
        closes_at=opened.closes_at - timedelta(weeks=52 * 3),
        label_valid_from=date(2024, 2, 29),
        year=2023,
        name_en="Round 2023",
        name_zh_hant="2023年度",
    )
    opened.refresh_from_db()
    made = copying.copy(opened, officer=None)
    assert made.opens_at > timezone.now() > made.opens_at - timedelta(weeks=53)
    assert made.opens_at.astimezone(HONG_KONG).weekday() == opened.opens_at.astimezone(HONG_KONG).weekday()
    assert made.closes_at - made.opens_at == opened.closes_at - opened.opens_at
    assert (made.year, made.name_en, made.name_zh_hant) == (2027, "Round 2027", "2027年度")
    assert made.label_valid_from == date(2028, 2, 29)
    assert made.assessment_closes_at is None


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("CPP-2026-", "CPP-2027-"),
        ("CPP-", "CPP-2027-"),
        ("ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKL-2027-"),
        ("2026", "2027"),
    ],
)
def test_prefix_of_the_copy_bears_the_new_year(db, prefix, found):
    assert copying.free_prefix(prefix, 2026, 2027) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Round 2026", "Round 2027"),
        ("Demonstration round", "Demonstration round (2027)"),
        ("示範申請期（技術服務）", "示範申請期（技術服務）（2027）"),
        ("", ""),
        ("R" * 200, "R" * 200),
    ],
)
def test_name_of_the_copy_bears_the_new_year(name, found):
    assert copying.name_in_year(name, 2026, 2027) == found


def test_second_copy_gets_a_prefix_of_its_own(opened):
    prefixes = [copying.copy(opened, officer=None).reference_prefix for _ in range(30)]
    assert len(set(prefixes)) == 30
    assert max(map(len, prefixes)) <= 20


def test_copy_of_a_round_in_order_is_in_order(preparing, officer):
    assert opening.release(preparing, officer=officer).released_at


def test_february_29_becomes_28():
    assert copying.years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_copying_a_copy_works(opened):
    again = copying.copy(copying.copy(opened, officer=None), officer=None)
    assert questions_of(again) == questions_of(opened)


def test_two_rounds_do_not_share_a_prefix(db):
    make_ready("DEMO-TS-2027-")
    made = copying.copy(make_ready("DEMO-TS-"), officer=None)
    assert made.reference_prefix == "DEMO-TS-2027B-"

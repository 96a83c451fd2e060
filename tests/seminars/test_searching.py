"""Seminars in the search: the facts of the row, in step with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.search.models import SearchEntry
from seminars import drafts, retaining, seats
from seminars.models import Organisation, Seminar, Speaker
from tests.seminars.makers import details, make_seminar


@pytest.fixture
def published(seminar, index):
    """By an editor, so that the search hears of it."""
    for page in drafts.make_drafts(seminar):
        page.save_revision().publish()
    return seminar


def found(word):
    entries = SearchEntry.objects.filter(folded__contains=f" {word} ", kind="seminar")
    return sorted(entries.values_list("language", flat=True))


def test_seminar_is_found_by_its_facts_once_its_page_is_published(seminar, index):
    Speaker.objects.create(
        seminar=seminar, name_en="Ada Beryl", name_zh_hant="陳大文", post_en="Zirconium Ltd"
    )
    pages = drafts.make_drafts(seminar)
    assert found("beryl") == []

    for page in pages:
        page.save_revision().publish()

    # A name that stands in English only is shown, and found, on the Chinese pages too.
    assert found("zirconium") == ["en", "zh-hans", "zh-hant"]
    assert found("陈大") == ["zh-hans", "zh-hant"]
    assert found("会堂") == ["zh-hans", "zh-hant"]
    entry = SearchEntry.objects.get(kind="seminar", language="zh-hant")
    assert entry.title == "示範研討會" and "星期" in entry.when


def test_changed_facts_are_found_at_once(published):
    published.title_en = "Beryllium today"
    published.starts_at = timezone.now() + timedelta(days=400)
    published.ends_at = published.starts_at + timedelta(hours=1)
    published.save()
    organisation = Organisation.objects.create(seminar=published, name_en="Zirconium Society")

    assert found("beryllium") == ["en"] and found("demo") == ["en"]
    entry = SearchEntry.objects.get(kind="seminar", language="en")
    assert (entry.title, entry.date) == ("Beryllium today", timezone.localdate(published.starts_at))
    assert found("zirconium") == ["en", "zh-hans", "zh-hant"]
    organisation.delete()
    assert found("zirconium") == []


def test_a_date_that_does_not_hold_is_not_shown(published):
    published.state = Seminar.State.POSTPONED
    published.save(update_fields=["state"])

    shown = SearchEntry.objects.filter(kind="seminar").order_by("language").values_list("when", flat=True)
    assert list(shown) == ["Postponed", "已延期", "已延期"]


def test_signing_up_writes_nothing_for_the_search(published):
    option = published.options.get(mode="online")
    seats.sign_up(published, option=option, details=details("ada"))

    before = SearchEntry.objects.get(kind="seminar", language="en")
    SearchEntry.objects.filter(pk=before.pk).update(text="untouched")
    seats.sign_up(published, option=option, details=details("ben"))

    assert SearchEntry.objects.get(pk=before.pk).text == "untouched"


def test_seminar_without_a_page_is_not_found(db, index):
    make_seminar(title_en="Zirconium")

    assert found("zirconium") == []


def test_a_corrected_name_is_found_and_an_anonymised_one_never(seminar, online):
    seats.sign_up(seminar, option=online, details=details("ada"))
    person = seminar.sign_ups.get()
    typed = {"name": "陳大文", "company": "示範夥伴", "company_type": "other", "phone": "", "question": ""}

    person = seats.correct_details(person, seats.Corrections(**typed))
    person.refresh_from_db()
    assert (person.folded_name, person.folded_company) == (" 陈大 大文 ", " 示范 范伙 伙伴 ")
    retaining._anonymise(person)
    person.refresh_from_db()

    assert (person.folded_name, person.folded_company) == ("", " 示范 范伙 伙伴 ")

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone, translation

from applications import cards, page_instants
from applications.models import Round
from home.models import ContentPage, HomePage


def make_round(**fields):
    now = timezone.now()
    return Round.objects.create(
        **{
            "year": 2026,
            "name_en": "Round in English",
            "name_zh_hant": "中文輪次",
            "name_zh_hans": "中文轮次",
            "state": Round.State.OPEN,
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=10),
            "reference_prefix": "TS-CARD",
            **fields,
        }
    )


def test_front_page_shows_the_open_round_in_the_language_of_the_page(client, db):
    round = make_round()

    html = client.get("/tc/").content.decode()

    assert "中文輪次" in html and "尚餘10天" in html
    assert f'href="/tc/apply/rounds/{round.uuid}/questions/"' in html


def test_front_page_shows_no_round_that_takes_no_applications(client, db):
    now = timezone.now()
    make_round(closes_at=now - timedelta(minutes=1))
    make_round(opens_at=now + timedelta(days=1), reference_prefix="TS-LATER")
    make_round(state=Round.State.PREPARING, reference_prefix="TS-DRAFT")

    assert b"now-round" not in client.get("/en/").content


def test_opened_round_shows_at_once_on_the_kept_front_page(db, settings, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE_SECONDS = 300
    assert b"now-round" not in Client().get("/sc/").content

    with django_capture_on_commit_callbacks(execute=True):
        round = make_round()
    assert "中文轮次" in Client().get("/sc/").content.decode()

    round.closes_at += timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        round.save(update_fields=["closes_at"])
    assert "11天" in Client().get("/sc/").content.decode()


def test_kept_pages_end_when_a_round_opens_closes_or_its_assessment_ends(db):
    now = timezone.now().replace(microsecond=0)
    assert page_instants.next_after(now) is None
    round = make_round(opens_at=now + timedelta(hours=1), assessment_closes_at=now + timedelta(days=20))

    for instant in (round.opens_at, round.closes_at, round.assessment_closes_at):
        assert page_instants.next_after(now) == instant
        now = instant + timedelta(seconds=1)
    assert page_instants.next_after(now) is None


def rows(html):
    facts = BeautifulSoup(html, "html.parser").select(".cp-facts > div")
    return {each.dt.get_text(): " ".join(each.dd.get_text(" ").split()) for each in facts}


@pytest.fixture
def scheme(db):
    """A page on which an editor put the timetable below a heading."""
    body = [("heading", {"text": "Dates", "anchor": "dates"}), ("timetable", None)]
    home = HomePage.objects.get(locale__language_code="zh-hant")
    return home.add_child(instance=ContentPage(title="計劃", slug="scheme", locale=home.locale, body=body))


def test_timetable_on_a_page_is_drawn_from_the_rows_of_the_round(client, scheme):
    assert "現時未有公布申請期" in client.get("/tc/scheme/").content.decode()

    make_round(
        opens_at="2026-01-05T01:00Z",
        closes_at="2036-03-31T09:00Z",
        assessment_closes_at="2036-06-30T09:00Z",
        notice_from="2036-07-01",
        notice_until="2036-07-14",
    )
    html = client.get("/tc/scheme/").content.decode()

    assert "中文輪次" in html
    assert rows(html) == {
        "開始接受申請": "2026年1月5日（星期一） 上午9時， 香港時間",
        "截止申請": "2036年3月31日（星期一） 下午5時， 香港時間 現正接受申請",
        "評審結束": "2036年6月30日（星期一） 下午5時， 香港時間",
        "公示": "2036年7月1日（星期二）至2036年7月14日（星期一）",
    }


def test_timetable_is_of_the_open_round_else_the_coming_one_else_the_last(db):
    now = timezone.now()

    def shown():
        with translation.override("en"):
            return cards.timetable(None)

    make_round(name_en="Not announced", state=Round.State.PREPARING, opens_at=now + timedelta(days=2))
    assert "No round is announced at present." in shown()
    over = {"opens_at": now - timedelta(days=90), "closes_at": now - timedelta(days=60)}
    make_round(name_en="Last", state=Round.State.IN_ASSESSMENT, reference_prefix="A", **over)
    assert "Last" in shown() and "Open now" not in shown()
    coming = {"opens_at": now + timedelta(days=5), "closes_at": now + timedelta(days=60)}
    make_round(name_en="Coming", state=Round.State.PREPARING, released_at=now, reference_prefix="B", **coming)
    assert "Coming" in shown() and "Open now" not in shown()
    make_round(name_en="Running", reference_prefix="C")
    assert "Running" in shown() and "Open now" in shown()

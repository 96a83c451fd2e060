from datetime import timedelta

from django.test import Client
from django.utils import timezone

from applications import page_instants
from applications.models import Round


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

from datetime import timedelta

from django.utils import timezone

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

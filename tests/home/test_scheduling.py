"""Pages that are published, and taken down, by the hour."""

from datetime import timedelta

from django.utils import timezone

from home.models import NewsPage
from portal import clock
from portal.dates import local
from portal.search.models import SearchEntry

RUN = "home.publish_scheduled"


def add_news(page_of, **fields):
    above = page_of("news")
    page = NewsPage(title="Zirconium tomorrow", slug="zirconium", date=local(timezone.now()).date(), **fields)
    page.locale = above.locale
    above.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_page_goes_live_at_its_hour_and_is_found_then(client, site, page_of, time_machine):
    now = timezone.now()
    page = add_news(page_of, live=False, summary="Words", go_live_at=now + timedelta(hours=1))
    clock.jobs[RUN].run()
    assert client.get("/en/news/zirconium/").status_code == 404

    time_machine.move_to(now + timedelta(hours=1, minutes=1))
    clock.jobs[RUN].run()

    page.refresh_from_db()
    assert page.live
    assert "Zirconium tomorrow" in client.get("/en/news/").content.decode()
    assert SearchEntry.objects.get(title="Zirconium tomorrow").url == "/en/news/zirconium/"


def test_page_ends_at_its_hour_and_is_found_no_more(client, site, page_of, time_machine):
    now = timezone.now()
    add_news(page_of, summary="Words", expire_at=now + timedelta(hours=1))
    assert client.get("/en/news/zirconium/").status_code == 200

    time_machine.move_to(now + timedelta(hours=1, minutes=1))
    clock.jobs[RUN].run()

    assert client.get("/en/news/zirconium/").status_code == 404
    assert not SearchEntry.objects.filter(title="Zirconium tomorrow").exists()

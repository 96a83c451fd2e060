"""What readers of the public pages wait for: kept pages, pages made anew, and a change that must be seen."""

import time
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import Page

from home.models import ContentPage, HomePage
from seminars.models import SeminarPage
from tests.bench.browsing import Browser
from tests.bench.measuring import Row
from tests.bench.rows import UNKEPT, repeat, signed_in, upcoming_seminar

MANY_PAGES = 10_000
CHANGES = 5
# A cache on the way may answer from its copy for a second (s-maxage).
BETWEEN = 1.0
KEPT = Row(
    "programme page, kept",
    lambda address: repeat(Browser(address), programme().url),
    most_queries=0,
    times=200,
)


class Undone(Exception):
    pass


def programme():
    return ContentPage.objects.live().get(slug="programme", locale__language_code="en")


def asked(address, *, path):
    return repeat(Browser(address), path)


def measure(report):
    measure_kept(report)
    measure_made(report)
    measure_many_pages(report)
    measure_changes(report)
    measure_pictures(report)


def measure_kept(report):
    kept = report.take(KEPT)
    report.bar("kept page, work against the bare view", kept.work / report.base.work, 2)
    report.bar(
        "kept page, median against the bare view (40 % of its rate)", kept.median / report.base.median, 2.5
    )


def measure_made(report):
    page = programme()
    stock = report.take(
        Row("the same text in stock Wagtail", partial(asked, path=f"/bench/stock/{page.slug}"), times=60)
    )
    ours = report.take(
        Row("programme page, made anew", partial(asked, path=page.url + UNKEPT), most_queries=15, times=60)
    )
    report.bar("page made anew, work against stock Wagtail", ours.work / stock.work, 1.25)


def measure_many_pages(report):
    few = queries_of_a_page()
    try:
        with transaction.atomic():
            plant(MANY_PAGES)
            many = queries_of_a_page()
            raise Undone
    except Undone:
        pass
    report.bar(f"queries more with {MANY_PAGES:,} pages in the tree", abs(many - few), 0, hard=True)


def queries_of_a_page():
    client, path = Client(), programme().url + UNKEPT
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def plant(number):
    """So many pages beside the others: rows to be read, through no door."""
    home, kind = (
        HomePage.objects.get(locale__language_code="en"),
        ContentType.objects.get_for_model(ContentPage),
    )
    Page.objects.bulk_create(
        (
            Page(
                title=f"Demonstration {each}", slug=f"many-{each}", depth=home.depth + 1, live=True,
                path=Page._get_path(home.path, home.depth + 1, each + 10_000), content_type=kind,
                url_path=f"{home.url_path}many-{each}/", locale=home.locale,
            )
            for each in range(number)
        ),
        batch_size=500,
    )  # fmt: skip
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + number)


def measure_changes(report):
    """From the editor's press to the page that a stranger gets, in all three languages."""
    published = [seen_after(report.address, publish, f"Changed {each}") for each in range(CHANGES)]
    moved = [seen_after(report.address, rename, f"Renamed {each}") for each in range(CHANGES)]
    report.bar("published, until all languages show it", max(published) + BETWEEN, 2, unit=" s")
    report.bar("seminar changed, until all languages show it", max(moved) + BETWEEN, 2, unit=" s")
    report.bar(
        "answers to somebody signed in that may be kept", kept_for_officer(report.address), 0, hard=True
    )


def publish(words):
    for page in programme().get_translations(inclusive=True).specific():
        page.title = words
        page.save_revision().publish()
    return [page.url for page in programme().get_translations(inclusive=True)]


def rename(words):
    seminar = upcoming_seminar()
    for field in ("title_en", "title_zh_hant", "title_zh_hans"):
        setattr(seminar, field, words)
    seminar.save()
    return [page.url for page in SeminarPage.objects.live().filter(seminar=seminar)]


def seen_after(address, change, words):
    """Seconds from the change to the last of the pages that shows it; each was kept before."""
    browser = Browser(address)
    pages = [
        *programme().get_translations(inclusive=True),
        *SeminarPage.objects.live().filter(seminar=upcoming_seminar()),
    ]
    for _twice in range(2):
        for page in pages:
            browser.ask(page.url)
    paths = change(words)
    begun = time.perf_counter()
    for path in paths:
        while words not in browser.ask(path)[3]:
            if time.perf_counter() - begun > 30:
                return float("inf")
    return time.perf_counter() - begun


def kept_for_officer(address):
    browser = signed_in(address, "officer")
    paths = ["/en/", programme().url, "/en/office/"]
    return sum("no-store" not in browser.ask(path)[2]["Cache-Control"] for path in paths)


def measure_pictures(report):
    """A list with many pictures: everything was made before the first reader came."""
    rendition = get_image_model().get_rendition_model()
    gallery = Page.objects.live().get(slug="ceremony-2024", locale__language_code="en")
    before = rendition.objects.count()
    page = Client().get(gallery.url + UNKEPT).content.decode()
    pictures = page.count("<picture")
    report.bar("pictures made while a reader waits", rendition.objects.count() - before, 0, hard=True)
    report.bar("pictures without AVIF", pictures - page.count("image/avif"), 0, hard=True)
    cache.clear()

"""The calendar feed of 2,000 seminars: how many statements, and how long."""

import time
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from seminars.models import Seminar, SeminarIndexPage, SeminarPage
from tests.bench.rows import upcoming_seminar, url

SEMINARS, MOST_QUERIES = 2_000, 5


class Undone(Exception):
    pass


def measure(report):
    """In a transaction that is taken back: what is measured later finds the demonstration as it was."""
    try:
        with transaction.atomic():
            _measure(report)
            raise Undone
    except Undone:
        pass


def _measure(report):
    fill_the_shelf(SEMINARS)
    published = SeminarPage.objects.live().filter(locale__language_code="en").count()
    client, address = Client(), url("seminars:feed")
    cache.clear()
    client.get("/healthz")
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    took = time.perf_counter() - begun
    entries = answer.content.count(b"BEGIN:VEVENT")
    print(f"  ({entries} entries in {len(answer.content) / 1e6:.1f} MB)")
    report.bar("feed, seminars that are left out", published - entries, 0, hard=True)
    report.bar(f"feed of {SEMINARS} seminars, queries", len(queries), MOST_QUERIES, hard=True)
    report.ahead(f"feed of {SEMINARS} seminars", took * 1000, " ms")


def fill_the_shelf(number):
    """So many seminars of past weeks with an English page: rows to be read, through no door."""
    last = upcoming_seminar()
    facts = {"title_zh_hant": "示範研討會", "title_zh_hans": "示范研讨会", "venue_en": "Demonstration Hall"}
    held = Seminar.objects.bulk_create(
        (
            Seminar(
                title_en=f"Demonstration {each}",
                starts_at=last.starts_at - timedelta(weeks=each + 1),
                ends_at=last.ends_at - timedelta(weeks=each + 1),
                sign_up_opens_at=last.sign_up_opens_at - timedelta(weeks=each + 1),
                sign_up_closes_at=last.sign_up_closes_at - timedelta(weeks=each + 1),
                state=Seminar.State.HELD,
                **facts,
            )
            for each in range(number)
        ),
        batch_size=500,
    )
    index = SeminarIndexPage.objects.get(locale__language_code="en")
    kind = ContentType.objects.get_for_model(SeminarPage)
    pages = Page.objects.bulk_create(
        (
            Page(
                title=seminar.title_en,
                slug=f"demonstration-{each}",
                path=Page._get_path(index.path, index.depth + 1, each + 1000),
                depth=index.depth + 1,
                url_path=f"{index.url_path}demonstration-{each}/",
                content_type=kind,
                locale=index.locale,
                live=True,
            )
            for each, seminar in enumerate(held)
        ),
        batch_size=500,
    )
    for page, seminar in zip(pages, held, strict=True):
        # Only the row of the page's own kind: what all pages have is written.
        SeminarPage(page_ptr=page, seminar=seminar, **_of_all_pages(page)).save_base(raw=True)


def _of_all_pages(page):
    return {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}

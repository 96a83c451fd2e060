"""What a visitor gets."""

import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.models import NewsPage
from tests.home.conftest import LANGUAGES

PREFIXES = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}
TAGS = {"en": "en", "zh-hant": "zh-Hant-HK", "zh-hans": "zh-Hans"}
SLUGS = [
    "",
    "programme/",
    "recognition-scheme/",
    "faq/",
    "news/",
    "news/round-2025/",
    "news/awards-2024/",
    "news/policy-address-2024/",
    "success-cases/",
    "success-cases/dye-house/",
    "resources/",
    "figures/",
    "ceremonies/",
    "ceremonies/ceremony-2024/",
    "contact/",
    "privacy/",
    "accessibility/",
]
# Names that stay as they are in Chinese.
LATIN_IN_CHINESE = {"WCAG", "AA", "Cookie", "PDF", "XLSX", "CSV", "KB", "English"}
LATIN = re.compile(r"[A-Za-z]{2,}")
ADDRESSES = re.compile(r"\S+@\S+|https?://\S+")


def queries_of(path):
    with CaptureQueriesContext(connection) as counted:
        assert Client().get(path).status_code == 200
    return len(counted)


class Words(HTMLParser):
    """The visible words with the language that each is marked with."""

    VOID = frozenset("area br col embed hr img input link meta source track wbr".split())  # noqa: SIM905

    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        for name in ("alt", "aria-label", "title", "content"):
            if tag != "meta" and attrs.get(name):
                self.handle_data(attrs[name], attrs.get("lang"))
        if tag not in self.VOID:
            self.open.append((tag, attrs.get("lang")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data, language=None):
        if any(tag in ("script", "style") for tag, _ in self.open):
            return
        languages = [lang for _, lang in self.open if lang]
        self.found.append((language or (languages[-1] if languages else ""), data))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_stands_in_its_language(client, site, language):
    for slug in SLUGS:
        response = client.get(f"/{PREFIXES[language]}/{slug}")

        assert response.status_code == 200, slug
        html = response.content.decode()
        assert f'<html lang="{TAGS[language]}"' in html
        assert html.count("<h1") == 1
        assert len(response.content) < 100_000
        for prefix, tag in zip(PREFIXES.values(), TAGS.values(), strict=True):
            assert f'hreflang="{tag}" href="http://testserver/{prefix}/{slug}"' in html


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_chinese_pages_hold_no_english_leftovers(client, site, language):
    words = Words()
    for slug in SLUGS:
        html = client.get(f"/{PREFIXES[language]}/{slug}").content.decode()
        words.feed(html.replace("<wbr>", ""))  # where a long address may break

    assert len(words.found) > 500
    leftovers = {
        word
        for marked, text in words.found
        if marked.startswith("zh")
        for word in LATIN.findall(ADDRESSES.sub("", text))
    }

    assert leftovers <= LATIN_IN_CHINESE


def test_the_two_chinese_versions_keep_to_their_own_characters(client, site):
    for slug in SLUGS:
        hant = client.get(f"/tc/{slug}").content.decode()
        hans = client.get(f"/sc/{slug}").content.decode()

        assert "計劃" in hant and "计划" not in hant, slug
        assert "计划" in hans and "計劃" not in hans, slug


def test_every_link_of_the_demonstration_pages_leads_to_a_page(client, site):
    standing_on = {}
    for prefix in PREFIXES.values():
        for slug in SLUGS:
            html = client.get(f"/{prefix}/{slug}").content.decode()
            for link in re.findall(r'href="(/[^"#]*)', html):
                if not link.startswith("/static/") and "/apply/" not in link:
                    standing_on.setdefault(link, f"/{prefix}/{slug}")
    broken = []
    for link, page in standing_on.items():
        response = client.get(link)
        b"".join(response)  # a file that nobody reads to its end stays open
        if response.status_code not in (200, 302):
            broken.append((page, link))

    assert broken == []


def test_anonymous_page_sets_no_cookie_and_may_be_kept_for_a_second(client, site):
    response = client.get("/en/programme/")

    assert "Set-Cookie" not in response.headers and not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
    assert "public" in response["Cache-Control"] and "s-maxage=1" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    assert "Accept-Language" not in response["Vary"]


def test_signed_in_page_is_kept_by_nobody(client_for, mei, site):
    response = client_for(mei).get("/en/programme/")

    assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]


def test_public_policy_allows_nothing_inline_and_no_frames(client, site):
    policy = client.get("/en/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert not re.search(
        rb"<style|\sstyle=|<script(?![^>]*(src=|application/ld))", client.get("/en/").content
    )


def test_every_page_asks_the_database_little(site):
    Client().get("/tc/")  # fills the caches of navigation, contact and site roots
    counts = {slug: queries_of(f"/tc/{slug}") for slug in SLUGS}

    assert max(counts.values()) <= 15, counts


@pytest.mark.parametrize("path", ["/en/", "/en/news/"])
def test_number_of_news_does_not_change_the_number_of_queries(site, page_of, path):
    index = page_of("news")
    NewsPage.objects.child_of(index).delete()
    index.refresh_from_db()
    counts = []
    for slugs in (range(1), range(1, 3)):
        for each in slugs:
            index.add_child(
                instance=NewsPage(
                    title="News", slug=f"item-{each}", date="2026-01-02", summary="Words", locale=index.locale
                )
            )
        cache.clear()
        counts.append(queries_of(path))

    assert NewsPage.objects.child_of(index).count() == 3
    assert counts[0] == counts[1]


def test_number_of_questions_does_not_change_the_number_of_queries(site, page_of):
    page = page_of("faq")
    counts = []
    for number in (1, 3):
        page.categories = [
            (
                "category",
                {
                    "title": "Category",
                    "anchor": "category",
                    "questions": [
                        {"question": "Why?", "anchor": f"q-{each}", "answer": "<p>So.</p>"}
                        for each in range(number)
                    ],
                },
            )
        ]
        page.save_revision().publish()
        cache.clear()
        counts.append(queries_of("/en/faq/"))

    assert counts[0] == counts[1]


def test_news_without_a_known_day_shows_its_month(client, site):
    html = client.get("/tc/news/").content.decode()

    assert '<time datetime="2024-10">2024年10月</time>' in html
    assert '<time datetime="2025-05-14">2025年5月14日</time>' in html


def test_news_stand_newest_first(client, site):
    html = client.get("/en/news/").content.decode()

    dates = re.findall(r'<time datetime="([^"]+)"', html)
    assert dates == ["2025-05-14", "2024-10-31", "2024-10"]


def test_news_are_narrowed_to_a_category_that_occurs(client, site):
    def shown(address):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        links = {link.get_text(): link["href"] for link in page.select(".cp-tabs a")}
        current = [link.get_text() for link in page.select(".cp-tabs [aria-current]")]
        return links, current, [link.get_text() for link in page.select(".cp-news a")]

    tabs = {
        "全部": "/tc/news/",
        "計劃": "/tc/news/?category=programme",
        "標誌計劃": "/tc/news/?category=scheme",
    }
    every = ["新一輪申請開始", "215個標誌獲頒授，技術服務佔21個", "額外撥款1億港元，延續至2027年"]
    assert shown("/tc/news/") == (tabs, ["全部"], every)
    assert shown("/tc/news/?category=scheme") == (tabs, ["標誌計劃"], every[:2])
    assert shown("/tc/news/?category=events") == (tabs, [], [])
    assert shown("/tc/news/?category=%00") == (tabs, ["全部"], every)
    assert "2025年5月14日 · 標誌計劃" in client.get("/tc/news/round-2025/").content.decode()


def test_home_leaves_summaries_and_the_address_above_the_footer_to_wider_screens(client, site):
    html = client.get("/en/").content.decode()

    assert '<ul class="cp-news cp-news--brief">' in html and '<aside class="cp-wideonly"' in html
    assert '<ul class="cp-news">' in client.get("/en/news/").content.decode()


def test_switch_leads_to_the_same_page_under_another_slug(client, site, page_of):
    page = page_of("programme", "zh-hant")
    page.slug = "jihua"
    page.save_revision().publish()

    html = client.get("/en/programme/").content.decode()

    assert 'href="/tc/jihua/"' in html
    assert 'href="/sc/programme/"' in html


def test_switch_without_a_translation_leads_home_and_says_so(client, site, page_of):
    page_of("programme", "zh-hans").unpublish()

    html = client.get("/en/programme/").content.decode()
    link = re.search(
        r'<a[^>]*href="/sc/"[^>]*hreflang="zh-Hans"[^>]*>|<a[^>]*hreflang="zh-Hans"[^>]*href="/sc/"[^>]*>',
        html,
    )

    assert link, "the switch leads to the home page of the language"
    assert 'title="本页没有简体中文版本，链接前往首页"' in link[0]
    assert 'hreflang="zh-Hans" href="http' not in html


def test_no_page_is_an_alias_of_another_language(site):
    assert not Page.objects.exclude(alias_of=None).exists()


def test_unpublished_page_is_gone_from_site_and_navigation(client, site, page_of):
    assert b"/en/recognition-scheme/" in client.get("/en/").content
    page_of("recognition-scheme").unpublish()

    assert client.get("/en/recognition-scheme/").status_code == 404
    assert b"/en/recognition-scheme/" not in client.get("/en/").content

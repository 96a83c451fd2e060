"""How the site is found: the readable map, and what search engines read."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, PageViewRestriction

from home.models import NewsPage
from home.site_map import MOST_LISTED
from tests.home.conftest import LANGUAGES, publish

PREFIXES = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}


def links_of(client, prefix="en"):
    page = BeautifulSoup(client.get(f"/{prefix}/site-map/").content, "html.parser")
    return [link["href"] for link in page.select(".cp-sitemap nav a")]


def data_of(client, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    found = [json.loads(each.string) for each in page.select('script[type="application/ld+json"]')]
    assert all(each["@context"] == "https://schema.org" for each in found)
    return {each["@type"]: each for each in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_map_names_every_open_page_of_its_language_once(client, site, language):
    prefix = PREFIXES[language]
    open_pages = Page.objects.filter(locale__language_code=language, depth__gt=1).live()

    assert sorted(links_of(client, prefix)) == sorted(page.url for page in open_pages)


def test_map_leaves_out_what_is_not_for_everybody(client, site, page_of):
    page_of("privacy").unpublish()
    closed = Page.objects.get(pk=page_of("faq").pk)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    links = links_of(client)
    assert "/en/privacy/" not in links and "/en/faq/" not in links and "/en/news/" in links


def test_long_list_is_counted_and_stands_on_its_own_page(client, site, page_of):
    index = page_of("news")
    for number in range(MOST_LISTED):
        index.add_child(
            instance=NewsPage(
                title=f"N{number}", slug=f"n-{number}", date="2026-01-02", summary="W", locale=index.locale
            )
        )

    html = client.get("/en/site-map/").content.decode()
    assert f"{MOST_LISTED + 3} pages" in html and "/en/news/n-1/" not in html and "/en/news/" in html


def test_page_below_one_that_is_not_shown_stays_on_the_map(client, site, page_of):
    page_of("news").unpublish()

    assert "/en/news/round-2025/" in links_of(client)


def test_map_costs_the_same_for_any_number_of_pages(client, site, page_of, django_assert_max_num_queries):
    client.get("/en/site-map/")
    with django_assert_max_num_queries(6):
        client.get("/en/site-map/")


def test_every_page_leads_to_the_map(client, site):
    for prefix in PREFIXES.values():
        assert f'href="/{prefix}/site-map/"' in client.get(f"/{prefix}/news/").content.decode()


def test_map_is_kept_for_strangers_and_follows_a_publication(
    client, site, page_of, settings, django_assert_num_queries, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 300
    links_of(client)
    with django_assert_num_queries(0):
        links_of(client)

    page = page_of("faq")
    page.title = "Asked again"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    assert "Asked again" in client.get("/en/site-map/").content.decode()


def test_front_page_tells_the_site_its_search_and_who_publishes_it(client, site):
    found = data_of(client, "/tc/")

    assert set(found) == {"WebSite"}
    website = found["WebSite"]
    assert (website["url"], website["inLanguage"]) == ("http://testserver/tc/", "zh-Hant-HK")
    target = website["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/tc/search/?q={search_term_string}"
    assert website["publisher"]["telephone"] == "+852 2000 0000"


def test_news_tell_their_day_or_month(client, site):
    dated = data_of(client, "/en/news/round-2025/")["NewsArticle"]
    assert dated["datePublished"] == "2025-05-14" and dated["headline"] and dated["dateModified"]

    assert data_of(client, "/en/news/policy-address-2024/")["NewsArticle"]["datePublished"] == "2024-10"


def test_questions_come_with_their_answers_as_plain_text(client, site):
    found = data_of(client, "/sc/faq/")["FAQPage"]["mainEntity"]

    page = BeautifulSoup(client.get("/sc/faq/").content, "html.parser")
    assert [each["name"] for each in found] == [title.text for title in page.select("main h3")]
    assert all(each["acceptedAnswer"]["text"] and "<" not in each["acceptedAnswer"]["text"] for each in found)
    for each in found:
        assert page.find(id=each["url"].partition("#")[2])


def test_breadcrumbs_say_where_a_page_stands(client, site):
    steps = data_of(client, "/en/news/round-2025/")["BreadcrumbList"]["itemListElement"]

    assert [(each["position"], each["item"].removeprefix("http://testserver")) for each in steps] == [
        (1, "/en/"),
        (2, "/en/news/"),
        (3, "/en/news/round-2025/"),
    ]


def test_what_an_editor_types_cannot_end_the_block(client, site, page_of):
    page = page_of("round-2025")
    page.title = "</script><script>alert(1)</script> & more"
    publish(page)

    html = client.get("/en/news/round-2025/").content.decode()
    assert "alert(1)</script>" not in html
    assert data_of(client, "/en/news/round-2025/")["NewsArticle"]["headline"] == page.title
    assert not re.search(r"<script(?![^>]*(src=|application/ld))", html)


def test_canonical_address_leaves_the_query_out(client, site):
    page = BeautifulSoup(client.get("/en/news/?page=1&utm_source=x").content, "html.parser")

    assert page.select_one('link[rel="canonical"]')["href"] == "http://testserver/en/news/"


def test_robots_keep_out_of_rooms_that_are_for_people(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    for prefix in PREFIXES.values():
        assert {f"Disallow: /{prefix}/{room}/" for room in ("account", "company", "office", "search")} <= set(
            lines
        )
    assert "Disallow: /" not in lines

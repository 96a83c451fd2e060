"""A visitor reads the public pages in all three languages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from seminars.demo.loading import ANNOUNCED, INVENTED
from seminars.models import Seminar

pytestmark = pytest.mark.browser
PAGES = [
    "/en/",
    "/en/programme/",
    "/en/recognition-scheme/",
    "/en/faq/",
    "/en/news/",
    "/en/news/round-2025/",
    "/en/events/demonstration-records/",
    "/en/seminars/certificates/",
    "/en/success-cases/",
    "/en/success-cases/?industry=textiles",
    "/en/success-cases/dye-house/",
    "/en/resources/",
    "/en/figures/",
    "/en/ceremonies/",
    "/en/ceremonies/ceremony-2024/",
    "/en/contact/",
    "/en/privacy/",
    "/en/accessibility/",
    "/en/events/",
    "/en/seminars/personal-information/",
]


def test_visitor_lands_in_the_language_of_the_browser(new_visitor):
    visitor = new_visitor()
    visitor.go("/")
    assert visitor.page.url == f"{visitor.origin}/en/"
    visitor.follow("繁體")
    assert visitor.page.url == f"{visitor.origin}/tc/"
    visitor.go("/")
    assert visitor.page.url == f"{visitor.origin}/tc/", "the choice is remembered"


def test_public_pages_pass_the_probe(new_visitor):
    visitor = new_visitor()
    for path in PAGES:
        visitor.probe.at(visitor.page.context, path)
    assert len(visitor.probe.seen) >= len(PAGES)


def test_the_announced_seminar_passes_the_probe(new_visitor):
    visitor = new_visitor()
    page = Seminar.objects.get(uuid=ANNOUNCED).pages.get(locale__language_code="en")
    assert visitor.go(page.url).status == 200
    visitor.look()


def test_browser_in_another_time_zone_shows_hong_kong_time(new_visitor):
    seminar = Seminar.objects.get(uuid=INVENTED)
    page = seminar.pages.get(locale__language_code="en")
    seen = []
    for zone in ("Asia/Hong_Kong", "America/New_York"):
        visitor = new_visitor(timezone_id=zone)
        for path in (page.url, reverse("seminars:sign_up", args=[seminar.uuid])):
            visitor.go(path)
            seen.append(visitor.page.locator("main").inner_text())
    assert seen[:2] == seen[2:]
    assert f"{timezone.localtime(seminar.starts_at):%H:%M} to" in seen[0] and "Hong Kong time" in seen[0]


def test_language_switch_keeps_the_page(new_visitor):
    visitor = new_visitor(width=320)
    visitor.go("/en/recognition-scheme/")
    visitor.follow("简体")
    assert "/sc/" in visitor.page.url
    visitor.follow("English")
    assert visitor.page.url == f"{visitor.origin}/en/recognition-scheme/"


@pytest.mark.parametrize("javascript", [True, False])
def test_phone_searches_from_any_page_and_reaches_what_it_found(new_visitor, javascript):
    visitor = new_visitor(javascript=javascript, width=320)
    visitor.go("/tc/privacy/")
    if javascript:
        visitor.page.get_by_role("button", name="搜尋", exact=True).first.click()
        visitor.page.get_by_label("搜尋本網站").fill("清洁生产")
    else:
        visitor.page.locator("a.cp-searchopen").click()
        visitor.page.get_by_label("搜尋字詞").fill("清洁生产")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/tc/search/?q=*")

    assert visitor.page.locator("mark").first.inner_text() == "清潔生產"
    if javascript:
        visitor.look()
    visitor.page.get_by_role("link", name="計劃簡介", exact=True).first.click()
    visitor.page.wait_for_url("**/tc/programme/")


@pytest.mark.parametrize("query", ["", "?q=commendation", "?q=zzz"])
def test_search_passes_the_probe(new_visitor, query):
    visitor = new_visitor()
    visitor.go(f"/en/search/{query}")
    visitor.look()

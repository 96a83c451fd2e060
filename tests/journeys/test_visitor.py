"""A visitor reads the public pages in all three languages."""

import pytest

from seminars.models import Seminar

pytestmark = pytest.mark.browser
PAGES = [
    "/en/",
    "/en/programme/",
    "/en/recognition-scheme/",
    "/en/faq/",
    "/en/news/",
    "/en/news/round-2025/",
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


@pytest.mark.parametrize("path", PAGES)
def test_public_page_passes_the_probe(new_visitor, path):
    visitor = new_visitor()
    assert visitor.go(path).status == 200
    visitor.look()


def test_the_announced_seminar_passes_the_probe(new_visitor):
    visitor = new_visitor()
    page = Seminar.objects.past().get().pages.get(locale__language_code="en")
    assert visitor.go(page.url).status == 200
    visitor.look()


def test_language_switch_keeps_the_page(new_visitor):
    visitor = new_visitor(width=320)
    visitor.go("/en/recognition-scheme/")
    visitor.follow("简体")
    assert "/sc/" in visitor.page.url
    visitor.follow("English")
    assert visitor.page.url == f"{visitor.origin}/en/recognition-scheme/"

"""What a screen reader is told on the twelve pages that matter most, kept as text to be read in reviews.

UPDATE_TREES=1 writes the texts anew: read the difference before it is kept.
"""

import calendar
import os
import re
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from seminars.models import SeminarPage
from tests.access import routes_applications, routes_officer
from tests.accessibility.pages import LANGUAGES, Visit
from tests.bench.rows import upcoming_seminar

pytestmark = [pytest.mark.audit, pytest.mark.browser]
TREES = Path(__file__).with_name("trees")
DESK = {"width": 1280, "height": 1024}
# What is different on every day and at every run. Names of days and months stand beside numbers only.
CHANGING = [
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "UUID"),
    (r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b", "DAY"),
    (rf"(?<=\d )(?:{'|'.join([*calendar.month_name[1:], *calendar.month_abbr[1:]])})\b", "MONTH"),
    (r"(?<=星期)[一二三四五六日]|(?<=（)[一二三四五六日](?=）)", "N"),
    (r"(?:凌晨|上午|中午|下午|晚上)(?=\d)", ""),
    (r"(?<=[時时])\d+分", ""),
    (r"(?<!level=)\d+", "N"),
]


def page_of(slug):
    return lambda: Page.objects.live().get(slug=slug, locale__language_code=translation.get_language()).url


def seminar_page():
    code = translation.get_language()
    return SeminarPage.objects.live().get(seminar=upcoming_seminar(), locale__language_code=code).url


def named(name):
    return lambda: reverse(name)


def found():
    return reverse("search:results") + "?q=commendation"


PUBLIC = {
    "home": lambda: f"/{'en' if translation.get_language() == 'en' else 'tc'}/",
    "programme": page_of("programme"),
    "questions": page_of("faq"),
    "seminar": seminar_page,
    "search": found,
    "sign-in": named("account_login"),
}
TOOLS = {
    "task-list": Visit("applications:application", "owner", "get", routes_applications.draft),
    "section": Visit("applications:section", "owner", "get", routes_applications.section),
    "check-answers": Visit("applications:check", "owner", "get", routes_applications.draft),
    "submit": Visit("applications:submit", "owner", "get", routes_applications.draft),
    "queue": Visit("cases:queue", "officer", "get"),
    "checklist": Visit("cases:checklist", "officer", "get", routes_officer.case),
}


def look(window, name, world, language):
    """The page, from the browser of the one whom it is made for."""
    if visit := TOOLS.get(name):
        return window.ask(visit.person, partial(visit.send, world, language))
    with translation.override(language):
        path = PUBLIC[name]()
    return window.ask("anonymous", lambda client: client.get(path))


@pytest.mark.parametrize("prefix", ["en", "tc"])
@pytest.mark.parametrize("name", [*PUBLIC, *TOOLS])
def test_tree_is_the_one_that_was_read(window, world, name, prefix):
    answer = look(window, name, world, LANGUAGES[prefix])
    assert answer.status == 200
    page = window.show(answer)
    page.set_viewport_size(DESK)
    tree = f"title: {page.title()}\n{page.locator('body').aria_snapshot()}\n"
    for pattern, word in CHANGING:
        tree = re.sub(pattern, word, tree)

    kept = TREES / f"{name}.{prefix}.yml"
    if os.environ.get("UPDATE_TREES"):
        kept.write_text(tree)
    assert tree == kept.read_text(), "If this is right: UPDATE_TREES=1, and read what changes"

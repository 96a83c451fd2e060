"""What editors work with is Wagtail's own admin: axe finds nothing in ours that it does not find in stock."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import methodcaller

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.operations import translate_object
from wagtail_localize.views.edit_translation import apply_machine_translation

from applications.models import Round, Section
from home.models import ContentPage, HomePage, NewsPage, Resource
from seminars.models import SeminarPage
from tests.bench.rows import upcoming_seminar
from tests.home.test_simplifying import ENGLISH, TRADITIONAL, translation_into, write
from tests.journeys.probe import AXE, RUN_AXE
from tests.services.ports import free_port, wait_for

pytestmark = [pytest.mark.audit, pytest.mark.browser]
DESK = {"width": 1280, "height": 1024}
# Much of the admin is drawn by scripts: until nothing has moved for half a second, ten seconds at most.
SETTLED = """
() => new Promise(done => {
  let quiet = setTimeout(done, 500);
  new MutationObserver(() => { clearTimeout(quiet); quiet = setTimeout(done, 500); })
    .observe(document, {subtree: true, childList: true, attributes: true});
  setTimeout(done, 10_000);
})
"""
# What is found in a page made of parts that both have, by its rule.
Found = dict[str, str]


@dataclass(frozen=True)
class Kind:
    """A page of ours beside the stock page that is made of the same parts.

    `path` is asked when the demonstration is there. Without a stock page, any stock page may have the fault.
    """

    name: str
    path: Callable[[], str]
    stock: str | None = None


def named(name, *args):
    return lambda: reverse(name, args=args)


def of(name, find):
    return lambda: reverse(name, args=[find().pk])


def english(model, **asked):
    return model.objects.filter(locale__language_code="en", **asked).first()


def chinese_news():
    return NewsPage.objects.filter(locale__language_code="zh-hant").first()


def simplified():
    return Page.objects.get(slug="leaflet", locale__language_code="zh-hans")


STOCK = {
    "dashboard": "/admin/",
    "explorer": "/admin/pages/2/",
    "page editor": "/admin/pages/3/edit/",
    "page to be deleted": "/admin/pages/3/delete/",
    "images": "/admin/images/",
    "image editor": "/admin/images/1/",
    "snippets": "/admin/snippets/stock/note/",
    "snippet editor": "/admin/snippets/stock/note/edit/1/",
    "redirects": "/admin/redirects/",
    "redirect editor": "/admin/redirects/1/",
    "workflows": "/admin/workflows/list/",
    "report": "/admin/reports/site-history/",
    "report of pages": "/admin/reports/aging-pages/",
    "translation asked for": "/admin/translation/submit/page/3/",
}
OURS = [
    Kind("dashboard", named("wagtailadmin_home"), "dashboard"),
    Kind("explorer", of("wagtailadmin_explore", lambda: english(HomePage)), "explorer"),
    Kind("news editor", of("wagtailadmin_pages:edit", lambda: english(NewsPage)), "page editor"),
    Kind("news editor, Chinese", of("wagtailadmin_pages:edit", chinese_news), "page editor"),
    Kind("home editor", of("wagtailadmin_pages:edit", lambda: english(HomePage)), "page editor"),
    Kind(
        "seminar page editor",
        of("wagtailadmin_pages:edit", lambda: english(SeminarPage, seminar=upcoming_seminar())),
        "page editor",
    ),
    Kind(
        "page to be deleted",
        of("wagtailadmin_pages:delete", lambda: english(Page, slug="programme")),
        "page to be deleted",
    ),
    Kind("images", named("wagtailimages:index"), "images"),
    Kind("image editor", of("wagtailimages:edit", lambda: get_image_model().objects.first()), "image editor"),
    Kind("documents of the library", named("wagtailsnippets_home_resource:list"), "snippets"),
    Kind(
        "document of the library",
        of("wagtailsnippets_home_resource:edit", Resource.objects.first),
        "snippet editor",
    ),
    Kind("seminars", named("seminar_facts:index"), "snippets"),
    Kind("facts of a seminar", of("seminar_facts:edit", upcoming_seminar), "page editor"),
    Kind("facts of a new seminar", named("seminar_facts:add"), "page editor"),
    Kind("new piece of news", named("home_new_news"), "page editor"),
    Kind("rounds", named("round_facts:index"), "snippets"),
    Kind("round", of("round_facts:edit", Round.objects.first), "page editor"),
    Kind("redirects", named("wagtailredirects:index"), "redirects"),
    Kind("redirect", of("wagtailredirects:edit", Redirect.objects.first), "redirect editor"),
    Kind("workflows", named("wagtailadmin_workflows:index"), "workflows"),
    Kind("part of a round", of("round_sections:edit", Section.objects.first), "page editor"),
    Kind(
        "translation asked for",
        of("wagtail_localize:submit_page_translation", lambda: english(Page, slug="leaflet")),
        "translation asked for",
    ),
    Kind("report of translations", named("home_translation_report")),
    Kind("machine drafts", of("home_read_drafts", simplified)),
    Kind("page put into another language", of("wagtailadmin_pages:edit", simplified)),
]


class StockWagtail:
    def __init__(self, address, page):
        self.address, self.page, self.known = address, page, {}
        page.goto(f"{address}/admin/login/")
        for field in ("username", "password"):
            page.locator(f"[name={field}]").fill("stock")
        page.locator("button[type=submit]").click()
        page.wait_for_url(f"{address}/admin/")

    def faults(self, name) -> Found:
        if name not in self.known:
            assert self.page.goto(self.address + STOCK[name]).status == 200, name
            self.known[name] = faults_of(self.page)
        return self.known[name]

    def all_rules(self) -> set[str]:
        return {rule for name in STOCK for rule in self.faults(name)}


def faults_of(page) -> Found:
    page.evaluate(SETTLED)
    page.evaluate(AXE.read_text())
    return dict(each.split(": ", 1) for each in page.evaluate(RUN_AXE))


@pytest.fixture(scope="module")
def stock_address(tmp_path_factory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("stock")
    address = f"http://127.0.0.1:{port}"
    told = {"DJANGO_SETTINGS_MODULE": "tests.stock.settings", "STOCK_FOLDER": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.stock", str(port)],
            env={**os.environ, **told, "PYTHONWARNINGS": "ignore"}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_for(lambda: answers(address), seconds=180, what="stock Wagtail", process=process)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def answers(address):
    with urllib.request.urlopen(f"{address}/admin/login/") as answer:
        return answer.status == 200


@pytest.fixture
def stock(stock_address, browser):
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    yield StockWagtail(stock_address, context.new_page())
    context.close()


@pytest.fixture
def leaflet(world):
    """A page with machine drafts into Simplified that nobody has read yet."""
    home = english(HomePage)
    page = home.add_child(instance=ContentPage(slug="leaflet", locale=home.locale, **ENGLISH))
    page.save_revision().publish()
    translate_object(page, list(Locale.objects.exclude(pk=home.locale_id)))
    write(page, "zh-hant", TRADITIONAL)
    drafts = translation_into(page, "zh-hans")
    apply_machine_translation(drafts.pk, world.user("root"), get_machine_translator())


def test_admin_is_no_worse_than_stock(window, leaflet, stock):
    worse = []
    for kind in OURS:
        answer = window.ask("root", methodcaller("get", kind.path()))
        assert answer.status == 200, kind.name
        page = window.show(answer)
        page.set_viewport_size(DESK)
        found = faults_of(page)
        known = stock.faults(kind.stock) if kind.stock else stock.all_rules()
        print(f"{kind.name}: ours {sorted(found)}, stock {sorted(known)}")
        worse += [f"{kind.name}: {rule}: {places}" for rule, places in found.items() if rule not in known]
        worse += [f"{kind.name}: {problem}" for problem in window.problems]
        window.problems.clear()

    assert not worse, "\n" + "\n".join(worse)

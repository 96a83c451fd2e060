"""A browser before the measured portal: the pages it opens, and what goes over the line for each."""

import os
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright
from wagtail.models import Page

from home.models import HomePage, NewsPage
from portal.languages import LANGUAGE_OF
from seminars.models import SeminarPage
from tests.bench.measuring import NotThere
from tests.bench.rows import draft, signed_in, upcoming_seminar
from tests.services.browser import find_browser

LANGUAGES = ("en", "tc")
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 1024}}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
# A phone of medium price has a quarter of the speed of the machine that the bars are set for.
SLOWER = 4


@dataclass(frozen=True)
class Kind:
    """`find` is asked for the address in the language that the page shall have."""

    name: str
    find: Callable[[], str]
    person: str = ""
    is_public: bool = False

    def path(self, prefix):
        with translation.override(LANGUAGE_OF[prefix]):
            return self.find()


def page_of(model, **asked):
    return model.objects.live().filter(locale__language_code=translation.get_language(), **asked).first().url


def section_with_rows():
    for section in draft().form_version.definition["sections"]:
        if any(question["kind"] == "table" for question in section["questions"]):
            return reverse("applications:section", args=[draft().uuid, section["uid"]])
    raise NotThere("no part of the form asks for a table")


HOME = Kind("home", lambda: page_of(HomePage), is_public=True)
SIGN_UP = Kind("sign-up form", lambda: reverse("seminars:sign_up", args=[upcoming_seminar().uuid]))
SECTION = Kind("part of the form", section_with_rows, person="owner")
KINDS = [
    HOME,
    Kind("news", lambda: page_of(NewsPage), is_public=True),
    Kind("seminar", lambda: page_of(SeminarPage, seminar=upcoming_seminar()), is_public=True),
    Kind("many pictures", lambda: page_of(Page, slug="ceremony-2024"), is_public=True),
    SIGN_UP,
    SECTION,
    Kind("office queue", lambda: reverse("cases:queue"), person="officer"),
]


@contextmanager
def launched(playwright, *more):
    path = find_browser(playwright)
    if path is None:
        raise NotThere("no Chromium is here")
    browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def chromium():
    """Yields playwright and a browser."""
    # Its loop runs in this thread, where Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield playwright, browser


@contextmanager
def visitor(browser, kind, address, **options):
    """A window that has seen nothing yet; whoever must be signed in for the page is."""
    context = browser.new_context(**options)
    context.set_default_timeout(60_000)
    if kind.person:
        cookies = signed_in(address, kind.person).cookies
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
    try:
        yield context
    finally:
        context.close()


def slow_page(context, address):
    """A page on a slow phone, and the tools that look into it."""
    page = context.new_page()
    # The first page of a site starts a process, which is neither slow nor looked into from its beginning.
    page.goto(f"{address}/healthz")
    tools = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page, tools


@dataclass
class Asked:
    """One request, as the browser tells of it bit by bit and in any order."""

    url: str = ""
    kind: str = ""
    bytes: int = 0
    # What the server said, also where the browser shows a page that it had kept. None: it was not asked.
    status: int | None = None
    headers: dict = field(default_factory=dict)


class Line:
    """Everything that goes over the line; what the browser had kept does not."""

    def __init__(self, context, page):
        self._asked, tools = defaultdict(Asked), context.new_cdp_session(page)
        tools.on("Network.requestWillBeSent", self._sent)
        tools.on("Network.responseReceivedExtraInfo", self._answered)
        tools.on("Network.loadingFinished", self._finished)
        tools.send("Network.enable")

    def _sent(self, told):
        asked = self._asked[told["requestId"]]
        asked.url, asked.kind = told["request"]["url"], told.get("type", "")

    def _answered(self, told):
        asked = self._asked[told["requestId"]]
        asked.status = told["statusCode"]
        asked.headers = {name.lower(): value for name, value in told["headers"].items()}

    def _finished(self, told):
        self._asked[told["requestId"]].bytes = told["encodedDataLength"]

    @property
    def requests(self):
        return [each for each in self._asked.values() if each.status is not None]

    def size(self, *kinds):
        """KB, headers included."""
        return sum(each.bytes for each in self.requests if not kinds or each.kind in kinds) / 1000

    @property
    def failed(self):
        return [each.url for each in self.requests if each.status >= 400]

    @property
    def strangers(self):
        """Fonts, and whatever lies on another host than the page."""
        own = urlsplit(next(iter(self._asked.values())).url).netloc
        asked = [each for each in self._asked.values() if not each.url.startswith("data:")]
        return [each.url for each in asked if each.kind == "Font" or urlsplit(each.url).netloc != own]

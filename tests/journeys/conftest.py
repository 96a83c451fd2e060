"""A whole portal with its demonstration content, in a browser."""

import re
from dataclasses import dataclass
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from portal import demo
from portal.accounts.demo import DEMO_PASSWORD, current_code
from portal.files import structure
from portal.mail.models import Message
from tests.journeys.probe import WIDTHS, Probe, widths_here
from tests.services.copies import made_once
from tests.services.database import put_back
from tests.services.people import let_a_code_last
from tests.services.verdicts import remembered

CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)
LINK = re.compile(r"https?://\S+")


@pytest.fixture(scope="session")
def demo_copy(django_db_setup, django_db_blocker, testrun_uid):
    """The demonstration, loaded once for all test processes and put back for every journey."""
    with django_db_blocker.unblock():
        return made_once("demo", testrun_uid, load_demo, settings.PRIVATE_ROOT)


def load_demo():
    # Each file is looked into when it arrives and once more by the scan.
    with mock.patch.object(structure, "check", remembered(structure.check)):
        demo.load_all()
        leave_out_papers()
        call_command("db_worker", batch=True, queue_name="*", interval=0, verbosity=0)


def leave_out_papers():
    """Papers as PDF take a second a page: whatever reads none goes without."""
    papers = ("applications.submissions.receipts.make_copies", "seminars.papers.certificate.make")
    DBTaskResult.objects.filter(task_path__in=papers).delete()


@dataclass
class Visitor:
    """One person at one browser window."""

    page: object
    probe: Probe
    origin: str

    def go(self, path):
        return self.page.goto(self.origin + path)

    # A click waits for the next page to begin only: what is read before its style sheet is there
    # runs lines together that stand apart for people.
    def press(self, name, *, exact=True):
        self.page.get_by_role("button", name=name, exact=exact).click()
        self.page.wait_for_load_state()

    def follow(self, name, *, exact=True):
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def fill(self, label, value, *, exact=True):
        self.page.get_by_label(label, exact=exact).fill(value)

    def look(self):
        """This page must pass in all three languages on a phone and on a desk."""
        self.probe.everywhere(self.page)

    def look_here(self):
        """This very state must pass: an error, a message, an answer."""
        before = self.page.viewport_size
        for width in widths_here(self.page.url):
            self.page.set_viewport_size(WIDTHS[width])
            self.probe.check(self.page)
        self.page.set_viewport_size(before)

    def sign_in(self, email, password=DEMO_PASSWORD, *, staff=""):
        self.go("/en/account/login/")
        self.fill("Email address", email)
        self.page.locator("input[type=password]").fill(password)
        self.press("Sign in")
        if staff:
            let_a_code_last()
            self.page.locator("input[name=code]").fill(current_code(staff))
            self.press("Sign in")


@pytest.fixture
def new_visitor(transactional_db, demo_copy, live_server, settings, browser, browser_context_args):
    """`new_visitor(javascript=False)` opens a window; at the end nothing may be wrong with any page seen."""
    put_back(demo_copy)
    settings.DEMO = True
    settings.EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    probe = Probe(live_server.url)
    contexts = []

    def open_window(*, javascript=True, width=1280, **options):
        asked = {"java_script_enabled": javascript, "viewport": WIDTHS[width], **options}
        context = browser.new_context(**{**browser_context_args, **asked})
        if javascript:
            probe.attach(context)
        contexts.append(context)
        context.set_default_timeout(20_000)
        return Visitor(context.new_page(), probe, live_server.url)

    yield open_window
    for context in contexts:
        context.close()
    assert probe.verdict() == []


@pytest.fixture
def work_off():
    """Do what worker, clock and sender would do meanwhile."""

    def run():
        call_command("db_worker", batch=True, queue_name="*", interval=0, verbosity=0)
        call_command("sender", once=True, verbosity=0)

    return run


def last_mail(to, *, kind=None):
    mails = Message.objects.filter(to=to)
    if kind:
        mails = mails.filter(kind=kind)
    return mails.latest("id")


def code_in(message):
    return CODE.search(message.body)[1]

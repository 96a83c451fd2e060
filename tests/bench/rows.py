"""What visitors and applicants do."""

import itertools
import time
import uuid
from functools import partial

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Site

from applications.drafts import drafting
from applications.models import Application, Status
from applications.submissions import contents
from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.models import Membership, User
from portal.files.models import StoredFile
from seminars.models import Seminar, SeminarPage
from tests.bench.browsing import Browser
from tests.bench.measuring import NotThere, Row
from tests.services.people import sign_in

WORDS = (
    "The factory saved energy with a heat recovery unit, 廢氣經過濾後才排放, and the results were measured. "
)
FILES = 40


def signed_in(address, code):
    user = User.objects.get(email=f"{code}@{DEMO_DOMAIN}")
    client = sign_in(Client(), user)
    return Browser(address, {name: morsel.value for name, morsel in client.cookies.items()})


def url(name, *args, **kwargs):
    with translation.override("en"):
        return reverse(name, args=args, kwargs=kwargs)


def repeat(browser, path):
    while True:
        yield browser.ask(path)


def hello(address):
    return repeat(Browser(address), "/bench/hello")


# With a query a page is made for the one who asks (portal.page_cache).
UNKEPT = "?asked=anew"


def home_page(address, *, query=UNKEPT):
    home = Site.objects.get(is_default_site=True).root_page.localized
    return repeat(Browser(address), f"{home.url}{query}")


def content_page(address):
    page = Page.objects.live().filter(content_type__model="contentpage", locale__language_code="en").first()
    if page is None:
        raise NotThere("no content page")
    return repeat(Browser(address), f"{page.get_url()}{UNKEPT}")


def upcoming_seminar():
    seminar = Seminar.objects.filter(
        starts_at__gt=timezone.now(), sign_up_opens_at__lt=timezone.now()
    ).first()
    if seminar is None:
        raise NotThere("no seminar that takes sign-ups")
    return seminar


def seminar_page(address):
    page = SeminarPage.objects.live().filter(seminar=upcoming_seminar(), locale__language_code="en").first()
    if page is None:
        raise NotThere("no live page of the seminar")
    return repeat(Browser(address), f"{page.get_url()}{UNKEPT}")


def sign_up(address):
    browser = Browser(address)
    seminar = upcoming_seminar()
    action, fields = browser.form(url("seminars:sign_up", uuid=seminar.uuid))
    time.sleep(2.5)  # faster than a person is refused
    fields |= {
        "name": "Demo Person", "company": "Demo Company", "company_type": "provider",
        "option": str(seminar.options.first().uuid),
    }  # fmt: skip
    while True:
        yield browser.ask(action, fields | {"email": f"{uuid.uuid4()}@{uuid.uuid4().hex[:8]}.example"})


def draft():
    application = Application.objects.filter(
        provider__memberships__user__email=f"owner@{DEMO_DOMAIN}", status=Status.DRAFT
    ).first()
    if application is None:
        raise NotThere("no draft")
    return application


def task_list(address):
    return repeat(signed_in(address, "owner"), url("applications:application", draft().uuid))


def fill_draft(characters, *, in_one=False):
    """Long texts of so many characters in all, in every section or in one; returns what a save needs."""
    application = draft()
    member = Membership.objects.select_related("provider", "user").get(user__email=f"owner@{DEMO_DOMAIN}")
    held = contents.Contents(application)
    texts = [
        (section["uid"], question["key"])
        for section in application.form_version.definition["sections"]
        for question in section["questions"]
        if question["kind"] == "long_text"
    ]
    long = texts[:1] if in_one else texts
    each = characters // len(long)
    text = (WORDS * (each // len(WORDS) + 1))[:each]
    for uid in dict(texts):
        row = held.sections.get(uid)
        data = (row.data if row else {}) | {
            key: text if (uid, key) in long else "" for place, key in texts if place == uid
        }
        drafting.save_section(application, uid, data, base_version=row.version if row else 0, member=member)
    return application, *texts[0], text


def section_save(address, *, characters, in_one=False):
    """Somebody goes on writing in the first section with a long text."""
    application, section, key, text = fill_draft(characters, in_one=in_one)
    browser = signed_in(address, "owner")
    action, fields = browser.form(url("applications:section", application.uuid, section))
    for number in itertools.count():
        yield browser.ask(action, fields | {key: f"{text} {number}"}, in_parts=True)
        fields["version"] = int(fields["version"]) + 1


def submit(address, *, files=0):
    """One company submits, takes back and submits again; `files` more lie in one of its slots."""
    browser = signed_in(address, "green_delta")
    application = Application.objects.get(
        provider__memberships__user__email=f"green_delta@{DEMO_DOMAIN}", status=Status.SUBMITTED
    )
    StoredFile.objects.bulk_create(
        StoredFile(
            owner_kind=contents.OWNER_KIND, owner_uuid=application.uuid,
            slot=application.form_version.definition["documents"][-1]["uid"],
            original_name=f"Demo evidence {number}.pdf", key=f"bench/{uuid.uuid4()}", size=100_000,
            sha256="0" * 64, detected_type="pdf", state=StoredFile.State.CLEAN,
        )
        for number in range(files)
    )  # fmt: skip
    while True:
        action, fields = browser.form(url("applications:take_back", application.uuid))
        browser.ask(action, fields)
        action, fields = browser.form(url("applications:submit", application.uuid))
        yield browser.ask(action, fields | {"agreed": "on"})


def one_query(address):
    return repeat(Browser(address), "/bench/one-query")


TASK_LIST = Row("task list", task_list, most_queries=12)
PAGES = [
    Row("bare view with one query", one_query, times=200),
    Row("home page, kept for strangers", partial(home_page, query=""), most_queries=0),
    Row("home page", home_page, most_queries=15),
    Row("content page", content_page, most_queries=15),
    Row("seminar page", seminar_page, most_queries=15),
    Row("sign-up, sent", sign_up, most_queries=15, expected_status=302),
    TASK_LIST,
]
SAVED = {"most_queries": 12, "expected_status": 302}
SAVE_SMALL = Row("section saved, draft of 2 KB", partial(section_save, characters=2_000), **SAVED)
SAVE_LARGE = Row("section saved, draft of 200 KB", partial(section_save, characters=200_000), **SAVED)
SAVE_ONE = Row(
    "section saved, 200 KB in it alone", partial(section_save, characters=200_000, in_one=True), **SAVED
)
SUBMITTED = {"most_queries": 30, "expected_status": 302, "times": 20}
SUBMIT_FEW = Row("submit", submit, **SUBMITTED)
SUBMIT_MANY = Row(f"submit, {FILES} files more", partial(submit, files=FILES), **SUBMITTED)


def measure(report):
    for row in PAGES:
        report.take(row)
    small, large, alone = (report.take(row) for row in (SAVE_SMALL, SAVE_LARGE, SAVE_ONE))
    report.bar("section save, 200 KB against 2 KB of draft, median", large.median / small.median, 1.5)
    report.ahead("the same, work of the web process alone", large.work / small.work)
    report.ahead("200 KB in one section against 2 KB, work", alone.work / small.work)
    few, many = report.take(SUBMIT_FEW), report.take(SUBMIT_MANY)
    more = many.usual_queries - few.usual_queries
    report.bar(f"submit, queries more for {FILES} files more", more, 0, hard=True)
    slowest = max(few.transaction_p95, many.transaction_p95)
    report.bar("submit, transaction open, p95", slowest, 100, unit=" ms")

"""What is measured. A row prepares itself and yields one timed request after the other."""

import itertools
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Site

from applications.models import Application, Status
from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.models import Provider, User
from seminars.models import Seminar, SeminarPage
from tests.bench.browsing import Browser
from tests.services.people import sign_in

Asked = tuple[float, int, dict, str]


class NotThere(Exception):
    """The demonstration has nothing to measure this with."""


@dataclass(frozen=True)
class Row:
    name: str
    requests: Callable[[str], Iterator[Asked]]
    # The number of queries that the quality bars allow; None where they say nothing.
    most_queries: int | None = None
    expected_status: int = 200
    times: int = 60


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


def home_page(address):
    return repeat(Browser(address), Site.objects.get(is_default_site=True).root_page.localized.url)


def content_page(address):
    page = Page.objects.live().filter(content_type__model="contentpage", locale__language_code="en").first()
    if page is None:
        raise NotThere("no content page")
    return repeat(Browser(address), page.get_url())


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
    return repeat(Browser(address), page.get_url())


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


def section_save(address):
    browser, application = signed_in(address, "owner"), draft()
    section, question = next(
        (section["uid"], question["key"])
        for section in application.form_version.definition["sections"]
        for question in section["questions"]
        if question["kind"] == "long_text"
    )
    path = url("applications:section", application.uuid, section)
    for number in itertools.count():
        action, fields = browser.form(path)
        yield browser.ask(action, fields | {question: f"Demonstration text, number {number}."})


def submit(address):
    """One company submits, takes back and submits again."""
    browser = signed_in(address, "green_delta")
    application = Application.objects.get(
        provider__memberships__user__email=f"green_delta@{DEMO_DOMAIN}", status=Status.SUBMITTED
    )
    while True:
        action, fields = browser.form(url("applications:take_back", application.uuid))
        browser.ask(action, fields)
        action, fields = browser.form(url("applications:submit", application.uuid))
        yield browser.ask(action, fields | {"agreed": "on"})


def office_queue(address):
    return repeat(signed_in(address, "officer"), url("cases:queue"))


def office_queue_of_5000(address):
    more = 5_000 - Application.objects.exclude(status=Status.DRAFT).count()
    model = Application.objects.exclude(status=Status.DRAFT).first()
    providers = Provider.objects.bulk_create(
        Provider(name_en=f"Demo Bench Company {number}", hk_registration=f"B{number:07}")
        for number in range(more)
    )
    now = timezone.now()
    Application.objects.bulk_create(
        Application(
            round=model.round, provider=provider, form_version=model.form_version, revision=1,
            status=Status.SUBMITTED if number % 3 else Status.IN_VERIFICATION,
            reference=f"BENCH-{number:05}", submitted_at=now - timedelta(minutes=number),
        )
        for number, provider in enumerate(providers)
    )  # fmt: skip
    return office_queue(address)


ROWS = [
    Row("home page", home_page, most_queries=15),
    Row("content page", content_page, most_queries=15),
    Row("seminar page", seminar_page, most_queries=15),
    Row("sign-up, sent", sign_up, most_queries=15, expected_status=302),
    Row("task list", task_list, most_queries=12),
    Row("section, saved", section_save, most_queries=12, expected_status=302, times=40),
    Row("submit", submit, most_queries=30, expected_status=302, times=10),
    Row("office queue, as loaded", office_queue),
    Row("office queue, 5,000", office_queue_of_5000),
]

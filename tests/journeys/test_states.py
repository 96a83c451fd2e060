"""Answers nobody hopes for, in three languages: not found, form too old, busy, closed."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from seminars.models import Seminar, SignUp
from tests.journeys.probe import LANGUAGES
from tests.journeys.test_participant import coming_seminar, fill_in

pytestmark = pytest.mark.browser
IN_EACH_LANGUAGE = pytest.mark.parametrize(
    "language", [pytest.param(code, marks=() if code == "tc" else pytest.mark.audit) for code in LANGUAGES]
)


def form_path(language):
    return f"/{language}/seminars/{coming_seminar().uuid}/sign-up/"


def send(visitor):
    """Press the form's button, whatever it is called in this language; returns the status of the answer."""
    with visitor.page.expect_navigation() as answer:
        visitor.page.locator("main form button.govuk-button").click()
    return answer.value.status


@IN_EACH_LANGUAGE
def test_unknown_address_is_answered_in_its_language(new_visitor, language):
    visitor = new_visitor()
    assert visitor.go(f"/{language}/no-such-page/").status == 404
    visitor.look_here()


@IN_EACH_LANGUAGE
def test_form_from_another_session_is_refused_and_the_typed_text_is_spoken_of(new_visitor, language):
    visitor = new_visitor()
    visitor.go(form_path(language))
    visitor.page.context.clear_cookies()
    visitor.page.locator("#id_name").fill("Demo Typed")
    assert send(visitor) == 403
    visitor.look_here()
    visitor.page.go_back()
    assert visitor.page.input_value("#id_name") == "Demo Typed"


def test_closed_sign_up_says_so(new_visitor):
    path = form_path("en")
    Seminar.objects.upcoming().update(sign_up_closes_at=timezone.now() - timedelta(minutes=1))
    visitor = new_visitor()
    visitor.go(path)
    assert visitor.page.locator("main form").count() == 0
    visitor.look()


def test_busy_sign_up_keeps_what_was_typed_and_works_a_moment_later(new_visitor, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 1)
    visitor = new_visitor()
    visitor.go(form_path("en"))
    fill_in(visitor, "busy@journey.example")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert send(visitor) == 503
        other.execute("ROLLBACK")
    visitor.look_here()
    assert visitor.page.input_value("#id_email") == "busy@journey.example"
    send(visitor)
    assert SignUp.objects.filter(email="busy@journey.example").exists()

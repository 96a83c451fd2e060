"""The end of a session while somebody writes: warned of, put off, and nothing lost where it came."""

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from portal.accounts.models import UnsentForm
from tests.journeys.test_autosave import OWNER, SAVED, WORDS, Writer

pytestmark = pytest.mark.browser
ADDRESS = "/en/company/your-details/"


def age(seconds):
    """The session was last seen that long ago."""
    store = SessionStore(Session.objects.get().session_key)
    store["seen"] = int(time.time()) - seconds
    store.save()


def test_end_of_the_session_is_warned_of_and_put_off_with_one_press(new_visitor):
    visitor = new_visitor()
    page = visitor.page
    visitor.sign_in(OWNER)
    page.clock.install()
    visitor.go(ADDRESS)
    name = page.get_by_label("Full name", exact=True)
    name.fill(WORDS)
    bar = page.locator("[data-session]")
    expect(bar).to_be_hidden()
    age(7200 - 200)
    page.clock.fast_forward("01:56:00")
    expect(bar).to_contain_text("You will be signed out at")
    assert page.evaluate("document.activeElement.name") == "name", "whoever writes is not interrupted"
    visitor.look_here()
    visitor.press("Stay signed in")
    expect(bar).to_be_hidden()
    assert name.input_value() == WORDS
    assert page.evaluate("document.activeElement.name") == "name"
    Session.objects.all().delete()
    page.clock.fast_forward("01:56:00")
    expect(bar).to_contain_text("You were signed out. What you typed is still on this page")
    expect(bar.get_by_role("link", name="Sign in (opens in a new tab)")).to_be_visible()
    visitor.look_here()
    visitor.press("Save your details")
    page.get_by_role("heading", name="You were signed out").wait_for()
    visitor.look_here()
    page.locator("main").get_by_role("link", name="Sign in", exact=True).click()
    visitor.fill("Email address", OWNER)
    page.locator("input[type=password]").fill("demo-portal-2026")
    visitor.press("Sign in")
    page.get_by_role("heading", name="What you typed is still here").wait_for()
    visitor.look_here()
    visitor.press("Send it now")
    page.get_by_text("Your details are saved.").wait_for()
    assert page.get_by_label("Full name", exact=True).input_value() == WORDS


def test_without_script_a_section_sent_too_late_is_there_again_after_signing_in(new_visitor):
    visitor = new_visitor(javascript=False)
    writer = Writer(visitor)
    expect(writer.page.get_by_text("You stay signed in until")).to_be_visible()
    writer.field.fill(WORDS)
    Session.objects.all().delete()
    visitor.press("Save and continue")
    writer.page.get_by_role("heading", name="You were signed out").wait_for()
    writer.page.locator("main").get_by_role("link", name="Sign in", exact=True).click()
    visitor.fill("Email address", OWNER)
    writer.page.locator("input[type=password]").fill("demo-portal-2026")
    visitor.press("Sign in")
    expect(writer.page.locator("main")).to_contain_text("It is not saved yet.")
    assert writer.field.input_value() == WORDS
    assert writer.kept() is None
    visitor.press("Save and leave")
    assert writer.kept() == WORDS


def test_section_that_is_there_again_saves_itself(new_visitor):
    writer = Writer(new_visitor())
    token = writer.page.locator("#typed input[name=csrfmiddlewaretoken]").input_value()
    Session.objects.all().delete()
    writer.page.context.request.post(  # the same browser, without the page's own script
        writer.address,
        form={"csrfmiddlewaretoken": token, "version": "0", writer.question["key"]: WORDS},
        headers={"Referer": writer.address, "Accept": "text/html"},
    )
    kept = UnsentForm.objects.get()
    writer.visitor.sign_in(OWNER)  # leads to the section, with the text in it
    assert str(kept.uuid) in writer.page.url
    writer.must_read(SAVED)
    assert writer.kept() == WORDS
    assert not UnsentForm.objects.exists()

"""A participant signs up for the coming seminar, corrects, and cancels; the next in the queue moves up."""

import time

import pytest
from django.core import mail as django_mail

from seminars.models import Seminar, SignUp
from tests.journeys.conftest import LINK, last_mail

pytestmark = pytest.mark.browser


def coming_seminar():
    return Seminar.objects.upcoming().get()


def fill_in(visitor, email):
    visitor.fill("Name", "Chan Tai Man 陳大文")
    visitor.fill("Company or organisation", "Demo Journey 𨋢 Works Limited")
    visitor.page.get_by_label("Type of company").select_option(index=1)
    visitor.fill("Email address", email)
    visitor.page.get_by_label("Online", exact=False).first.check()
    time.sleep(2)  # the form takes nothing that was filled in faster than a person can


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_participant_signs_up_and_cancels(new_visitor, work_off, javascript):
    visitor = new_visitor(javascript=javascript)
    visitor.go("/en/events/")
    visitor.follow("Demonstration seminar", exact=False)
    if javascript:
        visitor.look()
    visitor.follow("Sign up")
    if javascript:
        visitor.look()
    visitor.press("Send")
    assert "There is a problem" in visitor.page.inner_text("main")
    if javascript:
        visitor.look_here()
    fill_in(visitor, "tai.man@journey.example")
    visitor.press("Send")
    assert "tai.man@journey.example" in visitor.page.inner_text("main")
    if javascript:
        visitor.look_here()

    work_off()
    mail = next(each for each in django_mail.outbox if each.to == ["tai.man@journey.example"])
    assert [part.get_filename() for part in mail.attachments] == ["seminar.ics"]
    own_page = next(link for link in LINK.findall(mail.body) if "/mine/" in link)
    visitor.page.goto(own_page)
    if javascript:
        visitor.look()
    sign_up = SignUp.objects.get(email="tai.man@journey.example")
    assert sign_up.state == SignUp.State.CONFIRMED

    visitor.follow("Correct your details")
    visitor.fill("Name", "Chan Siu Man")
    visitor.press("Save the details")
    sign_up.refresh_from_db()
    assert sign_up.name == "Chan Siu Man"

    visitor.page.goto(own_page)
    visitor.follow("Cancel your sign-up")
    if javascript:
        visitor.look()
    sign_up.refresh_from_db()
    assert sign_up.state == SignUp.State.CONFIRMED, "looking at the page must not act"
    visitor.press("Yes, cancel my sign-up")
    sign_up.refresh_from_db()
    assert sign_up.state == SignUp.State.CANCELLED
    assert last_mail("tai.man@journey.example").kind == "signup.cancelled"


def test_browser_works_for_the_form_on_the_day_of_a_flood(new_visitor, settings):
    settings.PROOF_OF_WORK = True
    visitor = new_visitor()
    visitor.go("/en/events/")
    visitor.follow("Demonstration seminar", exact=False)
    visitor.follow("Sign up")
    fill_in(visitor, "works@journey.example")
    visitor.press("Send")
    visitor.page.wait_for_url("**/sent/")
    assert SignUp.objects.filter(email="works@journey.example").exists()

"""The host's clock is hours off; the database's is right. What is in time is decided by the second alone."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from applications import rounds, workflow
from applications.drafts import reminders
from applications.models import Application, Round, SectionAnswers
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.conftest import GOOD, fill_in, make_round, own_section, private_folder
from tests.applications.test_views import at, flat, words
from tests.files.makers import pdf

__all__ = ["private_folder"]
pytestmark = pytest.mark.django_db
HOUR, MOMENT = timedelta(hours=1), timedelta(milliseconds=2)
OFF = [pytest.param(5 * HOUR, id="ahead"), pytest.param(-5 * HOUR, id="behind")]


@pytest.fixture(params=OFF)
def wrong(request, time_machine):
    """The host's clock goes on, five hours ahead or behind."""
    time_machine.move_to(rounds.database_now() + request.param)
    return request.param


@pytest.fixture
def owner(mei):
    return mei.memberships.select_related("provider", "user").get()


@pytest.fixture
def draft(owner):
    draft = workflow.start(make_round(), member=owner)
    fill_in(draft, owner)
    return draft


def closes_in(hours):
    Round.objects.update(closes_at=rounds.database_now() + hours)


def autosave(company, draft, text):
    section = own_section(draft)["uid"]
    version = SectionAnswers.objects.get(section_uid=section).version
    return company.post(
        at("section", draft, section),
        {**flat(GOOD | {"summary": text}), "version": str(version), "is_completed": "yes"},
        headers={"accept": "application/json"},
    )


def send(company, draft, **more):
    slot = draft.form_version.definition["documents"][0]["uid"]
    file = SimpleUploadedFile("more.pdf", pdf())
    return company.post(at("upload", draft, slot), {"files": file, **more})


def press(company, draft, token):
    pressed = {"review": token, "signer_name": "Mei", "signer_role": "Director", "agreed": "on"}
    return company.post(at("submit", draft), pressed)


def token_on(company, draft):
    return re.search(r'name="review" value="([^"]+)"', company.get(at("submit", draft)).content.decode())[1]


def begun_on(company, draft):
    return re.search(r'name="begun" value="([^"]+)"', company.get(at("documents", draft)).content.decode())[1]


def test_open_round_takes_everything(wrong, client_for, mei, draft):
    """An hour before closing; the host thinks it is over since four hours, or not for six."""
    closes_in(HOUR)
    company = client_for(mei)
    assert autosave(company, draft, "In time").json()["state"] == "saved"
    assert send(company, draft).status_code == 302
    assert "Not submitted yet" in words(company.get(at("application", draft)))
    assert press(company, draft, token_on(company, draft)).status_code == 302
    submission = draft.submissions.get()
    assert abs(submission.submitted_at - rounds.database_now()) < timedelta(minutes=1)
    assert submission.received_in_grace is False


def test_closed_round_takes_nothing(wrong, client_for, mei, draft):
    """An hour after closing; the host thinks six hours have passed, or four are left."""
    company = client_for(mei)
    token, begun = token_on(company, draft), begun_on(company, draft)
    closes_in(-HOUR)
    told = autosave(company, draft, "Too late")
    assert (told.status_code, told.json()["state"]) == (409, "closed")
    assert "The round is closed" in words(send(company, draft, begun=begun))
    assert "The round is closed" in words(press(company, draft, token))
    assert "Closed – not submitted" in words(company.get(at("application", draft)))
    assert Application.objects.get().status == "draft" and StoredFile.objects.count() == 1


def test_page_opened_before_closing_may_be_sent_in_the_minutes_of_grace(wrong, client_for, mei, draft):
    company = client_for(mei)
    token = token_on(company, draft)
    closes_in(-MOMENT)
    assert autosave(company, draft, "Too late").json()["state"] == "closed"
    assert press(company, draft, token).status_code == 302
    assert draft.submissions.get().received_in_grace is True


def test_upload_begun_before_closing_may_arrive_in_the_minutes_of_grace(wrong, client_for, mei, draft):
    company = client_for(mei)
    begun = begun_on(company, draft)
    closes_in(-MOMENT)
    assert send(company, draft).status_code == 422
    assert send(company, draft, begun=begun).status_code == 302
    assert StoredFile.objects.count() == 2


@pytest.fixture
def last_day(draft):
    """Twelve hours before closing, and begun long ago."""
    closes_in(12 * HOUR)
    Application.objects.update(status_changed_at=rounds.database_now() - timedelta(days=9))


def test_reminder_of_the_last_day_is_written_and_sent(wrong, last_day, mei, mailoutbox):
    assert reminders.remind() == 1
    call_command("sender", once=True, verbosity=0)
    assert [mail.to for mail in mailoutbox] == [[mei.email]]
    assert Message.objects.get().state == Message.State.SENT


@pytest.mark.parametrize("off", OFF)
def test_mail_written_by_one_host_leaves_at_once_from_another(off, last_day, mei, mailoutbox, time_machine):
    right = rounds.database_now()
    time_machine.move_to(right + off)
    reminders.remind()
    time_machine.move_to(right)
    call_command("sender", once=True, verbosity=0)
    assert [mail.to for mail in mailoutbox] == [[mei.email]]

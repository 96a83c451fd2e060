"""The virus scanner is away for an hour: uploads wait, submit accepts them, then each is judged once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications import workflow
from applications.models import ClarificationRequest
from portal.audit.models import Event
from portal.files import scanning
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.conftest import fill_in, make_round, private_folder, review_of, upload
from tests.applications.test_views import at, words
from tests.files.makers import pdf
from tests.services.clamd import EICAR

__all__ = ["private_folder"]
pytestmark = pytest.mark.django_db(transaction=True)
UNREACHABLE = "The virus scanner cannot be reached at the moment."
UNFINISHED = "The check for viruses was not finished yet."
STILL_CHECKED = "This file is still being checked for viruses. Try again in a few minutes."


@pytest.fixture
def scanner(clamd, settings):
    settings.SCANNER = str(clamd.socket)
    settings.SCANNER_TIMEOUT = timedelta(seconds=10)
    return clamd


@pytest.fixture
def owner(mei):
    return mei.memberships.select_related("provider", "user").get()


@pytest.fixture
def draft(owner):
    return workflow.start(make_round(), member=owner)


def work():
    # The copies of a receipt would wait as well, and take their time to be made.
    DBTaskResult.objects.filter(task_path__endswith="make_copies").delete()
    call_command("db_worker", batch=True, queue_name="*", interval=0, verbosity=0)


def states():
    return dict(StoredFile.objects.filter(owner_kind="application").values_list("original_name", "state"))


def three_minutes_pass():
    StoredFile.objects.update(checked_at=timezone.now() - timedelta(minutes=3))
    tried = scanning.retry_unfinished()
    work()
    return tried


def verdicts():
    found = Event.objects.filter(verb="file.checked", to_state__in=["clean", "infected"])
    return sorted(found.values_list("object_uuid", "to_state"))


def test_hour_without_scanner_costs_nobody_anything(scanner, draft, owner, mei, officer, client_for):
    company, office = client_for(mei), client_for(officer)
    scanner.stop()
    fill_in(draft, owner)
    bad = upload(draft, owner, name="bad.pdf", content=pdf() + EICAR)
    work()
    assert states() == {"certificate 0.pdf": "error", "bad.pdf": "error"}
    assert words(company.get(at("documents", draft))).count(UNREACHABLE) == 2
    for browser, address in (
        (company, at("download", draft, bad.uuid)),
        (company, at("submit", draft)),
    ):
        told = browser.get(address)
        assert (STILL_CHECKED if told.status_code == 409 else UNFINISHED) in words(told)

    pressed = {"signer_name": "Mei", "signer_role": "Director", "agreed": "on"}
    token = company.get(at("submit", draft)).context["form"]["review"].value()
    assert company.post(at("submit", draft), pressed | {"review": token}).status_code == 302
    assert words(company.get(at("receipt", draft, 1))).count(UNFINISHED) == 2
    case = words(office.get(reverse("cases:documents", args=[draft.uuid])))
    assert case.count("Check did not finish") == 2
    assert office.get(reverse("cases:file", args=[draft.uuid, bad.uuid])).status_code == 409
    assert [three_minutes_pass() for _ in range(2)] == [2, 2]
    assert set(states().values()) == {"error"} and not verdicts()

    scanner.start()
    assert three_minutes_pass() == 2
    assert states() == {"certificate 0.pdf": "clean", "bad.pdf": "infected"}
    assert three_minutes_pass() == 0
    files = StoredFile.objects.all()
    assert verdicts() == sorted((each.uuid, each.state) for each in files)

    draft.refresh_from_db()
    target = ClarificationRequest.objects.get().targets.get()
    assert draft.status == "clarification_requested"
    assert (target.kind, target.uid, target.comment) == ("document", bad.slot, "bad.pdf")
    asked = Message.objects.filter(kind="application.clarification_requested")
    assert list(asked.values_list("to", flat=True)) == [mei.email]
    assert company.get(at("download", draft, bad.uuid)).status_code == 410


def test_file_found_bad_before_submit_is_told_at_its_place_and_fills_no_slot(
    scanner, draft, owner, mei, client_for
):
    scanner.stop()
    fill_in(draft, owner, files=0)
    upload(draft, owner, name="bad.pdf", content=pdf() + EICAR)
    work()
    assert review_of(draft)
    scanner.start()
    three_minutes_pass()
    page = words(client_for(mei).get(at("documents", draft)))
    assert "“bad.pdf” contains a virus and was not kept." in page and UNREACHABLE not in page
    assert "One thing is missing." in words(client_for(mei).get(at("submit", draft)))
    assert not ClarificationRequest.objects.exists()

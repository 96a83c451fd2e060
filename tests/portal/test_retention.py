"""Records go when their time is over, and nothing else does."""

import io
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from applications import retaining, workflow
from applications.desk import case_copies
from applications.models import Application, CaseCopy, Round, Status, Submission
from portal import retention
from portal.accounts import invitations
from portal.accounts.models import Invitation
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files import intake, store
from portal.files.models import StoredFile
from portal.mail.models import Message
from seminars import seats
from seminars.models import SignUp
from tests.applications.conftest import fill_in, make_round, private_folder, submit  # noqa: F401
from tests.seminars.makers import details, make_seminar

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def gone(code, **options):
    """How many records the rule let go."""
    (outcome,) = [each for each in retention.run(**options) if each.rule.code == code]
    return outcome.gone


def due(code, now):
    (outcome,) = [each for each in retention.run(dry_run=True, now=now) if each.rule.code == code]
    return outcome.due


@pytest.fixture
def owner(mei):
    return membership_of(mei)


@pytest.fixture
def draft(owner):
    application = workflow.start(make_round(), member=owner)
    fill_in(application, owner)
    return application


@pytest.fixture
def case(draft, owner):
    submit(draft, owner)
    return draft


def keys_of(application):
    return [each.key for each in StoredFile.objects.filter(owner_uuid=application.uuid)]


def test_abandoned_draft_goes_a_year_after_its_round_closed(draft, django_capture_on_commit_callbacks):
    closes, keys = draft.round.closes_at, keys_of(draft)
    assert gone("applications.abandoned_drafts", now=closes + retaining.DRAFTS_KEPT_FOR) == 0
    with django_capture_on_commit_callbacks(execute=True):
        later = closes + retaining.DRAFTS_KEPT_FOR + timedelta(seconds=1)
        assert gone("applications.abandoned_drafts", now=later) == 1
    assert not Application.objects.exists()
    assert keys
    assert not any(store.exists(key) for key in keys)
    assert set(StoredFile.objects.values_list("state", flat=True)) == {"removed"}
    assert Round.objects.exists()
    event = Event.objects.get(verb="application.erased")
    assert (event.object_uuid, event.actor_uuid) == (draft.uuid, None)
    batch = Event.objects.get(verb="retention.applied", changed=["applications.abandoned_drafts"])
    assert batch.to_state == "1"


def test_extended_or_submitted_draft_is_not_abandoned(case, owner, otto):
    later = case.round.closes_at + 2 * YEAR
    assert due("applications.abandoned_drafts", later) == 0
    workflow.take_back(case, member=owner)
    assert due("applications.abandoned_drafts", later) == 0
    other = workflow.start(case.round, member=membership_of(otto))
    assert due("applications.abandoned_drafts", later) == 1
    Application.objects.filter(pk=other.pk).update(extended_until=later)
    assert due("applications.abandoned_drafts", later) == 0


@pytest.mark.parametrize(
    ("status", "code", "kept"),
    [
        (Status.WITHDRAWN, "applications.withdrawn", retaining.WITHDRAWN_KEPT_FOR),
        (Status.INELIGIBLE, "applications.decided", retaining.DECIDED_KEPT_FOR),
        (Status.NOT_COMMENDED, "applications.decided", retaining.DECIDED_KEPT_FOR),
    ],
)
def test_ended_case_goes_with_its_files(
    case, officer, status, code, kept, django_capture_on_commit_callbacks
):
    with io.BytesIO(b"%PDF") as made:
        copy = case_copies.order(case, reader=officer, language="en", with_notes=False)
        stored = intake.keep_made(
            made,
            name="a.pdf",
            type_code="pdf",
            owner_kind=case_copies.OWNER_KIND,
            owner_uuid=copy.uuid,
            slot="pdf",
        )
    CaseCopy.objects.update(file=stored, state="ready", expires_at=timezone.now() + 20 * YEAR)
    Application.objects.update(status=status)
    changed = Application.objects.get().status_changed_at
    assert due(code, changed + kept) == 0
    keys = [*keys_of(case), stored.key]
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(code, now=changed + kept + timedelta(seconds=1)) == 1
    assert not Application.objects.exists()
    assert not Submission.objects.exists()
    assert not any(store.exists(key) for key in keys)
    assert Event.objects.filter(verb="application.submitted").exists()


@pytest.mark.parametrize(
    "status", [each for each in Status if each not in {*retaining.DECIDED, Status.WITHDRAWN}]
)
def test_case_that_goes_on_or_is_commended_never_goes(case, status):
    Application.objects.update(status=status)
    retention.run(now=timezone.now() + 50 * YEAR)
    assert Application.objects.get().status == status


def test_case_that_moved_meanwhile_stays(case):
    Application.objects.update(status=Status.WITHDRAWN)
    seen = Application.objects.get()
    Application.objects.update(status=Status.SUBMITTED)
    (rule,) = [each for each in retention.rules() if each.code == "applications.withdrawn"]
    assert rule.forget(seen) is False
    assert Application.objects.exists()


def test_sign_up_loses_its_person_on_its_date():
    seminar = make_seminar()
    for who in ("ada", "ben"):
        seats.sign_up(seminar, option=seminar.options.get(mode="online"), details=details(who))
    on = seminar.sign_ups.first().anonymise_on
    before = list(SignUp.objects.values_list("state", "company", "queue_number").order_by("pk"))
    noon = timezone.make_aware(timezone.datetime(on.year, on.month, on.day, 12))
    assert gone("seminars.sign_ups", now=noon - timedelta(days=1)) == 0
    assert gone("seminars.sign_ups", now=noon) == 2
    assert gone("seminars.sign_ups", now=noon) == 0
    assert set(SignUp.objects.values_list("name", "email", "phone", "question")) == {("", "", "", "")}
    assert list(SignUp.objects.values_list("state", "company", "queue_number").order_by("pk")) == before


def test_sessions_invitations_mails_and_names_of_removed_files_go(draft, owner, client_for, mei):
    client_for(mei)
    invitations.invite_colleague(owner, email="guest@demo.example", role="view", language="en")
    mails = Message.objects.count()
    assert mails
    for stored in StoredFile.objects.all():
        intake.remove(stored, user=mei)
    retention.run(now=timezone.now() + timedelta(days=30))
    assert Invitation.objects.count() == 1
    Message.objects.update(state=Message.State.SENT)
    retention.run(now=timezone.now() + 3 * YEAR)
    assert not Session.objects.exists()
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()
    stored = StoredFile.objects.get()
    assert (stored.original_name, stored.description, stored.state) == ("", "", "removed")
    assert len(stored.sha256) == 64


def test_waiting_mail_never_goes(owner):
    invitations.invite_colleague(owner, email="guest@demo.example", role="view", language="en")
    assert due("mail.messages", timezone.now() + 9 * YEAR) == 0


def test_dry_run_changes_nothing_and_says_what_is_due(draft):
    Round.objects.update(opens_at=timezone.now() - 3 * YEAR, closes_at=timezone.now() - 2 * YEAR)
    told = io.StringIO()
    events = Event.objects.count()
    call_command("retention", "--dry-run", stdout=told)
    (line,) = [each for each in told.getvalue().splitlines() if "abandoned_drafts" in each]
    assert line.startswith("applications.abandoned_drafts: due 1, oldest ")
    assert "gone" not in line
    assert Application.objects.exists()
    assert Event.objects.count() == events
    told = io.StringIO()
    call_command("retention", stdout=told)
    assert "abandoned_drafts: due 1" in told.getvalue()
    assert ", gone 1 (kept a year after the round closed)" in told.getvalue()
    assert not Application.objects.exists()


def test_record_that_cannot_go_does_not_keep_the_others(draft, monkeypatch, owner, otto):
    other = workflow.start(draft.round, member=membership_of(otto))
    erase = retaining.erase

    def stubborn(application):
        if application.pk == draft.pk:
            raise OSError("no")
        erase(application)

    monkeypatch.setattr(retaining, "erase", stubborn)
    assert gone("applications.abandoned_drafts", now=draft.round.closes_at + 2 * YEAR) == 1
    assert Application.objects.get().pk == draft.pk != other.pk

"""The deadline table: what is taken when, by the database's clock, for every door alike."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import rounds, workflow
from applications.drafts import documents, drafting, project_imports, projects
from applications.errors import InvalidTransition, RoundClosed
from applications.models import Application, ProjectImport, Round
from applications.questions import versions
from applications.submissions import contents
from portal.accounts.models import Provider
from portal.accounts.permissions import membership_of
from portal.files.models import StoredFile
from tests.applications.conftest import DECLARATION, PROJECT, review_of, submit, upload
from tests.applications.test_views import at as address_of
from tests.files.makers import pdf
from tests.services.people import member

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
GRACE = timedelta(minutes=15)
MOMENTS = {
    "D-1s": -SECOND,
    "D": timedelta(0),
    "D+1s": SECOND,
    "D+G-1s": GRACE - SECOND,
    "D+G": GRACE,
    "D+G+1s": GRACE + SECOND,
}
IN_TIME = {"D-1s", "D"}
IN_GRACE = {"D+1s", "D+G-1s", "D+G"}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("issued", ["before", "after"])
def test_submit(complete, owner, at, moment, issued):
    closes = complete.round.closes_at
    review = review_of(complete, now=closes if issued == "before" else closes + SECOND)
    at(closes + MOMENTS[moment])

    def attempt():
        return workflow.submit(complete, member=owner, review=review, declaration=DECLARATION)

    if moment in IN_TIME or (issued == "before" and moment in IN_GRACE):
        received = attempt()
        assert received.received_in_grace is (moment in IN_GRACE)
        complete.refresh_from_db()
        assert complete.received_in_grace is (moment in IN_GRACE)
    else:
        with pytest.raises(RoundClosed):
            attempt()
        complete.refresh_from_db()
        assert complete.status == "draft"


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("begun", ["before", "after", None])
def test_upload(draft, owner, at, moment, begun):
    closes = draft.round.closes_at
    begun_at = {"before": closes, "after": closes + SECOND, None: None}[begun]
    at(closes + MOMENTS[moment])
    if moment in IN_TIME or (begun == "before" and moment in IN_GRACE):
        assert upload(draft, owner, begun_at=begun_at).pk
    else:
        with pytest.raises(RoundClosed):
            upload(draft, owner, begun_at=begun_at)


@pytest.mark.parametrize("moment", MOMENTS)
def test_section_save_and_page_agree(draft, owner, mei, at, client_for, moment):
    at(draft.round.closes_at + MOMENTS[moment])
    address = f"/en/apply/{draft.uuid}/sections/contacts/"
    page = client_for(mei).get(address)
    assert (b"<textarea" in page.content or b'name="contact_name"' in page.content) is (moment in IN_TIME)
    if moment in IN_TIME:
        drafting.save_section(draft, versions.CONTACTS, {}, base_version=0, member=owner)
    else:
        with pytest.raises(RoundClosed):
            drafting.save_section(draft, versions.CONTACTS, {}, base_version=0, member=owner)


@pytest.mark.parametrize("moment", MOMENTS)
def test_autosave_and_page_agree(draft, mei, at, client_for, moment):
    """What a page saves by itself has no minutes of grace: they are for what was begun and then sent."""
    browser = client_for(mei)
    at(draft.round.closes_at + MOMENTS[moment])
    saved = browser.post(
        address_of("section", draft, versions.CONTACTS),
        {"contact_name": "Demo Contact", "version": "0"},
        headers={"accept": "application/json"},
    )
    assert saved.json()["state"] == ("saved" if moment in IN_TIME else "closed")
    assert draft.answers.exists() is (moment in IN_TIME)
    page = browser.get(address_of("documents", draft)).content
    assert (b'type="file"' in page) is (moment in IN_TIME)


def change_record(draft, owner):
    record = draft.projects.get()
    record.application = draft
    projects.change(record, PROJECT | {"technology": "x"}, base_version=1, member=owner)


def import_record(draft, owner):
    held = ProjectImport.objects.get()
    held.application = draft
    project_imports.add(held, member=owner, without_repeats=False)


def newest_file():
    return StoredFile.objects.exclude(state="removed").latest("id")


def use_again(draft, owner, begun_at=None):
    requirement = draft.form_version.definition["documents"][1]
    documents.reuse(newest_file(), draft, requirement, member=owner, begun_at=begun_at)


def replace(draft, owner, begun_at=None):
    requirement = draft.form_version.definition["documents"][0]
    new = SimpleUploadedFile("new.pdf", pdf())
    documents.replace(newest_file(), draft, requirement, new, member=owner, begun_at=begun_at)


def import_ahead(draft, owner):
    table = SimpleUploadedFile("a.csv", b"factory,technology\nDemo Works,Heat recovery\n")
    project_imports.receive(draft, table, member=owner)


DOORS = {
    "add a record": lambda draft, owner: projects.add(draft, PROJECT, member=owner),
    "change a record": change_record,
    "remove a record": lambda draft, owner: projects.remove(
        draft.projects.get(), base_version=1, member=owner
    ),
    "import records": import_record,
    "remove a file": lambda draft, owner: documents.remove(newest_file(), draft, member=owner),
    "replace a file": replace,
    "use a file again": use_again,
    "start": lambda draft, owner: workflow.start(draft.round, member=second_company()),
}


def second_company():
    company = Provider.objects.create(name_en="Demo Late Limited", hk_registration="20000009")
    return membership_of(member("late", company, "owner"))


def test_every_other_door_closes_with_the_round(complete, owner, at):
    at(complete.round.closes_at)
    import_ahead(complete, owner)
    before = Application.objects.count(), contents.Contents(complete).fingerprint
    at(complete.round.closes_at + SECOND)
    for name, knock in DOORS.items():
        with pytest.raises(RoundClosed):
            knock(complete, owner)
            pytest.fail(f"{name} was let in")
    assert (Application.objects.count(), contents.Contents(complete).fingerprint) == before


@pytest.mark.parametrize("name", DOORS)
def test_every_other_door_is_open_until_the_closing_instant(complete, owner, at, name):
    at(complete.round.closes_at)
    import_ahead(complete, owner)
    DOORS[name](complete, owner)


@pytest.mark.parametrize("knock", [replace, use_again])
def test_file_begun_in_time_is_replaced_or_used_again_in_the_minutes_of_grace(complete, owner, at, knock):
    closes = complete.round.closes_at
    at(closes + GRACE)
    knock(complete, owner, begun_at=closes)
    at(closes + GRACE + SECOND)
    with pytest.raises(RoundClosed):
        knock(complete, owner, begun_at=closes)


@pytest.mark.parametrize("moment", MOMENTS)
def test_taking_back_has_no_minutes_of_grace(submitted, owner, at, moment):
    at(submitted.round.closes_at + MOMENTS[moment])
    if moment in IN_TIME:
        workflow.take_back(submitted, member=owner)
    else:
        with pytest.raises(InvalidTransition):
            workflow.take_back(submitted, member=owner)
    submitted.refresh_from_db()
    assert submitted.status == ("draft" if moment in IN_TIME else "submitted")


@pytest.mark.parametrize("state", set(Round.State.values) - {"open"})
def test_round_that_is_not_open_takes_nothing(complete, owner, state):
    Round.objects.update(state=state)
    with pytest.raises(RoundClosed):
        submit(complete, owner)


def test_round_takes_nothing_before_it_opens(round, at):
    assert not rounds.is_open(round, now=round.opens_at - SECOND)
    assert rounds.is_open(round, now=round.opens_at)


def test_extension_holds_for_its_application_alone(complete, owner, at):
    closes = complete.round.closes_at
    complete.extended_until = closes + timedelta(days=1)
    complete.save(update_fields=["extended_until"])
    Round.objects.update(state=Round.State.CLOSED)
    at(closes + timedelta(hours=23))
    assert submit(complete, owner).received_in_grace is False


def test_web_servers_clock_does_not_matter(draft, time_machine):
    time_machine.move_to(draft.round.closes_at + timedelta(days=30))
    assert rounds.is_open(draft.round, now=rounds.database_now())

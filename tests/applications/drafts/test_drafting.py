from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import rounds, workflow
from applications.drafts import drafting, projects
from applications.errors import InvalidTransition, StaleVersion
from applications.models import AnswerRevision, Application, SectionAnswers
from applications.questions import versions
from applications.questions.forms import ProjectForm, SectionForm
from applications.submissions import contents
from portal.accounts.permissions import membership_of
from tests.applications.conftest import GOOD, PROJECT, own_section, save

pytestmark = pytest.mark.django_db
ANY_TEXT = st.text(max_size=400)


def posted(section, **values):
    form = SectionForm(section, data=values)
    return form.typed()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT, row=st.lists(ANY_TEXT, min_size=2, max_size=2))
def test_what_was_typed_comes_back_as_typed(draft, owner, text, row):
    section = own_section(draft)
    data = posted(
        section,
        **{
            "summary": text,
            "staff": text,
            "turnover_amount": text,
            "turnover_currency": "HKD",
            "since_day": text,
            "field": text,
            "events-0-what": row[0],
            "events-0-when": row[1],
        },
    )
    with transaction.atomic():
        save(draft, section["uid"], data, owner, completed=False)
        stored = SectionAnswers.objects.get(application=draft, section_uid=section["uid"]).data
        transaction.set_rollback(True)
    kept = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    assert [stored["summary"], stored["staff"], stored["field"]] == [kept] * 3
    assert stored["turnover"] == {"amount": kept, "currency": "HKD"}
    assert stored["since"]["day"] == kept
    shown = SectionForm(section, initial=stored)
    assert shown["summary"].value() == kept


def test_save_needs_no_validity(draft, owner):
    row = save(draft, versions.CONTACTS, {"contact_email": "not an address"}, owner, completed=False)
    assert (row.data, row.version, row.is_completed) == ({"contact_email": "not an address"}, 1, False)
    draft.refresh_from_db()
    assert draft.saved_by == owner.user


def test_stale_save_changes_nothing_and_hands_over_what_stands(draft, owner, ken):
    colleague = membership_of(ken)
    uid = own_section(draft)["uid"]
    first = save(draft, uid, {"summary": "mei's"}, owner)
    drafting.save_section(draft, uid, {"summary": "ken's"}, base_version=first.version, member=colleague)
    with pytest.raises(StaleVersion) as refusal:
        drafting.save_section(draft, uid, {"summary": "mei's again"}, base_version=1, member=owner)
    assert refusal.value.current.data == {"summary": "ken's"}
    assert refusal.value.current.changed_by == ken
    assert SectionAnswers.objects.get(section_uid=uid).data == {"summary": "ken's"}


def test_same_save_twice_is_no_conflict(draft, owner):
    uid = own_section(draft)["uid"]
    for _ in range(2):
        row = drafting.save_section(draft, uid, {"summary": "once"}, base_version=0, member=owner)
    assert row.version == 1


def test_colleagues_in_different_sections_never_conflict(draft, owner, ken):
    save(draft, versions.CONTACTS, {"contact_name": "Mei"}, owner)
    row = drafting.save_section(
        draft, own_section(draft)["uid"], GOOD, base_version=0, member=membership_of(ken)
    )
    assert row.version == 1


def test_history_merges_one_persons_saves_within_five_minutes(draft, owner, ken, at):
    uid, start = own_section(draft)["uid"], rounds.database_now()
    steps = [(0, owner), (1, owner), (4, owner), (6, owner), (7, membership_of(ken)), (8, owner)]
    for minutes, member in steps:
        at(start + timedelta(minutes=minutes))
        save(draft, uid, {"summary": f"at {minutes}"}, member)
    kept = AnswerRevision.objects.filter(section_uid=uid).values_list("data__summary", flat=True)
    assert list(kept) == ["at 4", "at 6", "at 7", "at 8"]


def test_nothing_is_saved_after_submission(submitted, owner):
    with pytest.raises(InvalidTransition):
        save(submitted, versions.CONTACTS, {}, owner)
    with pytest.raises(InvalidTransition):
        projects.add(submitted, PROJECT, member=owner)


def test_project_keeps_what_was_typed_and_understands_what_it_can(draft, owner):
    typed = ProjectForm(
        data={
            "factory_name": "  Demo ",
            "energy_kwh": "１２０,000",
            "water_m3": "much",
            "started_on_day": "x",
        }
    ).typed()
    record = projects.add(draft, typed, member=owner)
    record.refresh_from_db()
    assert record.entered["factory_name"] == "  Demo "
    assert (record.factory_name, record.energy_kwh, record.water_m3, record.started_on) == (
        "Demo",
        120000,
        None,
        None,
    )
    assert set(projects.problems(record.entered)) == {
        "water_m3", "started_on", "city", "industry", "project_type", "technology", "role", "progress",
    }  # fmt: skip


def test_project_ends_after_it_began():
    backwards = PROJECT | {"finished_on": {"day": "1", "month": "1", "year": "2020"}}
    assert projects.problems(PROJECT) == {}
    assert list(projects.problems(backwards)) == ["finished_on"]


def test_project_change_and_removal_know_their_version(draft, owner):
    record = projects.add(draft, PROJECT, member=owner)
    changed = projects.change(record, PROJECT | {"technology": "New"}, base_version=1, member=owner)
    assert changed.version == 2
    with pytest.raises(StaleVersion):
        projects.change(record, PROJECT | {"technology": "Other"}, base_version=1, member=owner)
    with pytest.raises(StaleVersion):
        projects.remove(record, base_version=1, member=owner)
    projects.remove(record, base_version=2, member=owner)
    assert contents.Contents(draft).projects == []
    with pytest.raises(StaleVersion):
        projects.change(record, PROJECT, base_version=2, member=owner)


def test_section_save_costs_at_most_twelve_queries(draft, owner, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        drafting.save_section(draft, own_section(draft)["uid"], GOOD, base_version=0, member=owner)


def test_draft_deleted_meanwhile_is_said_and_what_was_typed_stays(client_for, draft, owner, monkeypatch):
    """A colleague deletes the draft between the page's look at it and the save."""
    section = own_section(draft)
    url = reverse("applications:section", args=[draft.uuid, section["uid"]])
    save_section = drafting.save_section

    def too_late(application, *args, **kwargs):
        workflow.delete_draft(Application.objects.get(pk=draft.pk), member=owner)
        return save_section(application, *args, **kwargs)

    monkeypatch.setattr(drafting, "save_section", too_late)
    response = client_for(owner.user).post(url, {"summary": "Long thought about", "version": "0"})

    assert response.status_code == 409
    assert "A colleague deleted this draft" in response.content.decode()
    assert "Long thought about" in response.content.decode()


def test_deleting_a_deleted_draft_is_no_fault(draft, owner):
    twin = Application.objects.get(pk=draft.pk)
    workflow.delete_draft(draft, member=owner)

    with pytest.raises(InvalidTransition, match="deleted"):
        workflow.delete_draft(twin, member=owner)

"""Nothing is asked twice: an earlier application is copied, and a file serves for a second slot."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import rounds, workflow
from applications.drafts import copying, documents
from applications.errors import InvalidTransition, RoundClosed
from applications.models import Application, Question
from applications.submissions import contents
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files import scanning
from portal.files.models import StoredFile
from tests.applications.conftest import (
    CONTACTS,
    GOOD,
    PROJECT,
    QUESTIONS,
    fill_in,
    make_round,
    own_section,
    save,
    upload,
)
from tests.applications.test_views import at as address_of
from tests.applications.test_views import words

pytestmark = pytest.mark.django_db
NEW_CHOICES = "water | Water | 水 | 水\nsoil | Soil | 泥土 | 土壤"


@pytest.fixture
def earlier(draft, owner):
    fill_in(draft, owner)
    judge(draft)
    return draft


@pytest.fixture
def later(earlier, owner):
    """A draft in the next round, which asks a little differently."""
    changed = {"fields": {"choices": NEW_CHOICES}, "events": {"columns": "what | What | 事項 | 事项"}}
    questions = [(key, kind, more | changed.get(key, {})) for key, kind, more in QUESTIONS if key != "staff"]
    questions = [(key, "long_text" if key == "slogan" else kind, more) for key, kind, more in questions]
    return workflow.start(
        make_round("NEXT-TS-", questions=[*questions, ("staff", "short_text", {})]), member=owner
    )


def judge(application):
    for stored in contents.files_of(application):
        scanning.scan.call(str(stored.uuid))


def test_what_fits_comes_over_and_nothing_is_completed(earlier, later, owner):
    copied = copying.copy(later, earlier, member=owner)
    held = contents.Contents(later)
    assert held.sections["contacts"].data == {key: value for key, value in CONTACTS.items() if value}
    wanted = {key: GOOD[key] for key in ("summary", "turnover", "since", "verified", "verifier", "field")}
    wanted |= {"fields": ["water"], "events": [{"what": "Talk"}]}
    assert held.sections[own_section(later)["uid"]].data == wanted
    assert not any(row.is_completed for row in held.sections.values())
    assert [each.entered for each in held.projects] == [PROJECT]
    assert [each.original_name for each in held.files] == ["certificate 0.pdf"]
    assert copied.files == ["certificate 0.pdf"] and copied.left_out == []
    assert copied.sections == {uid: len(row.data) for uid, row in held.sections.items()}


def test_source_stays_as_it_is(earlier, later, owner):
    before = contents.Contents(earlier).fingerprint
    copying.copy(later, earlier, member=owner)
    for stored in contents.files_of(later):
        documents.remove(stored, later, member=owner)
    assert contents.Contents(earlier).fingerprint == before
    assert StoredFile.objects.filter(owner_uuid=earlier.uuid).get().state == "clean"


def test_eligibility_is_read_again_in_another_round(earlier, later, owner):
    copying.copy(later, earlier, member=owner)
    assert "eligibility" not in contents.Contents(later).sections


def test_declaration_is_made_anew_even_in_the_same_round(earlier, owner):
    definition = earlier.form_version.definition
    found = copying.answers_for(definition, contents.Contents(earlier))
    assert "agreed" not in found[own_section(earlier)["uid"]]
    assert "eligibility" in found


def test_nothing_is_copied_over_what_is_there(earlier, later, owner):
    save(later, "contacts", {"contact_name": "Mine"}, owner, completed=False)
    with pytest.raises(InvalidTransition, match="has answers already"):
        copying.copy(later, earlier, member=owner)
    assert contents.Contents(later).values == {"contact_name": "Mine"}
    assert contents.Contents(later).projects == []


def test_nothing_is_copied_after_closing(earlier, later, owner, at):
    at(later.round.closes_at + timedelta(seconds=1))
    with pytest.raises(RoundClosed):
        copying.copy(later, earlier, member=owner)
    assert copying.is_empty(contents.Contents(later))


def test_retired_question_and_unknown_slot_are_left_behind(earlier, later, owner):
    Question.objects.filter(section__round=later.round, key="summary").delete()
    later.form_version.definition["documents"] = []
    later.form_version.definition["sections"][-1]["questions"].pop(0)
    copied = copying.copy(later, earlier, member=owner)
    assert "summary" not in contents.Contents(later).values
    assert (copied.files, copied.left_out) == ([], [])


def test_file_that_finds_no_room_is_named(earlier, later, owner):
    upload(earlier, owner, name="more.pdf", place=1)
    judge(earlier)
    later.form_version.definition["documents"][0]["types"] = ["png"]
    copied = copying.copy(later, earlier, member=owner)
    assert (copied.files, copied.left_out) == (["more.pdf"], ["certificate 0.pdf"])


def test_start_offers_the_earlier_application_and_shows_what_came_over(client_for, mei, earlier, owner):
    following = make_round("NEXT-TS-")
    browser = client_for(mei)
    answer = browser.post(reverse("applications:start", args=[following.uuid]))
    later = Application.objects.get(round=following)
    assert answer["Location"] == address_of("copy", later)
    offered = words(browser.get(address_of("copy", later)))
    assert "Not submitted yet · 15 answers · 1 project record · 1 file" in offered
    browser.post(address_of("copy", later), {"source": str(earlier.uuid)})
    report = words(browser.get(address_of("copy", later)))
    for piece in ("What was copied", "Contact people 6 answers", "1 project record", "certificate 0.pdf"):
        assert piece in report
    browser.post(address_of("copy", later), {"source": str(earlier.uuid)})
    assert later.projects.count() == 1, "a second press does no harm"
    assert Event.objects.filter(verb="application.copied", object_uuid=later.uuid).count() == 1
    assert "Mei copied from an earlier application." in words(browser.get(address_of("history", later)))


def test_first_application_starts_without_a_detour(client_for, mei, round, owner):
    answer = client_for(mei).post(reverse("applications:start", args=[round.uuid]))
    assert answer["Location"] == address_of("application", Application.objects.get())


@pytest.mark.parametrize("source", ["", "nonsense", "of another company"])
def test_only_own_applications_are_a_source(client_for, mei, otto, earlier, later, source):
    other = workflow.start(later.round, member=membership_of(otto))
    fill_in(other, membership_of(otto))
    given = str(other.uuid) if source == "of another company" else source
    client_for(mei).post(address_of("copy", later), {"source": given})
    assert copying.is_empty(contents.Contents(later))


def test_file_is_used_for_a_second_slot_without_a_second_upload(client_for, mei, earlier):
    browser, slot = client_for(mei), earlier.form_version.definition["documents"][1]["uid"]
    stored = StoredFile.objects.get()
    page = browser.get(address_of("documents", earlier)).content.decode()
    assert page.count(f'<option value="{stored.uuid}">') == 1, "not for the slot in which it lies"
    answer = browser.post(address_of("reuse", earlier, slot), {"file": str(stored.uuid)})
    assert answer.status_code == 302
    twin = StoredFile.objects.exclude(pk=stored.pk).get()
    assert (twin.slot, twin.sha256, twin.owner_uuid) == (slot, stored.sha256, earlier.uuid)
    documents.remove(stored, earlier, member=membership_of(mei))
    twin.refresh_from_db()
    assert twin.state == "clean"


def test_file_of_an_earlier_application_is_offered(client_for, mei, earlier, later):
    slot = later.form_version.definition["documents"][0]["uid"]
    stored = StoredFile.objects.get()
    client_for(mei).post(address_of("reuse", later, slot), {"file": str(stored.uuid)})
    assert [each.sha256 for each in contents.Contents(later).files] == [stored.sha256]


def test_reuse_refuses_what_it_must(client_for, mei, otto, earlier, later, at):
    browser, slot = client_for(mei), later.form_version.definition["documents"][0]["uid"]
    stored = StoredFile.objects.get()
    address = address_of("reuse", later, slot)
    assert "Choose a file to upload." in words(browser.post(address, {}))
    assert browser.post(address, {"file": "nonsense"}).status_code == 404
    own = workflow.start(later.round, member=membership_of(otto))
    foreign = address_of("reuse", own, slot)
    assert client_for(otto).post(foreign, {"file": str(stored.uuid)}).status_code == 404
    at(rounds.database_now() + timedelta(days=30))
    assert "The round is closed" in words(browser.post(address, {"file": str(stored.uuid)}))
    assert StoredFile.objects.count() == 1


def test_documents_page_costs_the_same_with_one_and_three_files(
    client_for, mei, draft, owner, django_assert_num_queries
):
    browser = client_for(mei)
    upload(draft, owner, name="1.pdf")
    judge(draft)
    browser.get(address_of("documents", draft))
    with django_assert_num_queries(10):
        browser.get(address_of("documents", draft))
    upload(draft, owner, name="2.pdf")
    upload(draft, owner, name="3.pdf", place=1)
    judge(draft)
    with django_assert_num_queries(10):
        browser.get(address_of("documents", draft))

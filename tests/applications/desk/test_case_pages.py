"""The pages of one case: what they show, and to whom."""

import pytest
from django.urls import reverse
from django.utils import translation

from applications import workflow
from applications.models import DocumentRequirement, Question, Status
from portal.audit.models import Event
from portal.files.models import StoredFile
from tests.applications.desk.handing_in import DRAFT_MARKER, fill_in, submit

PAGES = ["overview", "answers", "projects", "documents", "checklist", "visits", "notes", "history"]
# Sign-in and roles take 4; the rest is the case's own.
QUERIES = {"overview": 18, "answers": 9, "projects": 9, "documents": 10, "history": 12, "checklist": 10}


def address(name, case, *parts):
    return reverse(f"cases:{name}", args=[case.uuid, *parts])


def read(client, name, case, query=None):
    answer = client.get(address(name, case), query)
    assert answer.status_code == 200
    return answer.content.decode()


def hand_in_again(case, user, **answers):
    membership = user.memberships.select_related("provider", "user").get()
    workflow.take_back(case, member=membership)
    fill_in(case, membership, **answers)
    submit(case, membership)


def test_every_page_shows_the_identity_strip_and_its_own_tab(client_for, officer, case):
    client = client_for(officer)

    for name in PAGES:
        page = read(client, name, case).split("<main")[1]
        assert "DEMO-TS-0001" in page
        assert "<h1>Demo Provider A Limited</h1>" in page
        assert '<p class="cp-small" lang="zh-Hant-HK">示範甲有限公司</p>' in page
        assert '<p class="cp-small" lang="zh-Hans">示范甲有限公司</p>' in page
        assert f'<a href="{address(name, case)}" aria-current="page">' in page
        assert page.count('aria-current="page"') == 1


def test_names_of_the_company_follow_the_language_of_the_page(client_for, officer, case):
    with translation.override("zh-hans"):
        page = read(client_for(officer), "overview", case)

    assert "<h1>示范甲有限公司</h1>" in page
    assert '<p class="cp-small" lang="en">Demo Provider A Limited</p>' in page


def test_pages_cost_a_fixed_number_of_queries(client_for, officer, mei, case, django_assert_num_queries):
    hand_in_again(case, mei, name="second.pdf")
    workflow.assign(case, officer=officer, assignee=officer)
    workflow.start_verification(case, officer=officer)
    client = client_for(officer)

    for name, count in QUERIES.items():
        client.get(address(name, case))
        with django_assert_num_queries(count):
            client.get(address(name, case))


def test_answers_come_from_the_form_they_were_given_to(client_for, officer, case):
    Question.objects.filter(key="service").update(label_en="A later wording")
    Question.objects.filter(key="field").delete()

    page = read(client_for(officer), "answers", case)

    assert "What do you offer?" in page
    assert "A later wording" not in page
    assert "We clean exhaust air." in page
    assert "Water" in page
    assert "<td>Demo Ng</td><td>7</td>" in page
    assert "Not provided" in page  # the deputy contact
    assert "All of this is true." in page
    assert case.submissions.get().sha256 in page


def test_documents_keep_the_names_of_their_time(client_for, officer, case):
    DocumentRequirement.objects.update(name_en="A later name")

    page = read(client_for(officer), "documents", case)

    assert "Certificate" in page
    assert "A later name" not in page
    assert "certificate.pdf" in page
    assert "Not virus-scanned" in page
    assert StoredFile.objects.get().sha256[:16] in page


def test_every_revision_can_be_read_again(client_for, officer, mei, case):
    hand_in_again(case, mei, service="Second answer.", name="second.pdf")
    client = client_for(officer)

    newest = read(client, "answers", case)
    first = read(client, "answers", case, {"revision": "1"})

    assert "Second answer." in newest
    assert "We clean exhaust air." not in newest
    assert "We clean exhaust air." in first
    assert "Second answer." not in first
    assert "second.pdf" in read(client, "documents", case)
    assert "second.pdf" not in read(client, "documents", case, {"revision": "1"})
    for unknown in ("3", "0", "x", "١"):
        assert client.get(address("answers", case), {"revision": unknown}).status_code == 404


def test_projects_are_shown_in_words(client_for, officer, case):
    page = read(client_for(officer), "projects", case)

    for text in (
        "Project 1: Demo Dyeing Works",
        "Dongguan",
        "Textiles",
        "1 March 2024",
        "120,000 kWh a year",
    ):
        assert text in page


def test_history_tells_what_happened_newest_first(client_for, officer, colleague, mei, case):
    hand_in_again(case, mei, name="second.pdf")
    workflow.assign(case, officer=colleague, assignee=officer)
    workflow.start_verification(case, officer=officer)

    answer = client_for(officer).get(address("history", case))

    told = [(entry.title, entry.who) for entry in answer.context["entries"]]
    assert told == [
        ("Verification started", "Officer"),
        ("Given to Officer", "Colleague"),
        ("Submitted, revision 2", "Mei (company)"),
        ("Taken back by the company", "Mei (company)"),
        ("Submitted, revision 1", "Mei (company)"),
    ]
    overview = client_for(officer).get(address("overview", case))
    assert overview.context["entries"] == answer.context["entries"][:3]


def test_history_outlives_the_people_in_it(client_for, officer, colleague, case):
    workflow.assign(case, officer=colleague, assignee=colleague)
    colleague.delete()

    newest = client_for(officer).get(address("history", case)).context["entries"][0]

    assert (newest.title, newest.who) == (
        "Given to somebody whose account was deleted",
        "Somebody whose account was deleted",
    )


def test_what_the_company_does_in_a_draft_stays_its_own(client_for, officer, mei, case):
    membership = mei.memberships.select_related("provider", "user").get()
    workflow.take_back(case, member=membership)
    fill_in(case, membership, service=DRAFT_MARKER, name="unseen-draft.pdf")
    client = client_for(officer)

    assert {client.get(address(name, case)).status_code for name in PAGES} == {404}

    submit(case, membership)
    assert DRAFT_MARKER in read(client, "answers", case)
    assert DRAFT_MARKER not in read(client, "answers", case, {"revision": "1"})


def test_back_leads_to_the_same_list_at_the_same_row(client_for, officer, case):
    origin = "/en/office/cases/?status=submitted&sort=-company&page=2"

    page = read(client_for(officer), "history", case, {"back": origin})

    assert f'href="/en/office/cases/?status=submitted&amp;sort=-company&amp;page=2#case-{case.uuid}"' in page
    kept = "?back=%2Fen%2Foffice%2Fcases%2F%3Fstatus%3Dsubmitted%26sort%3D-company%26page%3D2"
    assert page.count(kept) >= len(PAGES)


def test_back_never_leads_elsewhere(client_for, officer, case):
    client = client_for(officer)
    for origin in (
        "https://evil.example/en/office/cases/",
        "//evil.example/en/office/cases/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/en/office/cases/x/",
        "/admin/",
        "\x00",
        "http://[",
    ):
        page = read(client, "overview", case, {"back": origin}).split("<main")[1]
        shell = read(client, "overview", case, {"back": origin}).split("</header>")[1]
        assert f'href="/en/office/cases/#case-{case.uuid}"' in shell
        assert "evil" not in page
        assert "?back=" not in page


@pytest.mark.parametrize("reader", ["releaser", "auditor", "root"])
def test_office_readers_see_every_page(request, client_for, case, reader):
    client = client_for(request.getfixturevalue(reader))

    for name in PAGES:
        assert "DEMO-TS-0001" in read(client, name, case)


@pytest.mark.parametrize("reader", ["releaser", "auditor"])
def test_readers_get_no_button(request, client_for, case, reader):
    page = read(client_for(request.getfixturevalue(reader)), "overview", case)

    main = page.split("<main")[1].split("</main>")[0]
    assert "For reading only" in main
    assert "<button" not in main
    assert "another officer" not in main


def test_everybody_else_is_refused(
    client_for, case, organiser, editor, assessor, record_checker, mei, stranger
):
    for reader in (organiser, editor, assessor, record_checker, mei, stranger):
        client = client_for(reader)
        for name in PAGES:
            answer = client.get(address(name, case))
            assert answer.status_code == 403, (reader, name)
            assert "DEMO-TS-0001" not in answer.content.decode()


def test_pages_ask_for_sign_in_and_take_no_post(client, client_for, officer, case):
    signed_in = client_for(officer)

    for name in PAGES:
        assert client.get(address(name, case)).status_code == 302
        if name not in {"checklist", "notes"}:
            assert signed_in.post(address(name, case)).status_code == 405


def test_unfinished_check_shows_on_the_overview(client_for, officer, case):
    stored = StoredFile.objects.get()
    client = client_for(officer)
    told = {
        StoredFile.State.PENDING: "1 file is still being checked.",
        StoredFile.State.INFECTED: "1 file cannot be used.",
        StoredFile.State.CLEAN: "1 file was not virus-scanned, only its structure was checked.",
    }

    for state, sentence in told.items():
        StoredFile.objects.filter(pk=stored.pk).update(state=state)
        assert sentence in read(client, "overview", case)

    StoredFile.objects.filter(pk=stored.pk).update(checked_by=StoredFile.CheckedBy.CLAMD)
    assert "1 file, virus-scanned." in read(client, "overview", case)


def test_checklist_appears_when_verification_has_begun(client_for, officer, case):
    client = client_for(officer)
    assert "Verification checklist" not in read(client, "overview", case)

    workflow.start_verification(case, officer=officer)

    answer = client.get(address("overview", case))
    titles = [str(check.title) for check in answer.context["checks"]]
    assert titles == ["Company identity", "Contact people", "Your service", "Project records", "Certificate"]
    assert answer.content.decode().count("Not checked yet") == 5


def test_every_status_has_its_next_step(client_for, officer, case):
    client = client_for(officer)

    for status in (each for each in Status if each != Status.DRAFT):
        type(case).objects.filter(pk=case.pk).update(status=status, assignee=officer)
        step = client.get(address("overview", case)).context["next"]
        assert step.title
        assert step.text
        leads_on = {Status.SUBMITTED, Status.IN_VERIFICATION, Status.CLARIFICATION_REQUESTED}
        assert bool(step.url_name) == (status in leads_on)


def test_reading_a_case_writes_nothing(client_for, officer, case):
    before = Event.objects.count()
    client = client_for(officer)

    for name in PAGES:
        client.get(address(name, case))

    assert Event.objects.count() == before

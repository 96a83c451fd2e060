"""Companies in the office: the list, the comparison, second claims, and who is kept out."""

import pytest
from django.urls import reverse

from applications.desk import duplicates
from applications.drafts import projects
from applications.models import ProjectRecord, Status
from portal.accounts import companies, verification
from portal.accounts.models import Provider, RegistrationClaim
from portal.files import previews
from portal.files.models import StoredFile
from tests.accounts.test_claims import TYPED
from tests.applications.desk.handing_in import DRAFT_MARKER, PROJECT
from tests.services.people import person

INDEX = "/en/office/companies/"


def page_of(provider):
    return reverse("companies:detail", args=[provider.uuid])


@pytest.fixture
def claim(case, db):
    claimant = person("clara")
    companies.register_company(claimant, TYPED)
    return RegistrationClaim.objects.get()


def test_list_holds_companies_that_handed_something_in(
    client_for, officer, case, other_case, draft, provider_a
):
    client = client_for(officer)
    names = [str(each) for each in client.get(INDEX).context["page"]]
    assert names == ["Demo Provider A Limited", "Demo Provider B Limited"]
    assert DRAFT_MARKER not in client.get(INDEX, {"state": "all"}).content.decode()

    seen = verification.fingerprint(provider_a)
    verification.decide(provider_a, is_verified=True, note="", seen=seen, officer=officer)

    assert [str(each) for each in client.get(INDEX).context["page"]] == ["Demo Provider B Limited"]
    verified = client.get(INDEX, {"state": "verified", "q": "10000001"}).context["page"]
    assert [each.pk for each in verified] == [provider_a.pk]
    assert list(client.get(INDEX, {"state": "x"}).context["page"]) == []
    counts = [each["count"] for each in client.get(INDEX).context["states"]]
    assert counts == [1, 0, 1, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_with_any_number_of_companies(
    client_for, officer, case, count, django_assert_num_queries
):
    for number in range(count - 1):
        provider = Provider.objects.create(name_en=f"Demo {number}", hk_registration=f"4000000{number}")
        type(case).objects.create(
            round=case.round, provider=provider, form_version=case.form_version, status=Status.SUBMITTED
        )
    client = client_for(officer)
    client.get(INDEX)

    with django_assert_num_queries(7):
        assert client.get(INDEX).context["page"].paginator.count == count


def test_comparison_shows_entered_and_document_side_by_side(client_for, officer, case, provider_a):
    stored = StoredFile.objects.get()
    previews.make.call(str(stored.uuid))
    Provider.objects.filter(pk=provider_a.pk).update(name_en="Demo Changed Since Limited")

    page = client_for(officer).get(page_of(provider_a)).content.decode()

    assert "10000001" in page
    assert "Handed in as: Demo Provider A Limited" in page
    assert reverse("cases:picture", args=[case.uuid, stored.uuid, 1]) in page
    assert "certificate.pdf" in page


def test_verifying_by_the_page(client_for, officer, case, provider_a):
    client = client_for(officer)
    form = client.get(page_of(provider_a)).context["form"]
    data = {"verdict": "verified", "note": "", "seen": form["seen"].value()}

    assert client.post(page_of(provider_a), data).status_code == 302

    provider_a.refresh_from_db()
    assert provider_a.verification == "verified"
    page = client.get(page_of(provider_a)).content.decode()
    assert "Agreed with the certificate" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose whether the registration agrees with the certificate."),
        ({"verdict": "not"}, "Write in the note what does not agree."),
        ({"verdict": "yes", "note": "kept 𨋢"}, "verdict"),
    ],
)
def test_bad_answer_changes_nothing_and_keeps_the_note(client_for, officer, case, provider_a, data, sentence):
    answer = client_for(officer).post(page_of(provider_a), data)

    provider_a.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert data.get("note", "") in answer.content.decode()
    assert provider_a.verification == "claimed"


def test_company_changed_meanwhile_must_be_compared_again(client_for, officer, case, provider_a):
    client = client_for(officer)
    seen = client.get(page_of(provider_a)).context["form"]["seen"].value()
    Provider.objects.filter(pk=provider_a.pk).update(hk_registration="10000123")

    answer = client.post(page_of(provider_a), {"verdict": "verified", "note": "Kept.", "seen": seen})

    assert answer.status_code == 409
    assert "Compare them again." in answer.content.decode()
    assert "10000123" in answer.content.decode() and "Kept." in answer.content.decode()
    provider_a.refresh_from_db()
    assert provider_a.verification == "claimed"


def test_claim_is_settled_by_its_page(client_for, officer, claim, provider_a):
    client = client_for(officer)
    url = reverse("companies:claim", args=[claim.uuid])
    shown = client.get(url).content.decode()
    assert "clara@demo.example" in shown and "mei@demo.example" in shown
    assert "The claimant entered: Demo Typed Name Limited" in shown
    assert "+852 2000 0001" in shown and "+85220000001" not in shown
    assert client.post(url, {"outcome": "joined", "note": ""}).status_code == 422

    answer = client.post(url, {"outcome": "joined", "note": "One company."})

    claim.refresh_from_db()
    assert answer.url == page_of(provider_a)
    assert claim.state == "joined"
    assert client.post(url, {"outcome": "refused", "note": "x"}).status_code == 409


def test_nobody_but_officers_opens_the_pages(
    client_for, claim, provider_a, auditor, releaser, assessor, organiser, mei, otto
):
    urls = [INDEX, page_of(provider_a), reverse("companies:claim", args=[claim.uuid])]
    for user in (auditor, releaser, assessor, organiser, mei, otto):
        client = client_for(user)
        assert {client.get(url).status_code for url in urls} == {403}
        assert {client.post(url, {"outcome": "given", "note": "x"}).status_code for url in urls[1:]} == {403}
    claim.refresh_from_db()
    assert claim.state == "open"


def test_same_project_in_two_cases_is_a_hint_with_a_link(client_for, officer, case, other_case):
    page = " ".join(
        client_for(officer).get(reverse("cases:overview", args=[case.uuid])).content.decode().split()
    )

    assert "Perhaps known already" in page
    assert reverse("cases:projects", args=[other_case.uuid]) in page
    assert "Demo Provider B Limited" in page


@pytest.mark.parametrize(
    ("changed", "is_like"),
    [
        ({"project_number": "ｄp24 117", "factory_name": "Elsewhere"}, True),
        ({"project_number": "", "factory_name": "DEMO  dyeing-works"}, True),
        ({"project_number": "", "factory_name": "Elsewhere"}, False),
        ({"project_number": "", "technology": ""}, False),
        ({"project_number": "P-01", "started_on": {"day": "1", "month": "4", "year": "2024"}}, False),
    ],
)
def test_projects_are_compared_without_spaces_width_and_case(case, other_case, changed, is_like):
    for application, entered in (
        (case, {**PROJECT, "project_number": "DP-24-117"}),
        (other_case, {**PROJECT, **changed}),
    ):
        ProjectRecord.objects.filter(application=application).update(**projects.understood(entered))

    assert bool(duplicates.hints(case, case.submissions.get()).projects) == is_like


def test_drafts_and_later_rounds_give_no_hint(case, other_case):
    submission = case.submissions.get()
    type(case).objects.filter(pk=other_case.pk).update(status=Status.DRAFT)
    assert not duplicates.hints(case, submission).projects


def test_number_taken_by_another_company_since_is_a_hint(case, provider_a, provider_b):
    submission = case.submissions.get()
    assert not duplicates.hints(case, submission)
    Provider.objects.filter(pk=provider_a.pk).update(hk_registration="10000777")
    Provider.objects.filter(pk=provider_b.pk).update(hk_registration="10000001")

    assert duplicates.hints(case, submission).companies == [provider_b]


def test_second_claim_is_a_hint(claim, case):
    assert duplicates.hints(case, case.submissions.get()).open_claims == 1

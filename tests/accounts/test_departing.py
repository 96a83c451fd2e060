"""An owner who erases the account: what is in the way is said with the pages that settle it."""

from html import unescape

import pytest
from django.urls import reverse

from applications import workflow
from applications.models import Application
from portal.accounts import claims, companies
from portal.accounts.models import Membership, Provider, RegistrationClaim, User
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from tests.applications.conftest import fill_in, make_round, private_folder, submit  # noqa: F401

pytestmark = pytest.mark.django_db
ERASE = "/en/company/your-details/erase/"


def erase(browser):
    return unescape(browser.post(ERASE, {"sure": "on"}, follow=True).content.decode())


@pytest.fixture
def draft(mei):
    return workflow.start(make_round(), member=membership_of(mei))


def test_owner_with_colleagues_is_led_to_handing_over(client_for, mei, ken, vic):
    page = erase(client_for(mei))

    assert "Hand the company over to a colleague first." in page
    for colleague in (ken, vic):
        assert f'href="{reverse("accounts:hand_over", args=[colleague.uuid])}"' in page
        assert f"Hand the company over to {colleague.name}" in page
    assert User.objects.filter(pk=mei.pk).exists()


def test_last_person_deletes_the_draft_and_then_goes_with_the_company(client_for, mei, draft):
    browser, delete = client_for(mei), reverse("applications:delete", args=[draft.uuid])
    page = erase(browser)
    assert "it still has drafts. Delete them first" in page and f'href="{delete}"' in page
    assert Application.objects.exists()

    browser.post(delete)
    assert "The profile of Demo Provider A Limited is erased, too" in browser.get(ERASE).content.decode()
    assert "Your account is erased." in erase(browser)
    assert not Provider.objects.exists() and not User.objects.filter(pk=mei.pk).exists()
    assert Event.objects.filter(verb="company.ended", actor_uuid=mei.uuid).count() == 1


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_last_person_of_a_company_that_submitted_finds_a_successor(client_for, mei, draft, is_taken_back):
    owner = membership_of(mei)
    fill_in(draft, owner)
    submit(draft, owner)
    if is_taken_back:
        workflow.take_back(draft, member=owner)
    page = erase(client_for(mei))

    assert "somebody must be able to answer for it" in page
    assert f'href="{reverse("accounts:member_invite")}"' in page
    assert User.objects.filter(pk=mei.pk).exists() and Application.objects.exists()


def test_company_that_somebody_else_claims_stays_for_that_person(client_for, mei, officer, stranger):
    company = membership_of(mei).provider
    companies.register_company(stranger, {name: getattr(company, name) for name in companies.PROFILE_FIELDS})
    erase(client_for(mei))
    assert not Membership.objects.exists()

    claim = RegistrationClaim.objects.get(claimant=stranger)
    claims.settle(claim, claims.State.GIVEN, officer=officer, note="Nobody else is left.")
    assert membership_of(stranger).provider == company
    assert membership_of(stranger).role == "owner"


def test_superuser_erases_the_last_person_of_an_empty_company(client_for, root, mei):
    browser, address = client_for(root), reverse("office:person_erase", args=[mei.uuid])
    assert "nobody else belongs to the company" in browser.get(address).content.decode()
    browser.post(address, {"reason": "request", "email": mei.email})

    assert not Provider.objects.exists() and not User.objects.filter(pk=mei.pk).exists()


def test_box_that_is_not_there_is_no_error(client_for, mei, ken):
    response = client_for(mei).post(ERASE, {})
    page = response.content.decode()

    assert "There is a problem" not in page and "<title>Error" not in page
    assert 'name="sure"' not in page

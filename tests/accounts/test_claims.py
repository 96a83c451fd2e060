"""Settling a second claim to a registration number, and verifying a registration."""

import pytest

from portal.accounts import claims, companies, verification
from portal.accounts.companies import CompanyError
from portal.accounts.models import Membership, Provider, RegistrationCheck, RegistrationClaim
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.mail.models import Message
from tests.services.people import person

State = RegistrationClaim.State
Role = Membership.Role
TYPED = {
    "name_en": "Demo Typed Name Limited",
    "name_zh_hant": "",
    "name_zh_hans": "",
    "hk_registration": "10000001",
    "hk_registration_expires": None,
    "mainland_registration": "",
    "address": "",
    "telephone": "",
    "website": "",
    "year_founded": None,
}


@pytest.fixture
def claimant(db):
    return person("clara", language="zh-hant")


@pytest.fixture
def claim(mei, claimant):
    """Clara enters the number that Mei's company holds."""
    assert companies.register_company(claimant, TYPED) is None
    return RegistrationClaim.objects.get()


def settle(claim, outcome, officer, **more):
    claims.settle(claim, outcome, officer=officer, note="Compared both certificates.", **more)
    claim.refresh_from_db()


def mails(kind):
    return {each.to: each for each in Message.objects.filter(kind__startswith=f"registration_claim.{kind}")}


def roles(provider):
    return {each.user.email: each.role for each in provider.memberships.select_related("user")}


def test_joining_adds_the_claimant_and_tells_both_without_a_name(officer, mei, claimant, claim, provider_a):
    settle(claim, State.JOINED, officer)

    assert roles(provider_a) == {mei.email: "owner", claimant.email: "edit"}
    assert (claim.state, claim.settled_by, claim.note) == (
        State.JOINED,
        officer,
        "Compared both certificates.",
    )
    told = mails("joined")
    assert set(told) == {mei.email, claimant.email}
    assert told[claimant.email].language == "zh-hant"
    for address, mail in told.items():
        other = claimant if address == mei.email else mei
        for secret in (other.name, other.email, "Compared both"):
            assert secret not in mail.subject + mail.body


@pytest.mark.parametrize("keep", [True, False])
def test_giving_makes_the_claimant_the_owner(officer, mei, claimant, ken, claim, provider_a, keep):
    settle(claim, State.GIVEN, officer, keep_owner=keep)

    before = {mei.email: "edit"} if keep else {}
    assert roles(provider_a) == {claimant.email: "owner", ken.email: "edit", **before}
    assert (membership_of(mei) is not None) == keep
    told = mails("given")
    assert set(told) == {mei.email, claimant.email}
    assert ("You still belong" in told[mei.email].body) == keep
    assert claimant.name not in told[mei.email].body


def test_refusing_changes_nobodys_company(officer, mei, claimant, claim, provider_a):
    settle(claim, State.REFUSED, officer)

    assert roles(provider_a) == {mei.email: "owner"}
    assert membership_of(claimant) is None
    told = mails("refused")
    # What the claimant typed, never the company that holds the number.
    assert "Demo Typed Name Limited" in told[claimant.email].body
    assert "Demo Provider A" not in told[claimant.email].body
    assert "示範甲" not in told[claimant.email].body


def test_settling_twice_does_nothing_more(officer, claim):
    settle(claim, State.REFUSED, officer)
    before = (Event.objects.count(), Message.objects.count())

    settle(claim, State.REFUSED, officer)
    with pytest.raises(CompanyError, match="settled meanwhile"):
        settle(claim, State.JOINED, officer)

    assert (Event.objects.count(), Message.objects.count()) == before


@pytest.mark.parametrize("outcome", [State.JOINED, State.GIVEN])
def test_claimant_who_joined_another_company_stays_there(officer, claim, claimant, provider_b, mei, outcome):
    companies.add_member(provider_b, claimant, Role.VIEW, by=None)

    with pytest.raises(CompanyError, match="belongs to another company"):
        settle(claim, outcome, officer)

    claim.refresh_from_db()
    assert claim.state == State.OPEN
    assert membership_of(mei).role == Role.OWNER
    assert mails("joined") == mails("given") == {}


def test_claimant_may_try_again_after_a_refusal(officer, claim, claimant):
    settle(claim, State.REFUSED, officer)

    companies.register_company(claimant, TYPED)

    assert RegistrationClaim.objects.filter(state=State.OPEN).count() == 1


def decide(provider, officer, *, is_verified=True, note="", seen=None):
    seen = seen or verification.fingerprint(provider)
    return verification.decide(provider, is_verified=is_verified, note=note, seen=seen, officer=officer)


def test_verifying_keeps_who_when_and_what_was_seen(officer, provider_a):
    check = decide(provider_a, officer)

    provider_a.refresh_from_db()
    assert (provider_a.verification, provider_a.verified_by) == ("verified", officer)
    assert provider_a.verified_at is not None
    event = Event.objects.get(verb="company.verified")
    assert event.hashes == {"identity": check.identity_sha256}
    assert not Message.objects.exists()


def test_same_verdict_again_writes_nothing(officer, provider_a):
    assert decide(provider_a, officer) == decide(provider_a, officer)
    assert RegistrationCheck.objects.count() == 1
    assert Event.objects.filter(verb="company.verified").count() == 1


def test_company_that_changed_meanwhile_is_not_verified(officer, mei, provider_a):
    seen = verification.fingerprint(provider_a)
    membership = membership_of(mei)
    profile = {name: getattr(provider_a, name) for name in companies.PROFILE_FIELDS}
    companies.change_profile(membership, {**profile, "name_en": "Demo Renamed Limited"})

    with pytest.raises(CompanyError, match="Compare them again"):
        decide(provider_a, officer, seen=seen)

    assert Provider.objects.get(pk=provider_a.pk).verification == "claimed"
    assert not RegistrationCheck.objects.exists()


def test_verified_can_be_taken_away_with_a_note(officer, provider_a):
    decide(provider_a, officer)

    decide(provider_a, officer, is_verified=False, note="The certificate has run out.")

    provider_a.refresh_from_db()
    assert (provider_a.verification, provider_a.verified_at, provider_a.verified_by) == (
        "claimed",
        None,
        None,
    )
    assert [each.is_verified for each in provider_a.checks.all()] == [False, True]

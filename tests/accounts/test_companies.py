"""Registering a company, and who may do what with its people."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from portal.accounts import companies, erasure
from portal.accounts.models import Membership, Provider, RegistrationClaim, User
from portal.audit.models import Event
from portal.mail import envelope, kinds
from portal.mail.models import Message
from tests.services.people import member, person

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
TYPED = {
    "name_en": "Test Harbour Engineering Limited",
    "name_zh_hant": "測試海港𨋢工程有限公司",
    "hk_registration": "１２３４５６７８-000-01-11-1",
    "mainland_registration": "",
    "address": "1 Test Road\nHong Kong",
    "telephone_country": "HK",
    "telephone": "2123 4567 ext 12",
}


def register(client, **changes):
    return client.post(reverse("accounts:register"), {**TYPED, **changes})


def profile(**changes):
    empty = dict.fromkeys(companies.PROFILE_FIELDS, "")
    known = {"hk_registration_expires": None, "year_founded": None, "name_en": "Test Limited"}
    return {**empty, **known, **changes}


def test_register_makes_the_company_with_its_owner(client_for, stranger):
    response = register(client_for(stranger))

    provider = Provider.objects.get()
    assert response["Location"] == reverse("accounts:registered")
    assert provider.hk_registration == "12345678"
    assert provider.name_zh_hant == "測試海港𨋢工程有限公司"
    assert provider.telephone == "+85221234567;ext=12"
    assert provider.verification == Provider.Verification.CLAIMED
    assert provider.memberships.get().user == stranger
    assert provider.memberships.get().role == Membership.Role.OWNER
    assert Event.objects.filter(verb="company.registered", object_uuid=provider.uuid).count() == 1
    assert Message.objects.get(kind="company.registered").to == stranger.email


def test_register_again_changes_nothing(client_for, stranger):
    browser = client_for(stranger)
    register(browser)
    register(browser)

    assert Provider.objects.count() == 1
    assert Message.objects.filter(kind="company.registered").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name_en": "", "name_zh_hant": ""}, "at least one language"),
        ({"hk_registration": ""}, "the unified social credit code, or both"),
        ({"hk_registration": "12 34"}, "first 8 digits"),
        ({"mainland_registration": "91440300MA00000078"}, "Compare all 18"),
        ({"telephone": "1"}, "8 digits"),
    ],
)
def test_register_says_what_to_do_and_keeps_what_was_typed(client_for, stranger, changes, words):
    response = register(client_for(stranger), **changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "There is a problem" in page
    assert "1 Test Road" in page
    assert not Provider.objects.exists()


def test_second_claim_answers_exactly_alike_and_names_nobody(client_for, provider_a, mei, stranger):
    newcomer = person("newcomer")
    first = register(client_for(newcomer))
    second = register(client_for(stranger), hk_registration=provider_a.hk_registration)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    pages = [
        TOKEN.sub("", client_for(each).get(second["Location"]).content.decode().replace(each.name, ""))
        for each in (newcomer, stranger)
    ]
    assert pages[0] == pages[1]
    assert not stranger.memberships.exists()
    claim = RegistrationClaim.objects.get()
    assert (claim.provider, claim.claimant) == (provider_a, stranger)
    assert claim.details["name_en"] == TYPED["name_en"]
    sent = {message.kind: message for message in Message.objects.filter(about=claim.uuid)}
    assert sent["registration_claim.owner"].to == mei.email
    assert sent["registration_claim.claimant"].to == stranger.email
    assert sent["registration_claim.secretariat"].to == "secretariat@portal.example"
    for_claimant = sent["registration_claim.claimant"].subject + sent["registration_claim.claimant"].body
    assert provider_a.name_en not in for_claimant
    assert mei.name not in for_claimant
    for_owner = sent["registration_claim.owner"].subject + sent["registration_claim.owner"].body
    assert stranger.name not in for_owner
    assert stranger.email not in for_owner


def test_second_claim_pressed_twice_asks_once(client_for, provider_a, mei, stranger):
    browser = client_for(stranger)
    for _ in range(2):
        register(browser, hk_registration=provider_a.hk_registration)

    assert RegistrationClaim.objects.count() == 1
    assert Message.objects.filter(kind="registration_claim.owner").count() == 1


def test_number_taken_in_the_very_moment_becomes_a_claim(provider_a, mei, stranger, monkeypatch):
    answers = iter([None, provider_a])
    monkeypatch.setattr(companies, "_holder", lambda profile: next(answers))

    made = companies.register_company(stranger, profile(hk_registration=provider_a.hk_registration))

    assert made is None
    assert RegistrationClaim.objects.get().claimant == stranger


def test_changed_number_of_another_company_is_refused_without_naming_it(
    client_for, provider_a, mei, provider_b
):
    response = client_for(mei).post(
        reverse("accounts:company_change"),
        {**TYPED, "hk_registration": "", "mainland_registration": provider_b.mainland_registration},
    )

    assert provider_b.name_en not in response.content.decode()
    assert "Check the registration number" in response.content.decode()
    provider_a.refresh_from_db()
    assert provider_a.mainland_registration == ""


def test_changed_name_takes_verification_away_and_changed_telephone_does_not(provider_a, mei):
    Provider.objects.update(verification=Provider.Verification.VERIFIED)
    membership = mei.memberships.get()
    provider_a.refresh_from_db()
    same = {name: getattr(provider_a, name) for name in companies.PROFILE_FIELDS}

    companies.change_profile(membership, {**same, "telephone": "+85221230000"})
    provider_a.refresh_from_db()
    assert provider_a.verification == Provider.Verification.VERIFIED

    companies.change_profile(membership, {**same, "name_en": "Demo Provider Alpha Limited"})
    provider_a.refresh_from_db()
    assert provider_a.verification == Provider.Verification.CLAIMED
    assert provider_a.folded_names.startswith(" demo provid alpha limit ")


@pytest.mark.parametrize("name", ["company_change", "member_invite"])
@pytest.mark.parametrize("role", ["submit", "edit", "view"])
def test_only_the_owner_manages(client_for, provider_a, mei, name, role):
    colleague = member("colleague", provider_a, role)

    assert client_for(colleague).get(reverse(f"accounts:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["member_role", "member_remove", "hand_over"])
def test_people_of_another_company_are_not_found(client_for, mei, otto, name):
    url = reverse(f"accounts:{name}", args=[otto.uuid])

    assert client_for(mei).get(url).status_code == 404
    assert client_for(mei).post(url, {"role": "view"}).status_code == 404
    assert otto.memberships.get().role == Membership.Role.OWNER


def test_owner_changes_a_role(client_for, mei, ken):
    client_for(mei).post(reverse("accounts:member_role", args=[ken.uuid]), {"role": "submit"})

    assert ken.memberships.get().role == Membership.Role.SUBMIT
    assert Message.objects.get(kind="member.role_changed").to == ken.email


def test_owner_cannot_be_made_by_a_role(client_for, mei, ken):
    client_for(mei).post(reverse("accounts:member_role", args=[ken.uuid]), {"role": "owner"})

    assert ken.memberships.get().role == Membership.Role.EDIT


def test_hand_over_leaves_exactly_one_owner(client_for, mei, ken):
    client_for(mei).post(reverse("accounts:hand_over", args=[ken.uuid]))

    assert ken.memberships.get().role == Membership.Role.OWNER
    assert mei.memberships.get().role == Membership.Role.SUBMIT
    assert Message.objects.get(kind="member.handed_over").to == ken.email


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_hand_over_is_told_to_the_owner_until_then(client_for, provider_a, mei, ken, language):
    User.objects.filter(pk=mei.pk).update(language=language)
    client_for(mei).post(reverse("accounts:hand_over", args=[ken.uuid]))

    mail = Message.objects.get(kind="member.gave_over")
    assert (mail.to, mail.language, mail.about) == (mei.email, language, provider_a.uuid)
    with translation.override(language):
        assert str(provider_a) in mail.body
    sent = envelope.filled(mail.body, kinds.get(mail.kind).links(mail))
    assert ken.name in sent and "/company/" in sent and "[[" not in sent


def test_removed_colleague_is_out_at_the_next_request(client_for, mei, ken):
    browser = client_for(ken)
    assert browser.get(reverse("accounts:company")).status_code == 200

    client_for(mei).post(reverse("accounts:member_remove", args=[ken.uuid]))

    assert browser.get(reverse("accounts:company")).status_code == 302
    assert not ken.memberships.exists()
    assert Message.objects.get(kind="member.removed").to == ken.email


def test_removing_twice_does_no_harm(mei, ken):
    membership = ken.memberships.get()
    companies.remove(membership, by=mei)
    companies.remove(membership, by=mei)

    assert Message.objects.filter(kind="member.removed").count() == 1


def test_colleague_leaves_and_owner_cannot(client_for, provider_a, mei, ken):
    client_for(ken).post(reverse("accounts:leave"))
    client_for(mei).post(reverse("accounts:leave"))

    assert {each.user for each in provider_a.memberships.all()} == {mei}


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_owner_hears_who_has_left_and_once(client_for, provider_a, mei, ken, vic, language):
    User.objects.filter(pk=mei.pk).update(language=language)
    membership = ken.memberships.get()
    companies.leave(membership)
    companies.leave(membership)

    mail = Message.objects.get(kind="member.left")
    assert (mail.to, mail.language, mail.about) == (mei.email, language, provider_a.uuid)
    assert ken.name not in mail.subject + mail.body
    sent = envelope.filled(mail.body, kinds.get(mail.kind).links(mail))
    assert ken.name in sent and "/company/" in sent and "[[" not in sent


def test_owner_hears_that_the_account_of_a_colleague_ended_without_a_name(provider_a, mei, ken):
    erasure.erase(ken, by=ken)

    mail = Message.objects.get(kind="member.account_ended")
    assert (mail.to, mail.about) == (mei.email, provider_a.uuid)
    assert str(provider_a) in mail.body and ken.name not in mail.subject + mail.body
    assert Event.objects.filter(verb="member.left", object_uuid=provider_a.uuid).count() == 1


def test_mail_about_somebody_whose_account_ended_since_names_nobody(provider_a, mei, ken):
    companies.leave(ken.memberships.get())
    erasure.erase(User.objects.get(pk=ken.pk), by=None)

    mail = Message.objects.get(kind="member.left")
    assert kinds.get(mail.kind).links(mail)["colleague"] == "A former colleague"
    assert not Message.objects.filter(kind="member.account_ended").exists()


def test_person_belongs_to_one_company_at_most(provider_b, ken, otto):
    with pytest.raises(companies.CompanyError):
        companies.add_member(provider_b, ken, Membership.Role.VIEW, by=otto)
    with pytest.raises(companies.CompanyError):
        companies.register_company(ken, profile(hk_registration="87654321"))


@pytest.mark.parametrize("people", [1, 3])
def test_company_page_asks_the_same_number_of_questions(
    client_for, provider_a, mei, people, django_assert_num_queries
):
    for number in range(people):
        member(f"colleague {number}", provider_a, Membership.Role.VIEW)
    browser = client_for(mei)
    browser.get(reverse("accounts:company"))

    with django_assert_num_queries(COMPANY_PAGE_QUERIES):
        assert browser.get(reverse("accounts:company")).status_code == 200


COMPANY_PAGE_QUERIES = 6


def test_number_taken_while_a_profile_is_saved_is_refused_in_words(
    client_for, provider_a, provider_b, mei, monkeypatch
):
    monkeypatch.setattr(companies, "_holder", lambda *args, **kwargs: None)
    typed = {**TYPED, "hk_registration": "", "mainland_registration": provider_b.mainland_registration}
    response = client_for(mei).post(reverse("accounts:company_change"), typed)

    assert response.status_code == 422
    assert "Check the registration number" in response.content.decode()
    assert TYPED["name_en"] in response.content.decode()

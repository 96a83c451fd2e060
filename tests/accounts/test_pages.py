"""Every page of this part opens, for whom it is, and is made of our own shell."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_request_login_code", "account_reset_password"]
)
@pytest.mark.parametrize("prefix", ["en", "tc", "sc"])
def test_entrance_page_is_ours_and_without_inline_code(client, name, prefix):
    response = client.get(reverse(name).replace("/en/", f"/{prefix}/"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "cp-masthead" in page
    assert 'style="' not in page
    assert "onclick" not in page


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "accounts:home",
        "accounts:company",
        "accounts:company_change",
        "accounts:member_invite",
        "accounts:profile",
        "accounts:registered",
        "accounts:leave",
    ],
)
def test_signed_in_page_opens(mei, client_for, name):
    response = client_for(mei).get(reverse(name))

    assert response.status_code == 200
    assert "cp-masthead" in response.content.decode()
    assert 'style="' not in response.content.decode()


@pytest.mark.parametrize("name", ["member_role", "member_remove", "hand_over"])
def test_pages_about_a_colleague_lead_back_to_the_people(mei, ken, client_for, name):
    page = client_for(mei).get(reverse(f"accounts:{name}", args=[ken.uuid])).content.decode()

    assert f'<a href="{reverse("accounts:company")}" class="govuk-back-link">' in page


def test_a_refused_page_leads_on_to_ones_own_work(ken, client_for):
    refused = client_for(ken).get(reverse("accounts:company_change"))

    assert refused.status_code == 403
    assert f'href="{reverse("accounts:after_sign_in")}"' in refused.content.decode()


def test_sign_up_page_is_in_one_language(client):
    page = client.get("/tc/account/signup/").content.decode()

    assert "最少12個字元" in page
    assert "characters" not in page


@pytest.mark.parametrize(("prefix", "name"), [("en", "Demo Provider A"), ("tc", "示範甲"), ("sc", "示范甲")])
def test_company_page_names_the_company_in_the_language_of_the_page(mei, client_for, prefix, name):
    page = client_for(mei).get(f"/{prefix}/company/profile/").content.decode()

    heading = page.partition("<h1")[2].partition("</h1>")[0]
    assert name in heading


def test_expiry_of_the_certificate_is_asked_in_the_parts_of_a_date(mei, client_for):
    page = client_for(mei).get(reverse("accounts:company_change")).content.decode()

    assert all(f'name="hk_registration_expires_{part}"' in page for part in ("day", "month", "year"))

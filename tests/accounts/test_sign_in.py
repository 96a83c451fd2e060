import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.urls import reverse

from portal.accounts import people as accounts
from portal.accounts.models import User
from portal.mail.models import Message
from tests.services.people import PASSWORD, TOTP_SECRET, enrol, person, totp_code

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^\s{4}(\S+)\s*$", re.MULTILINE)


def newest_code(address):
    message = Message.objects.filter(to=address).latest("pk")
    assert message.is_secret
    return CODE.search(message.body)[1]


def sign_in(client, user, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **extra})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def sign_up(client, address, prefix="en", **extra):
    data = {"name": "Ada Wong", "email": address, "password1": "five quiet green rivers", **extra}
    return client.post(f"/{prefix}/account/signup/", data)


def test_sign_up_needs_the_code_and_takes_the_language_of_the_page(client):
    sign_up(client, "ada@example.org", prefix="tc")
    assert not is_signed_in(client)

    client.post("/tc/account/confirm-email/", {"code": newest_code("ada@example.org")})

    user = User.objects.get(email="ada@example.org")
    assert (user.name, user.language) == ("Ada Wong", "zh-hant")
    assert is_signed_in(client)


def test_sign_up_with_filled_trap_pretends_and_makes_nobody(client):
    response = sign_up(client, "bot@example.org", website="http://spam.example/")

    assert response.status_code == 302
    assert not User.objects.filter(email="bot@example.org").exists()


def test_sign_up_answers_alike_for_known_and_unknown_address(client, mei):
    fresh = sign_up(client, "new@example.org")
    client.cookies.clear()
    known = sign_up(client, mei.email)

    assert (fresh.status_code, fresh["Location"]) == (known.status_code, known["Location"])
    assert User.objects.filter(email=mei.email).count() == 1
    assert "already" in Message.objects.get(to=mei.email).subject


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("elevenchars", "at least 12"),
        ("x" * 129, "at most 128"),
        ("passwordpassword", "easy to guess"),
        ("Password123456!", "easy to guess"),
        ("aaaaaaaaaaaaaa", "easy to guess"),
        ("ada@example.org", "similar"),
    ],
)
def test_weak_password_is_refused_with_a_reason(client, password, words):
    response = sign_up(client, "ada@example.org", password1=password)

    assert words in response.content.decode()
    assert not User.objects.filter(email="ada@example.org").exists()


def test_provider_signs_in_by_password(client, mei):
    response = sign_in(client, mei)

    assert response["Location"] == reverse("accounts:after_sign_in")
    assert is_signed_in(client)


def test_provider_signs_in_by_code(client, mei):
    client.post(reverse("account_request_login_code"), {"email": mei.email})

    client.post(reverse("account_confirm_login_code"), {"code": newest_code(mei.email)})

    assert is_signed_in(client)


def test_wrong_password_gives_the_same_page_for_known_and_unknown_address(client, mei):
    known = sign_in(client, mei, password="wrong wrong wrong")
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "wrong wrong wrong"}
    )

    def neutral(page):
        text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
        return text.replace(mei.email, "X").replace("nobody@example.org", "X")

    assert (known.status_code, neutral(known)) == (unknown.status_code, neutral(unknown))
    assert "is not right" in known.content.decode()


def test_five_wrong_passwords_stop_that_address_but_not_its_code_by_mail(client, mei):
    for _ in range(6):
        sign_in(client, mei, password="wrong wrong wrong")

    assert "Too many attempts" in sign_in(client, mei).content.decode()
    client.post(reverse("account_request_login_code"), {"email": mei.email})
    client.post(reverse("account_confirm_login_code"), {"code": newest_code(mei.email)})
    assert is_signed_in(client)


def test_officer_is_asked_for_the_second_step(client, officer):
    assert sign_in(client, officer)["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)

    client.post(reverse("mfa_authenticate"), {"code": totp_code()})

    assert is_signed_in(client)
    assert client.get("/admin/").status_code == 200


def test_code_by_mail_asks_officer_for_the_second_step_too(client, officer):
    client.post(reverse("account_request_login_code"), {"email": officer.email})

    client.post(reverse("account_confirm_login_code"), {"code": newest_code(officer.email)})

    assert not is_signed_in(client)


def test_code_of_the_app_works_once(client, officer):
    code = totp_code()
    sign_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.logout()

    sign_in(client, officer)
    response = client.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_signed_in(client)
    assert "used already" in response.content.decode()


def test_recovery_code_works_once(client, officer):
    browser = client
    sign_in(browser, officer)
    browser.post(reverse("mfa_authenticate"), {"code": totp_code()})
    browser.post(reverse("mfa_generate_recovery_codes"))
    page = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"<code class=\"cp-code\">(\d+)</code>", page)[1]
    for expected in (True, False):
        browser.logout()
        sign_in(browser, officer)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(browser) is expected


def test_password_reset_by_code_does_not_pass_the_second_step(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": newest_code(officer.email)})
    client.post(reverse("account_complete_password_reset"), {"password1": "seven slow brown barges"})

    assert not is_signed_in(client)
    response = sign_in(client, officer, password="seven slow brown barges")
    assert response["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)


def test_staff_password_has_15_characters_at_least(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": newest_code(officer.email)})
    response = client.post(reverse("account_complete_password_reset"), {"password1": "fourteen chars"})

    assert "at least 15" in response.content.decode()
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_reset_answers_alike_for_known_and_unknown_address(client, mei):
    known = client.post(reverse("account_reset_password"), {"email": mei.email})
    client.cookies.clear()
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_secrets_of_second_step_cannot_be_read_in_the_database(client, officer):
    sign_in(client, officer)
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    client.post(reverse("mfa_generate_recovery_codes"))

    rows = {row.type: row for row in Authenticator.objects.filter(user=officer)}

    assert TOTP_SECRET not in str(rows["totp"].data)
    assert rows["totp"].data["secret"].startswith("gAAAA")
    assert rows["recovery_codes"].data["seed"].startswith("gAAAA")


def test_old_encryption_key_still_opens_secrets_after_rotation(settings, officer):
    settings.MFA_ENCRYPTION_KEYS = [
        "bmV3LWtleS1mb3Itcm90YXRpb24tMzItYnl0ZXMhISE=",
        *settings.MFA_ENCRYPTION_KEYS,
    ]

    assert Authenticator.objects.get(user=officer).wrap().validate_code(totp_code())


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "https:evil.example",
        "http:///evil.example",
        "\thttps://evil.example",
    ],
)
def test_sign_in_never_leads_away(client, mei, target):
    response = client.post(
        reverse("account_login"), {"login": mei.email, "password": PASSWORD, "next": target}
    )

    assert "evil" not in response["Location"]
    assert "javascript" not in response["Location"]


def test_sign_out_is_a_page_first_and_happens_by_post(client, mei):
    sign_in(client, mei)
    key = client.session.session_key

    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))

    assert not is_signed_in(client)
    assert not Session.objects.filter(session_key=key).exists()


def test_session_key_changes_at_sign_in(client, mei):
    client.get(reverse("account_login"))
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key

    sign_in(client, mei)

    assert client.session.session_key != before


def test_closed_account_cannot_sign_in_and_its_session_ends(client, client_for, mei):
    browser = client_for(mei)
    mei.is_active = False
    mei.save(update_fields=["is_active"])

    assert browser.get(reverse("accounts:home")).status_code == 302
    sign_in(client, mei)
    assert not is_signed_in(client)


def test_end_sessions_signs_out_everywhere(client_for, mei):
    browsers = [client_for(mei), client_for(mei)]

    accounts.end_sessions(mei)

    assert [browser.get(reverse("accounts:home")).status_code for browser in browsers] == [302, 302]


@pytest.mark.django_db(transaction=True)
def test_new_staff_enrols_and_goes_straight_to_work(client):
    user = person("novice", role="editor", second_factor=False)
    sign_in(client, user)
    response = client.get("/admin/")
    assert response["Location"].startswith(reverse("mfa_activate_totp"))

    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = totp_code(secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})

    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert client.get("/admin/").status_code == 200


def test_staff_cannot_remove_the_only_second_step(client_for, officer):
    browser = client_for(officer)

    response = browser.post(reverse("mfa_deactivate_totp"))

    assert "Staff need a second step" in response.content.decode()
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_provider_may_use_a_second_step_and_remove_it(client_for, mei):
    enrol(mei)
    browser = client_for(mei, mfa=True)

    browser.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=mei).exists()


def test_security_change_long_after_sign_in_asks_again(client_for, mei):
    browser = client_for(mei)
    session = browser.session
    records = session["account_authentication_methods"]
    records[0]["at"] -= 3600
    session["account_authentication_methods"] = records
    session.save()

    response = browser.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not Message.objects.filter(to="new@example.org").exists()


def test_new_address_counts_only_after_its_code_and_the_old_one_is_told(client, mei):
    sign_in(client, mei)
    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    mei.refresh_from_db()
    assert mei.email == "mei@demo.example"

    client.post(reverse("account_email_verification_sent"), {"code": newest_code("new@example.org")})

    mei.refresh_from_db()
    assert mei.email == "new@example.org"
    assert Message.objects.filter(to="mei@demo.example", subject__contains="changed").exists()


def test_mails_of_sign_in_are_secret_and_in_the_language_of_the_page(client, mei):
    client.post("/sc/account/login/code/", {"email": mei.email})

    message = Message.objects.get(to=mei.email)
    assert (message.is_secret, message.language, message.priority) == (True, "zh-hans", 0)


@pytest.mark.parametrize(
    "address", ["//[evil.example", "https://evil.example/", "//evil.example", "/\\evil.example"]
)
def test_next_that_is_no_path_of_ours_is_left_out(client, mei, address):
    url = reverse("account_login")
    assert client.get(url, {"next": address}).status_code == 200
    answer = client.post(url, {"login": mei.email, "password": PASSWORD, "next": address})
    assert answer.status_code == 302 and "evil" not in answer["Location"]


def test_codes_by_mail_are_limited_while_the_shared_cache_is_away(client, mei, cache_away):
    asked = [client.post(reverse("account_request_login_code"), {"email": mei.email}) for _ in range(6)]

    assert {response.status_code for response in asked} <= {200, 302, 429}
    assert 1 <= Message.objects.filter(to=mei.email).count() <= 3


def test_code_of_an_app_counts_once_while_the_shared_cache_is_away(officer, cache_away):
    code = totp_code()
    tries = [Authenticator.objects.get(user=officer).wrap().validate_code(code) for _ in range(2)]

    assert tries == [True, False]


def test_passwords_are_tried_so_often_only_while_the_shared_cache_is_away(client, mei, cache_away):
    for _ in range(12):
        assert sign_in(client, mei, password="a wrong guess").status_code in (200, 429)

    sign_in(client, mei)
    assert not is_signed_in(client)

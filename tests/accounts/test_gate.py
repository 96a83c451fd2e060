"""The gate before every staff path, and Wagtail's own doors."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.accounts import roles
from portal.accounts.models import Role
from tests.services.people import PASSWORD, enrol, person, totp_code

pytestmark = pytest.mark.django_db
STAFF_PATHS = [
    "/admin/",
    "/admin/pages/",
    "/admin/users/",
    "/en/office/",
    "/tc/office/cases/",
    "/sc/office/x/",
]
SHADOWED = [
    "/admin/login/",
    "/admin/login/?next=/admin/",
    "/admin/logout/",
    "/admin/password_reset/",
    "/admin/password_reset/done/",
    "/admin/password_reset/confirm/MQ/abc-123/",
    "/admin/password_reset/complete/",
    "/en/_util/login/",
]


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_gate_sends_anonymous_to_sign_in_and_back(client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert "/account/login/" in response["Location"]
    assert path in response["Location"]


@pytest.mark.parametrize("path", STAFF_PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_gate_refuses_provider(client_for, mei, path, method):
    assert getattr(client_for(mei), method)(path).status_code == 403


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.RECORD_CHECKER, Role.AUDITOR, Role.RELEASER])
def test_gate_keeps_office_only_roles_out_of_wagtail(client_for, role):
    assert client_for(person("someone", role=role)).get("/admin/").status_code == 403


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ORGANISER, Role.OFFICER])
def test_gate_opens_wagtail_for_its_roles(client_for, role):
    assert client_for(person("someone", role=role)).get("/admin/").status_code == 200


@pytest.mark.parametrize("path", STAFF_PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_gate_sends_staff_without_second_step_to_enrolment(client_for, path, method):
    novice = person("novice", role=Role.OFFICER, second_factor=False)

    response = getattr(client_for(novice, mfa=False), method)(path)

    assert response["Location"].startswith(reverse("mfa_activate_totp"))


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_gate_asks_session_without_second_step_for_it(client_for, officer, path):
    browser = client_for(officer, mfa=False)

    response = browser.get(path)

    assert response["Location"].startswith(reverse("mfa_reauthenticate"))


def test_second_step_asked_by_the_gate_opens_it(client_for, officer):
    browser = client_for(officer, mfa=False)
    detour = browser.get("/admin/")["Location"]

    response = browser.post(detour, {"code": totp_code(), "next": "/admin/"})

    assert response["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200


def test_passkey_alone_counts_as_second_step(client_for, officer):
    browser = client_for(officer, mfa=False)
    session = browser.session
    passkey = {"method": "mfa", "type": "webauthn", "passwordless": True, "at": time.time()}
    session["account_authentication_methods"] = [passkey]
    session.save()

    assert browser.get("/admin/").status_code == 200


def test_second_step_of_somebody_else_does_not_count(client_for, officer, organiser):
    browser = client_for(officer)
    session = browser.session
    session["account_authentication_methods_user"] = str(organiser.pk)
    session.save()

    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize("path", SHADOWED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_door_is_shadowed(client, root, path, method):
    data = {"username": root.email, "email": root.email, "login": root.email, "password": PASSWORD}

    response = getattr(client, method)(path, data)

    assert response.status_code == 303
    assert "/account/" in response["Location"]
    assert "_auth_user_id" not in client.session


def test_revoked_role_bites_at_the_next_request(client_for, officer, root):
    browser = client_for(officer)
    assert browser.get("/admin/").status_code == 200

    roles.revoke(officer, Role.OFFICER, by=root)

    assert "/account/login/" in browser.get("/admin/")["Location"]


def test_revoking_one_of_two_roles_keeps_the_other(client_for, officer, root):
    roles.grant(officer, Role.EDITOR, by=root)
    roles.revoke(officer, Role.OFFICER, by=root)

    officer.refresh_from_db()
    assert set(officer.groups.values_list("name", flat=True)) == {"editor"}
    assert client_for(officer).get("/admin/").status_code == 200


def test_superuser_needs_the_second_step_too(client_for):
    root = person("boss", is_superuser=True, second_factor=False)
    assert client_for(root, mfa=False).get("/admin/")["Location"].startswith(reverse("mfa_activate_totp"))

    enrol(root)
    assert client_for(root).get("/admin/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/users/", "/admin/groups/", "/admin/users/new/"])
def test_people_and_groups_of_wagtail_are_for_superusers(client_for, officer, editor, root, path):
    assert client_for(root).get(path).status_code == 200
    for user in (officer, editor):
        assert client_for(user).get(path).status_code != 200


@pytest.mark.parametrize(("minutes", "still_in"), [(29, True), (31, False)])
def test_staff_session_ends_after_half_an_hour_of_rest(client_for, officer, minutes, still_in):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = client_for(officer)
        browser.get("/admin/")
        clock.shift(timedelta(minutes=minutes))

        assert (browser.get("/admin/").status_code == 200) is still_in


@pytest.mark.parametrize(("minutes", "still_in"), [(119, True), (121, False)])
def test_provider_session_ends_after_two_hours_of_rest(client_for, mei, minutes, still_in):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = client_for(mei)
        browser.get(reverse("accounts:home"))
        clock.shift(timedelta(minutes=minutes))

        assert (browser.get(reverse("accounts:home")).status_code == 200) is still_in


@pytest.mark.parametrize(("hours", "still_in"), [(11.9, True), (12.1, False)])
def test_staff_session_ends_after_half_a_day_however_busy(client_for, officer, hours, still_in):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = client_for(officer)
        for _ in range(int(hours * 60 / 29)):
            browser.get(reverse("accounts:profile"))
            clock.shift(timedelta(minutes=29))
        browser.get(reverse("accounts:profile"))
        clock.shift(timedelta(minutes=hours * 60 % 29))

        assert (browser.get("/admin/").status_code == 200) is still_in


def test_page_of_signed_in_person_is_never_stored(client_for, mei):
    assert "no-store" in client_for(mei).get(reverse("accounts:home"))["Cache-Control"]

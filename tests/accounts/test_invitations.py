from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from portal.accounts import emails, invitations
from portal.accounts.models import Invitation, Membership, User
from portal.mail.models import Message

pytestmark = pytest.mark.django_db
NEW = {"name": "Nia New", "password": "seven slow brown barges"}


def invite(mei, address="nia@example.org", role="edit"):
    return invitations.invite_colleague(mei.memberships.get(), email=address, role=role, language="en")


def link(invitation):
    return reverse("accounts:join", args=[invitations.token_of(invitation)])


def test_owner_invites_by_mail(client_for, mei):
    data = {"email": "nia@example.org", "role": "view", "language": "zh-hant"}
    client_for(mei).post(reverse("accounts:member_invite"), data)

    invitation = Invitation.objects.get()
    message = Message.objects.get(kind="invitation.company")
    assert (message.to, message.language, message.is_secret) == ("nia@example.org", "zh-hant", True)
    token = invitations.token_of(invitation)
    assert token not in message.body
    assert token not in invitation.token_hash
    assert emails._invitation_link(message)["invitation_link"].endswith(f"/tc/company/join/{token}/")


def test_newcomer_joins_with_name_and_password_only(client, provider_a, mei):
    invitation = invite(mei)
    assert client.get(link(invitation)).status_code == 200
    assert not Membership.objects.filter(user__email="nia@example.org").exists()

    client.post(link(invitation), NEW)

    user = User.objects.get(email="nia@example.org")
    assert user.memberships.get().provider == provider_a
    assert user.memberships.get().role == Membership.Role.EDIT
    assert client.session["_auth_user_id"] == str(user.pk)


def test_known_person_signs_in_first(client, client_for, mei, stranger):
    invitation = invite(mei, stranger.email)
    assert "/account/login/" in client.get(link(invitation))["Location"]

    client_for(stranger).post(link(invitation))

    assert stranger.memberships.get().role == Membership.Role.EDIT


def test_invitation_is_for_its_address_only(client_for, mei, stranger):
    invitation = invite(mei)

    response = client_for(stranger).post(link(invitation))

    assert response.status_code == 403
    assert "nia@example.org" not in response.content.decode()
    assert not stranger.memberships.exists()
    assert Invitation.objects.get().accepted_at is None


def test_address_typed_by_the_newcomer_is_ignored(client, mei):
    invitation = invite(mei)

    client.post(link(invitation), {**NEW, "email": "evil@example.org"})

    assert not User.objects.filter(email="evil@example.org").exists()


@pytest.mark.parametrize("spoil", ["accepted_at", "revoked_at", "expires_at"])
def test_used_revoked_or_old_invitation_opens_nothing(client, mei, spoil):
    invitation = invite(mei)
    Invitation.objects.update(**{spoil: timezone.now() - timedelta(seconds=1)})

    assert client.get(link(invitation)).status_code == 410
    assert client.post(link(invitation), NEW).status_code == 410
    assert not User.objects.filter(email="nia@example.org").exists()


def test_invitation_works_once(client, client_for, mei):
    invitation = invite(mei)
    client.post(link(invitation), NEW)
    user = User.objects.get(email="nia@example.org")
    user.memberships.all().delete()

    client_for(user).post(link(invitation))

    assert not user.memberships.exists()


def test_new_invitation_replaces_the_open_one(client, mei):
    old = invite(mei)
    new = invite(mei, role="submit")

    assert client.get(link(old)).status_code == 410
    assert client.get(link(new)).status_code == 200


def test_guessed_link_is_answered_like_an_old_one(client):
    assert client.get(reverse("accounts:join", args=["0" * 64])).status_code == 410


def test_link_page_tells_nobody_where_it_was(client, mei):
    response = client.get(link(invite(mei)))

    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


def test_owner_takes_an_invitation_back(client_for, mei, otto):
    invitation = invite(mei)
    url = reverse("accounts:invitation_revoke", args=[invitation.uuid])

    assert client_for(otto).post(url).status_code == 404
    assert client_for(mei).get(url).status_code == 405
    client_for(mei).post(url)

    assert Invitation.objects.get().revoked_at is not None


def test_person_of_another_company_is_told_and_stays(client_for, mei, otto):
    invitation = invite(mei, otto.email)

    response = client_for(otto).post(link(invitation))

    assert response.status_code == 409
    assert "another company" in response.content.decode()
    assert otto.memberships.get().role == Membership.Role.OWNER


def test_invited_staff_sets_a_password_and_must_enrol(client):
    call_command("invite_staff", "nia@example.org", "--role", "officer", "--role", "editor")
    invitation = Invitation.objects.get()
    too_short = client.post(link(invitation), {**NEW, "password": "fourteen chars"})
    assert "15" in too_short.content.decode()

    client.post(link(invitation), NEW)

    user = User.objects.get(email="nia@example.org")
    assert user.role_codes == {"officer", "editor"}
    assert set(user.groups.values_list("name", flat=True)) == {"officer", "editor"}
    assert client.get("/admin/")["Location"].startswith(reverse("mfa_activate_totp"))


def test_invite_staff_names_a_wrong_address():
    with pytest.raises(CommandError, match="is not an email address"):
        call_command("invite_staff", "nia", "--role", "officer")


def test_mail_of_used_invitation_is_no_longer_due(client, mei):
    invitation = invite(mei)
    message = Message.objects.get(kind="invitation.company")
    assert emails._invitation_is_open(message)

    client.post(link(invitation), NEW)

    assert not emails._invitation_is_open(message)


def test_two_new_accounts_for_one_address_end_in_a_sentence(mei):
    invitation = invite(mei)
    User.objects.create_user("NIA@example.org", None, name="Other")

    with pytest.raises(invitations.InvitationError):
        invitations.accept_with_new_account(invitation, name="N", password="seven slow barges", language="en")

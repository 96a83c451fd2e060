"""Pages that nobody can open from the side: each is reached as people reach it, step by step."""

from tests.accounts.test_sign_in import newest_code, sign_up
from tests.seminars.test_sign_up_form import stamp, typed
from tests.services.people import PASSWORD

NEW = "new@people.example"


def ask_for_code(client, world, to):
    client.post(to("account_request_login_code"), {"email": world.user("owner").email})
    return client.get(to("account_confirm_login_code"))


def sign_up_for_account(client, world, to):
    prefix = to("account_signup").split("/")[1]
    sign_up(client, NEW, prefix=prefix)
    return client.get(to("account_email_verification_sent"))


def ask_for_reset(client, world, to):
    client.post(to("account_reset_password"), {"email": world.user("owner").email})
    return client.get(to("account_confirm_password_reset_code"))


def reset(client, world, to):
    ask_for_reset(client, world, to)
    code = newest_code(world.user("owner").email)
    client.post(to("account_confirm_password_reset_code"), {"code": code})
    return client.get(to("account_complete_password_reset"))


def type_password(client, world, to):
    client.post(to("account_login"), {"login": world.user("officer").email, "password": PASSWORD})
    return client.get(to("mfa_authenticate"))


def sign_up_for_seminar(client, world, to):
    option = world.seminar.options.get(mode="hong_kong")
    client.post(to("seminars:sign_up", world.seminar.uuid), typed(option, email=NEW))
    return client.get(to("seminars:sign_up_sent", world.seminar.uuid))


def ask_for_link(client, world, to):
    client.post(to("seminars:send_link", world.seminar.uuid), {"email": NEW, "opened": stamp()})
    return client.get(to("seminars:link_sent", world.seminar.uuid))


STEPS = {
    "account_confirm_login_code": ask_for_code,
    "account_email_verification_sent": sign_up_for_account,
    "account_confirm_password_reset_code": ask_for_reset,
    "account_complete_password_reset": reset,
    "mfa_authenticate": type_password,
    "seminars:sign_up_sent": sign_up_for_seminar,
    "seminars:link_sent": ask_for_link,
}

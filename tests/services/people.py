"""The cast. Two companies, so that there is always somebody who must not see a thing."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from portal.accounts import people, roles
from portal.accounts.models import Membership, Provider, Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long enough pass phrase"
TOTP_SECRET = "TESTSECRET" + "A" * 22
TOTP_PERIOD = 30
ENOUGH_TO_TYPE = 4


def person(name, *, role=None, second_factor=True, **fields):
    """A user with a verified address; `role` is a staff role, and staff have an authenticator app."""
    email = f"{name.lower().replace(' ', '-')}@demo.example"
    user = people.create_verified(email, name=name.title(), password=PASSWORD, **fields)
    if role:
        roles.grant(user, role, by=None)
    if user.is_portal_staff and second_factor:
        enrol(user)
    return user


def enrol(user):
    """Give the person an authenticator app with a known secret."""
    secret = {"secret": encrypt(TOTP_SECRET)}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=secret)


def let_a_code_last():
    """A code is good for its own half minute only: near the end of one, wait for the next."""
    left = TOTP_PERIOD - time.time() % TOTP_PERIOD
    if left < ENOUGH_TO_TYPE:
        time.sleep(left)


def totp_code(secret=TOTP_SECRET):
    """What the app of an enrolled person shows now."""
    let_a_code_last()
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def member(name, provider, role):
    user = person(name)
    Membership.objects.create(user=user, provider=provider, role=role)
    return user


@pytest.fixture
def provider_a(db):
    """The company of mei, ken, lok and vic."""
    return Provider.objects.create(
        name_en="Demo Provider A Limited",
        name_zh_hant="示範甲有限公司",
        name_zh_hans="示范甲有限公司",
        hk_registration="10000001",
        address="1 Demo Street, Kowloon, Hong Kong",
        telephone="+85220000001",
    )


@pytest.fixture
def provider_b(db):
    """The other company: otto's."""
    return Provider.objects.create(
        name_en="Demo Provider B Limited", mainland_registration="91440300MA00000077"
    )


@pytest.fixture
def mei(provider_a):
    return member("mei", provider_a, Membership.Role.OWNER)


@pytest.fixture
def lok(provider_a):
    return member("lok", provider_a, Membership.Role.SUBMIT)


@pytest.fixture
def ken(provider_a):
    return member("ken", provider_a, Membership.Role.EDIT)


@pytest.fixture
def vic(provider_a):
    return member("vic", provider_a, Membership.Role.VIEW)


@pytest.fixture
def otto(provider_b):
    return member("otto", provider_b, Membership.Role.OWNER)


@pytest.fixture
def stranger(db):
    """Signed in, of no company and without a role."""
    return person("stranger")


@pytest.fixture
def officer(db):
    return person("officer", role=Role.OFFICER)


@pytest.fixture
def organiser(db):
    return person("organiser", role=Role.ORGANISER)


@pytest.fixture
def editor(db):
    return person("editor", role=Role.EDITOR)


@pytest.fixture
def assessor(db):
    return person("assessor", role=Role.ASSESSOR)


@pytest.fixture
def auditor(db):
    return person("auditor", role=Role.AUDITOR)


@pytest.fixture
def releaser(db):
    return person("releaser", role=Role.RELEASER)


@pytest.fixture
def record_checker(db):
    return person("record checker", role=Role.RECORD_CHECKER)


@pytest.fixture
def root(db):
    return person("root", is_superuser=True, is_staff=True)


def sign_in(client, user, *, mfa=None):
    """Give the client the session that allauth would; staff come with their second factor."""
    methods = [{"method": "password", "at": time.time(), "email": user.email}]
    if user.is_portal_staff if mfa is None else mfa:
        methods.append({"method": "mfa", "type": "totp", "at": time.time()})
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def client_for():
    """`client_for(user)` is a browser signed in as that user; `mfa=False` leaves out the second factor."""
    return lambda user, **options: sign_in(Client(), user, **options)

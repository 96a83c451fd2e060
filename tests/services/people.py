"""The cast. Two companies, so that there is always somebody who must not see a thing."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.test import Client

from portal.accounts.models import Membership, Provider, Role, StaffRole, User

PASSWORD = "a long enough pass phrase"


def person(name, *, role=None, **fields):
    """A user with a verified address; `role` is a staff role."""
    email = f"{name.lower().replace(' ', '-')}@demo.example"
    user = User.objects.create_user(email, PASSWORD, name=name.title(), **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if role:
        StaffRole.objects.create(user=user, role=role)
    return user


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
    """Put the user into the client's session as allauth would; staff come with their second factor."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    methods = [{"method": "password", "at": time.time(), "email": user.email}]
    if user.is_portal_staff if mfa is None else mfa:
        methods.append({"method": "mfa", "type": "totp", "at": time.time()})
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session.save()
    return client


@pytest.fixture
def client_for():
    """`client_for(user)` is a browser signed in as that user; `mfa=False` leaves out the second factor."""
    return lambda user, **options: sign_in(Client(), user, **options)

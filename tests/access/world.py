"""Everybody of the matrix, two companies, and one browser per person."""

import importlib
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.db import transaction
from django.test import Client

from portal.accounts import companies, roles
from portal.accounts.models import Membership, Provider, Role
from tests.access.engine import COMPANY, WHO
from tests.services.people import member, person, sign_in

MODULES = [
    importlib.import_module(f"tests.access.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("routes_*.py"))
]
ROUTES = [route for module in MODULES for route in module.ROUTES]
STAFF_CODES = {role.value for role in Role}


class World(SimpleNamespace):
    mark = ""  # tells the objects of one world from those of another

    def user(self, code):
        return self.people[code]


def make_world():
    company = Provider.objects.create(name_en="Demo Matrix Limited", hk_registration="10000009")
    other = Provider.objects.create(
        name_en="Demo Stranger Limited", mainland_registration="91440300MA00000077"
    )
    people = {
        "anonymous": None,
        "owner": member("owner", company, Membership.Role.OWNER),
        "submitter": member("submitter", company, Membership.Role.SUBMIT),
        "colleague": member("colleague", company, Membership.Role.EDIT),
        "viewer": member("viewer", company, Membership.Role.VIEW),
        "removed": member("removed", company, Membership.Role.SUBMIT),
        "outsider": member("outsider", other, Membership.Role.OWNER),
        "newcomer": person("newcomer"),
        **{code: person(f"matrix {code.replace('_', ' ')}", role=code) for code in STAFF_CODES},
        "root": person("matrix root", is_superuser=True, is_staff=True),
        "closed": person("matrix closed", role=Role.OFFICER),
        "unenrolled": person("matrix unenrolled", role=Role.OFFICER, second_factor=False),
        "unconfirmed": person("matrix unconfirmed", role=Role.OFFICER),
    }
    companies.remove(people["removed"].memberships.get(), by=people["owner"])
    sessions = {code: _session_of(code, people[code]) for code in WHO}
    roles.deactivate(people["closed"], by=people["root"])
    client = Client(raise_request_exception=False)
    return World(company=company, other_company=other, people=people, sessions=sessions, client=client)


@contextmanager
def kept_for_a_module(blocker):
    """What is made inside stays for all tests of a module and is undone after them.

    Each test asks for `db` too, so that what it changes itself is undone before the next one.
    """
    whole = transaction.atomic()
    # As pytest-django marks its own: code that must not run inside a transaction is told that it does not.
    whole._from_testcase = True
    with blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)


def make_furnished_world():
    """The people, with all that the rows of the matrix ask about."""
    return _furnish(make_world())


def make_beside(world, mark, *, of=None):
    """All of it once more: of the same company, or of the other one, whose only person is `of`."""
    made = World(**vars(world))
    made.mark, made.people = mark, world.people | {"newcomer": person(f"newcomer {mark}")}
    if of:
        made.company = world.other_company
        made.people |= dict.fromkeys(COMPANY.split(), world.user(of))
        made.sessions = world.sessions | dict.fromkeys(COMPANY.split(), world.sessions[of])
    return _furnish(made)


def _furnish(made):
    for module in MODULES:
        if hasattr(module, "build"):
            module.build(made)
    return made


def browser_of(world, code):
    """The client, with nothing but the person's session, so that one request leaves no trace for the next."""
    client = world.client
    client.cookies.clear()
    if key := world.sessions[code]:
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def _session_of(code, user):
    if user is None:
        return None
    client = Client()
    sign_in(client, user, mfa=code not in {"unenrolled", "unconfirmed"} and user.is_portal_staff)
    return client.cookies[settings.SESSION_COOKIE_NAME].value

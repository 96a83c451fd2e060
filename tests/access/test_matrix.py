import logging
from itertools import product

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.middleware import SHADOWED
from tests.access.engine import DENIED, HIDDEN, MOVED, SIGN_IN, agrees, outcome_of
from tests.access.test_garbage import who_may
from tests.access.walk import addresses
from tests.access.world import ROUTES, browser_of, kept_for_a_module, make_beside, make_furnished_world

# Content pages answer by their own rules, tested with the site; the rest of Wagtail's own is walked below.
NOT_OURS = {"wagtail_serve", "wagtailcore_authenticate_with_password", "wagtailcore_login"}


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of refusals are what is asked for: they would bury a surprise."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        yield make_furnished_world()


@pytest.fixture
def world(furnished, db, settings):
    settings.ROOT_URLCONF = "tests.access.plain_urls"
    return furnished


def ask(world, person, method, url, data):
    """One request whose effects are undone."""
    point = transaction.savepoint()
    try:
        response = getattr(browser_of(world, person), method)(url, data)
        # A download that nobody reads to its end would keep its file open.
        b"".join(response)
        return outcome_of(response)
    finally:
        transaction.savepoint_rollback(point)
        if method == "post":
            # Rate limits. A page that is only looked at keeps what is known of the site.
            cache.clear()


def test_every_address_of_ours_has_a_row():
    ours = {each.name for each in addresses() if not each.is_wagtails} - NOT_OURS
    listed = {route.name for route in ROUTES}

    assert sorted(ours - listed) == [], "These addresses have no row in tests/access/routes_*.py"
    assert sorted(listed - ours) == [], "These rows have no address any more"


@pytest.mark.parametrize("whom", ["sampled", pytest.param("asked", marks=pytest.mark.audit)])
def test_everybody_gets_exactly_what_the_rows_say(world, whom):
    surprises = []
    for route in ROUTES:
        with override("en"):
            url = reverse(route.name, kwargs=route.kwargs(world))
        for method in ("get", "post"):
            data = route.data(world) if method == "post" else {}
            for person in getattr(route, whom)(method):
                expected = route.expected(method, person)
                found = ask(world, person, method, url, data)
                if not agrees(expected, found):
                    surprises.append(f"{method.upper()} {route.name} by {person}: {found}, not {expected}")

    assert not surprises, "\n" + "\n".join(surprises)


def test_no_address_takes_a_part_of_one_thing_for_that_of_another(world):
    """Each address of several ids, with one of them that belongs to something else of the same company."""
    beside, surprises, count = make_beside(world, "BESIDE-"), [], 0
    for route in ROUTES:
        right, wrong = route.kwargs(world), route.kwargs(beside)
        ids = [key for key in right if right[key] != wrong[key]]
        for method, key in product(("get", "post"), ids if len(ids) > 1 else ()):
            if person := who_may(getattr(route, method)):
                url = reverse(route.name, kwargs=right | {key: wrong[key]})
                found = ask(world, person, method, url, route.data(world) if method == "post" else {})
                count += 1
                if found not in {HIDDEN, DENIED}:
                    surprises.append(f"{method.upper()} {route.name} by {person}: {found} with another {key}")

    assert not surprises, "\n" + "\n".join(surprises)
    assert count > 50


@pytest.mark.parametrize("method", ["get", pytest.param("post", marks=pytest.mark.audit)])
def test_wagtails_addresses_open_for_nobody_without_business_there(world, method):
    wagtails = [each for each in addresses() if each.is_wagtails]
    surprises = []
    for each in wagtails:
        for person in ("anonymous", "owner", "assessor"):
            outcome = ask(world, person, method, each.example, {})
            allowed = {MOVED} if SHADOWED.match(each.example) else {SIGN_IN, DENIED}
            if outcome not in allowed | {SIGN_IN}:
                surprises.append(f"{method.upper()} {each.example} by {person}: {outcome}")

    assert not surprises, "\n" + "\n".join(surprises)
    assert len(wagtails) > 150
    assert ask(world, "root", "get", "/admin/", {}) == "open"

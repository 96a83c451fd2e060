"""Nonsense in every address and every form: an answer in words, never a fault of ours."""

import html
import re
import zlib
from functools import partial
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from tests.access.world import ROUTES, browser_of, kept_for_a_module, make_furnished_world

# NUL, numbers that are too large, texts that are too long: PostgreSQL is the stricter one.
pytestmark = pytest.mark.postgres

# Signing out, and whatever ends the session that the other requests need.
ENDS_SESSION = {"account_logout", "usersessions_list"}
WORDS = """
q page sort status round officer state option company_type when revision back next check kind key
language p order search per_page id token code
"""
PARAMETERS = WORDS.split()
GARBAGE = {
    "nul": "a\0b",
    "beyond the first plane": "𨋢" * 200,
    "number": "9" * 60,
    "negative": "-1",
    "attribute": "__class__",
    "pattern": "%_'\"\\<script>{{7*7}}",
    "lines": "a\r\nBcc: b@example.org\u2028c",
    "address": "//[evil.example",
    "surrogate": b"\xed\xa0\x80\xff",
}
# One kind at a time takes minutes: a daily run sends all kinds at once, each to another field.
MIXED = "mixed"
KINDS = pytest.mark.parametrize(
    "kinds", [[MIXED], pytest.param(sorted(GARBAGE), marks=pytest.mark.audit)], ids=["mixed", "audit"]
)
DATES = {"day": "31", "month": "2", "year": "0"}
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([^\"]+)\"", re.DOTALL)


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        yield make_furnished_world()


@pytest.fixture
def world(furnished, db):
    return furnished


def who_may(expected):
    """One person whom the page is open for: a company's owner or a superuser, else anybody."""
    for person in ("owner", "root", "anonymous"):
        if expected and expected[person] in {"open", "answered", "moved", "own", "open or 503"}:
            return person
    return None


def undone(act):
    point = transaction.savepoint()
    try:
        response = act()
        b"".join(response)
        return response
    finally:
        transaction.savepoint_rollback(point)
        cache.clear()


def spread(names, kind):
    """The nonsense for each of these names."""
    if kind != MIXED:
        return dict.fromkeys(names, GARBAGE[kind])
    kinds = list(GARBAGE.values())
    return {name: kinds[zlib.crc32(name.encode()) % len(kinds)] for name in names}


def faults_of(world, kinds, method, send):
    """Where each kind of nonsense, sent to every route that somebody may ask by this method, is a fault."""
    faults = []
    for route in ROUTES:
        person = who_may(getattr(route, method))
        if person is None or route.name in ENDS_SESSION:
            continue
        url = reverse(route.name, kwargs=route.kwargs(world))
        for kind in kinds:
            client = browser_of(world, person)
            act = partial(send, client, url, route, kind)
            status = undone(act).status_code
            if status >= 500 and status != 503:
                faults.append(f"{status} {method.upper()} {url} by {person}: {kind}")
    return faults


@KINDS
def test_no_query_string_is_a_fault(world, kinds):
    def send(client, url, route, kind):
        return client.get(f"{url}?{urlencode(spread(PARAMETERS, kind))}")

    assert faults_of(world, kinds, "get", send) == []


def fields_of(client, url):
    """Names of all fields that the page's forms have."""
    page = client.get(url)
    if page.streaming or page.status_code != 200:
        return []
    names = FIELD.findall(page.content.decode(errors="replace"))
    return [name for name in map(html.unescape, names) if name not in {"csrfmiddlewaretoken", "website"}]


@KINDS
def test_no_form_is_a_fault(world, kinds):
    """Every field, hidden ones too, says the same nonsense beside what the matrix sends; dates never were."""
    known = {}

    def send(client, url, route, kind):
        if url not in known:
            known[url] = fields_of(client, url)
        data = spread([*known[url], "files"], kind)
        data |= {name: DATES[part] for name in data if (part := name.rpartition("_")[2]) in DATES}
        garbage = data.pop("files")
        if route.name.endswith(("upload", "replace")):
            name = garbage if isinstance(garbage, str) else "x"
            data["files"] = SimpleUploadedFile(name, b"%PDF-" + b"\0" * 9)
        return client.post(url, data | route.data(world))

    assert faults_of(world, kinds, "post", send) == []

"""A form takes its own fields and nothing else: the name of any column, sent along, changes no row."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from tests.access.test_garbage import ENDS_SESSION, fields_of, undone, who_may
from tests.access.world import ROUTES, browser_of, make_furnished_world

pytestmark = [pytest.mark.audit, pytest.mark.django_db]

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.split(".")[0] in {"portal", "home", "applications", "seminars"}
]
# Differ between two runs of the very same request.
CHANCE = (models.DateTimeField, models.UUIDField, models.BinaryField)
NAMED_BY_CHANCE = re.compile(
    r"sha256|hash|token|secret|nonce|salt$|^key$|^body$|^html$|message_id|headers|password|request"
)
VALUES = {
    models.BooleanField: "on",
    models.IntegerField: "99",
    models.DateTimeField: "2020-01-01 00:00:00+00:00",
    models.DateField: "2020-01-01",
    models.UUIDField: "00000000-0000-0000-0000-000000000009",
    models.JSONField: '{"a": 1}',
}
# Fields whose word decides something, with the words an attacker would choose.
WORDS = {"status": "commended", "state": "confirmed", "role": "owner", "verification": "verified"}

# Fields of addresses whose form stands on another page.
SHOWN_ELSEWHERE = {
    "cases:copy_order": {"with_notes"},
    "cases:filter_save": {"name", "query"},
}


def columns():
    """Every column of ours with a value that its field would take."""
    found = {}
    for model in OURS:
        for field in model._meta.concrete_fields:
            value = WORDS.get(field.name) or next(
                (text for kind, text in VALUES.items() if isinstance(field, kind)),
                "1" if field.is_relation else "X",
            )
            found[field.name] = found[field.attname] = value
    return found


def rows():
    """What stands in all our tables, without what chance puts there."""
    found = {}
    for model in OURS:
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not field.primary_key
            and not isinstance(field, CHANCE)
            and not NAMED_BY_CHANCE.search(field.name)
        ]
        found[model._meta.label] = list(model._default_manager.order_by("pk").values_list(*names))
    return found


def after(world, person, url, data):
    """The rows after this request, which is then undone."""
    found = []
    undone(lambda: _answer_and_look(browser_of(world, person), url, data, found))
    return found[0]


def _answer_and_look(client, url, data, found):
    response = client.post(url, data)
    found.append(rows())
    return response


@pytest.fixture
def world(db):
    return make_furnished_world()


def test_no_form_takes_a_column_that_it_does_not_show(world):
    untouched, sent_along, taken, effective = rows(), columns(), [], 0
    for route in ROUTES:
        person = who_may(route.post)
        if person is None or route.name in ENDS_SESSION:
            continue
        url = reverse(route.name, kwargs=route.kwargs(world))
        # Never quite empty: a form may take an empty request for one that was not sent at all.
        data = {"nobody_asked": "x"} | route.data(world)
        own = set(fields_of(browser_of(world, person), url))
        own |= SHOWN_ELSEWHERE.get(route.name, set())
        more = {name: text for name, text in sent_along.items() if name not in own | set(data)}
        plain, with_more = after(world, person, url, data), after(world, person, url, more | data)
        effective += plain != untouched
        # Sent along, a name may make the form refuse all; it may never make another row of it.
        taken += [
            f"{url} by {person} changed {label}"
            for label in plain
            if with_more[label] not in (plain[label], untouched[label])
        ]
    assert taken == []
    # The forms were really taken, not refused before anything could be assigned.
    assert effective >= 30

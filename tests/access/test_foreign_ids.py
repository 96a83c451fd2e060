"""Ids that do not belong together: another company's, another parent's, one in a wrong state.

Every form of the portal that names something by its id, in its address or in itself, is sent filled in as a
person would, and then once for each id with that of something else. Nothing may change then, and whoever sent
it must read why. A new form fails until filled_forms.py can fill it in.
"""

import logging
from itertools import chain, combinations
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from applications.models import Application, Status
from tests.access import filled_forms
from tests.access.columns import OURS
from tests.access.test_garbage import ENDS_SESSION
from tests.access.test_state_machine import KEEPING
from tests.access.test_state_machine import is_told as is_told_there
from tests.access.walk import parameters
from tests.access.world import ROUTES, browser_of, kept_for_a_module, make_beside, make_furnished_world
from tests.access.writes import Writes

audit = pytest.mark.audit
WORKS = {"open", "moved", "answered"}
ASKERS = ("anonymous", "owner", "organiser", "officer", "root")
# Differ from page to page and name nothing.
NO_IDS = {"key", "page_key", "opened", "version", "begun"}

# What does nothing even with the right ids, as the world of the matrix stands.
IDLE = {
    "applications:clarification_check": "nothing is answered yet",
    "applications:copy": "something is written already",
    "applications:start": "one is begun already",
    "cases:back_to_verification": "it is not in assessment",
    "cases:filter_remove": "nothing is saved under this number",
    "office_seminars:attendance_import": "a list is looked at first",
    "office_seminars:letter": "it is looked at first",
    "office_seminars:letter_take_back": "it is taken back already",
    "office_seminars:sheet_order": "one is being made",
    "office_seminars:merge_companies": "there is one company only",
    "office_seminars:put_first": "the person has a place",
    "office_seminars:reschedule": "it is not postponed",
    "office_seminars:undo_change": "it is taken back already",
    "office_seminars:weather": "no warning is in force",
    "rounds:corrections": "nothing was corrected",
    "rounds:extend": "it is not open yet",
    "rounds:take_back": "it was not opened",
    "seminars:accept": "no place is offered",
    "seminars:confirm": "the address is confirmed",
    "threads:faq": "there is no page for questions",
    "threads:reopen": "it is open",
}
# Another company's round, and what the same company has handed in before, is everybody's to use.
FREE = {"applications:start"}
SHARED = {("applications:reuse", "file"), ("applications:copy", "source")}


def asker_of(route):
    may = route.post or {}
    return next((person for person in ASKERS if may.get(person) in WORKS), None)


def _forms():
    found = {}
    for route in ROUTES:
        is_free = route.name in ENDS_SESSION or route.name.startswith(("account_", "mfa_", "shadow_"))
        if asker_of(route) and PARAMETERS[route.name] and not is_free:
            found.setdefault(route.name, route)
    return list(found.values())


PARAMETERS = parameters()
FORMS = _forms()


@pytest.fixture(autouse=True)
def quiet():
    """Hundreds of refusals are what is asked for: they would bury a surprise."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        mine = make_furnished_world()
        beside = make_beside(mine, "BESIDE-")
        strange = make_beside(mine, "STRANGE-", of="outsider")
        yield SimpleNamespace(mine=mine, beside=beside, strange=strange)


def rows():
    return {model._meta.label: list(model._default_manager.order_by("pk").values_list()) for model in OURS}


def sent(world, person, url, data, before):
    """(the answer, the tables that the request changed); everything is undone."""
    point = transaction.savepoint()
    try:
        with Writes() as writes:
            response = browser_of(world, person).post(url, fresh(data))
            b"".join(response)
        now = rows() if writes.any else before
        return response, sorted(label for label in now if now[label] != before[label])
    finally:
        transaction.savepoint_rollback(point)
        cache.clear()


def right(route, world):
    """The form as it does its work: who sends it, where, and with what."""
    person = asker_of(route)
    return (
        person,
        filled_forms.place_of(route, world),
        filled_forms.filled(browser_of(world, person), route, world),
    )


def other_addresses(route, person, kwargs, worlds):
    """The address with each set of its ids exchanged for those of something else."""
    for name in ("beside", "strange"):
        wrong = filled_forms.place_of(route, vars(worlds)[name])
        ids = [key for key in kwargs if kwargs[key] != wrong[key]]
        # All of the other's ids together are right for the office, and for the company that the other is of.
        is_right = route.name in FREE or person != "owner" or name == "beside"
        most = len(ids) - is_right
        for chosen in chain.from_iterable(combinations(ids, count) for count in range(1, most + 1)):
            yield f"{name}: {' '.join(chosen)}", kwargs | {key: wrong[key] for key in chosen}


def other_data(route, data, worlds):
    """The form with each id in it exchanged for that of something else."""
    for name in ("beside", "strange"):
        _person, _kwargs, wrong = right(route, vars(worlds)[name])
        for key in data.keys() & wrong.keys() - NO_IDS:
            is_shared = name == "beside" and (route.name, key) in SHARED
            if data[key] != wrong[key] and not is_shared and not hasattr(data[key], "read"):
                yield f"{name}: {key}", data | {key: wrong[key]}
        if data.keys() != wrong.keys():
            common = {key: data[key] for key in data.keys() & wrong.keys()}
            yield f"{name}: names", wrong | common


def attacks(route, worlds):
    person, kwargs, data = right(route, worlds.mine)
    url = reverse(route.name, kwargs=kwargs)
    for what, other in other_addresses(route, person, kwargs, worlds):
        yield what, person, reverse(route.name, kwargs=other), data
    for what, other in other_data(route, data, worlds):
        yield what, person, url, other


def is_told(response):
    """Whether the person reads why nothing was done: there, or on the page that follows."""
    is_next = response.status_code == 302 and "none=1" in response["Location"]
    return response.status_code == 403 or is_next or is_told_there(response)


def wrongs(forms, worlds):
    """What ids that are not right did, or did without a word."""
    found, count, before = [], 0, rows()
    for route in forms:
        for what, person, url, data in attacks(route, worlds):
            response, changed = sent(worlds.mine, person, url, data, before)
            count += 1
            if changed or not is_told(response):
                found.append(f"{route.name} by {person} with {what}: {response.status_code} {changed}")
    return found, count


@audit
def test_every_form_with_ids_does_its_work_with_the_right_ones(worlds, db):
    idle, before = set(), rows()
    for route in FORMS:
        person, kwargs, data = right(route, worlds.mine)
        _response, changed = sent(worlds.mine, person, reverse(route.name, kwargs=kwargs), data, before)
        if not changed:
            idle.add(route.name)

    assert "\n".join(sorted(idle ^ IDLE.keys())) == "", (
        "Say in filled_forms.py what a person would type there"
    )


@audit
def test_no_form_works_with_an_id_of_something_else(worlds, db):
    found, count = wrongs(FORMS, worlds)

    assert "\n".join(found) == ""
    assert count > 100


CASE = set(Status.values) - {"draft"}
TABLE = """
section, project_add, project_change, project_remove, project_import, project_preview    | draft
upload, reuse, file_replace, file_remove                                                 | draft
copy                                                                                     | never here
project_import_cancel, thread_ask, thread                                                | always
copy_order, notes, note                                                                  | case
take, hand_over         | submitted, in_verification, clarification_requested, in_assessment, public_notice
checklist                                                       | in_verification, clarification_requested
visit_plan, visit_change, visit_report, visit_cancel | in_verification, clarification_requested, in_assessment
photo_upload, photo_remove                           | in_verification, clarification_requested, in_assessment
"""
GROUPS = {"never here": set(), "always": set(Status.values), "case": CASE}


def works_in():
    """Name of a form -> the statuses in which it changes anything."""
    found = {}
    for line in TABLE.strip().splitlines():
        names, states = (part.strip() for part in line.split("|"))
        for name in names.split(", "):
            found[name] = GROUPS.get(states) or set(states.split(", ")) - GROUPS.keys()
    return found


# These ask whether a clarification is open, which no other status leaves open.
ASK_THE_CLARIFICATION = {"applications:clarification", "cases:clarification_extend"}


@audit
def test_forms_of_an_application_work_only_in_their_states(worlds, db):
    acts = [
        (route, *right(route, worlds.mine))
        for route in FORMS
        if route.name in {*KEEPING} - ASK_THE_CLARIFICATION
    ]
    found = {route.name: set() for route, *_rest in acts}
    for status in Status.values:
        Application.objects.update(status=status)
        before = rows()
        for route, person, kwargs, data in acts:
            url = reverse(route.name, kwargs=kwargs)
            response, changed = sent(worlds.mine, person, url, data, before)
            assert response.status_code < 500, (route.name, status)
            if changed:
                found[route.name].add(status)

    assert {name.partition(":")[2]: states for name, states in found.items()} == works_in()


def fresh(data):
    """The same again; a file that was read once is at its end."""
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return data

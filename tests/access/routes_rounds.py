"""Rounds in the office: officers set them up, auditors look, and nobody else learns what is prepared."""

from uuid import uuid4

from applications.round_setup import copying
from tests.access.engine import ANSWERED, MOVED, Route, office
from tests.applications.round_setup.conftest import make_ready


def build(world):
    opened = make_ready(f"MATRIX-{world.mark}R-")
    world.prepared = copying.copy(opened, officer=None)
    world.prepared_section = world.prepared.sections.first()


def prepared(world):
    return {"uuid": world.prepared.uuid}


def nowhere(world):
    return {"uuid": uuid4()}


def section(world):
    return prepared(world) | {"section_uid": world.prepared_section.uuid}


def no_section(world):
    return prepared(world) | {"section_uid": uuid4()}


def draft(world):
    return {"uuid": world.round.uuid, "application_uuid": world.draft.uuid}


def draft_of_another_round(world):
    return {"uuid": world.prepared.uuid, "application_uuid": world.draft.uuid}


reading = office("officer", "auditor")
working = office("officer")
acting = office("officer", outcome=MOVED)
missing = office("officer", outcome="hidden")
ROUTES = [
    Route("rounds:index", get=reading),
    Route("rounds:desk", prepared, get=reading),
    Route("rounds:desk", nowhere, get=office("officer", "auditor", outcome="hidden")),
    Route("rounds:preview", prepared, get=working),
    Route("rounds:preview_section", section, get=working),
    Route("rounds:preview_section", no_section, get=missing),
    Route("rounds:copy", prepared, get=working, post=acting),
    Route("rounds:open", prepared, get=working, post=acting),
    Route("rounds:take_back", prepared, post=acting),
    Route("rounds:corrections", prepared, get=working, post=acting),
    Route("rounds:extend", prepared, get=working, post=office("officer", outcome=ANSWERED)),
    Route("rounds:drafts", prepared, get=working),
    Route("rounds:extend_draft", draft, get=working, post=office("officer", outcome=ANSWERED)),
    Route("rounds:extend_draft", draft_of_another_round, get=missing, post=missing),
]

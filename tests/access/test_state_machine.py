"""Every act from every state by everybody, through the portal's own addresses.

What may happen stands in the table below, after the design and not after the code: everything else leaves the
application as it is and says so.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from applications import rounds, workflow
from applications.clarifications import clarifying, reopening
from applications.models import Application, DocumentRequirement, Round, Status
from applications.questions import versions
from applications.submissions import contents, submission
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.mail.models import Message
from tests.access.engine import WHO
from tests.access.walk import parameters
from tests.access.world import ROUTES, browser_of, kept_for_a_module, make_world
from tests.access.writes import Writes
from tests.applications.clarifications import clarification
from tests.applications.conftest import fill_in, make_round, own_section, submit

# act | from | to. "Closed" is after the round's closing time, "again" was handed in once before, "late" is a
# clarification whose time is over before the clock came by.
SUBMITTERS = """
submit               | draft, draft again                             | submitted
take_back            | submitted                                      | draft
withdraw             | submitted, submitted closed, in_verification   | withdrawn
withdraw             | clarification_requested, late                  | withdrawn
withdraw             | in_assessment, public_notice                   | withdrawn
clarification_check  | clarification_requested                        | in_verification
"""
OWNER = """
delete               | draft, draft closed                            | gone
"""
OFFICERS = """
start_verification   | submitted, submitted closed                    | in_verification
clarification_ask    | in_verification                                | clarification_requested
clarification_cancel | clarification_requested, late                  | in_verification
assessment           | in_verification                                | in_assessment
ineligible           | in_verification                                | ineligible
back_to_verification | in_assessment                                  | in_verification
"""

STATES = (
    "draft",
    "draft again",
    "draft closed",
    "submitted",
    "submitted closed",
    "in_verification",
    "clarification_requested",
    "late",
    "in_assessment",
    "public_notice",
    "commended",
    "not_commended",
    "ineligible",
    "withdrawn",
)


@dataclass(frozen=True)
class Act:
    name: str
    by: frozenset[str]
    moves: dict[str, str]

    def leads_to(self, state, person):
        """The status afterwards; None where nothing may change."""
        return self.moves.get(state) if person in self.by else None


def acts_of(namespace, table, by):
    found = {}
    for line in table.strip().splitlines():
        name, states, to = (part.strip() for part in line.split("|"))
        act = found.setdefault(name, Act(f"{namespace}:{name}", frozenset(by.split()), {}))
        act.moves.update(dict.fromkeys(states.split(", "), to))
    return list(found.values())


MOVING = [
    *acts_of("applications", SUBMITTERS, "owner submitter"),
    *acts_of("applications", OWNER, "owner"),
    *acts_of("cases", OFFICERS, "officer root"),
]
# Acts on an application or case that change no status, whoever does them and whenever.
KEEPING = sorted(
    {
        route.name
        for route in ROUTES
        if route.post and route.name.partition(":")[0] in {"applications", "cases"}
    }
    - {act.name for act in MOVING}
    # About a round or a list.
    - {"applications:start", "cases:assign_ask", "cases:filter_save", "cases:filter_remove"}
)


@pytest.fixture(scope="module")
def states(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        made = make_world()
        made.member = membership_of(made.user("owner"))
        made.company.address, made.company.telephone = "1 Demo Street", "+85220000001"
        made.company.save()
        made.applications = {state: in_state(made, state, number) for number, state in enumerate(STATES)}
        yield made


@pytest.fixture
def world(states, db):
    return states


def in_state(world, state, number):
    """An application brought into this state through the portal's own doors, as far as there are any."""
    made = make_round(f"STATE-{number}-")
    DocumentRequirement.objects.filter(round=made).update(required=False)
    versions.publish(made, actor=None)
    application = workflow.start(made, member=world.member)
    fill_in(application, world.member, files=0)
    for step in STEPS.get(state, ()):
        step(world, application)
    if state.endswith("closed"):
        closed = rounds.database_now() - timedelta(days=1)
        Round.objects.filter(pk=made.pk).update(closes_at=closed, state=Round.State.CLOSED)
    application.refresh_from_db()
    return application


def _hand_in(world, application):
    submit(application, world.member)


def _take_back(world, application):
    workflow.take_back(application, member=world.member)


def _start(world, application):
    workflow.start_verification(application, officer=world.user("officer"))


def _ask(world, application):
    clarification.ask(application, world.user("officer"), ("question", "summary"))
    clarification.reply(application, "Since 2016.", world.member)


def _be_late(world, application):
    clarifying_request = application.clarifications.get()
    clarifying_request.due_at = application.clarification_due_at = rounds.database_now() - timedelta(days=1)
    clarifying_request.save()
    application.save(update_fields=["clarification_due_at"])


def _assess(world, application):
    workflow.send_to_assessment(application, officer=world.user("officer"), reason="Enough seen.")


def _refuse(world, application):
    workflow.find_ineligible(application, officer=world.user("officer"), reason="Not registered.")


def _withdraw(world, application):
    workflow.withdraw(application, member=world.member)


def _decide(status):
    """Nobody can do this yet, so the row is put there."""

    def step(world, application):
        Application.objects.filter(pk=application.pk).update(status=status)

    return step


CHECKED = (_hand_in, _start)
STEPS = {
    "draft again": (_hand_in, _take_back),
    "submitted": (_hand_in,),
    "submitted closed": (_hand_in,),
    "in_verification": CHECKED,
    "clarification_requested": (*CHECKED, _ask),
    "late": (*CHECKED, _ask, _be_late),
    "in_assessment": (*CHECKED, _assess),
    "ineligible": (*CHECKED, _refuse),
    "withdrawn": (_hand_in, _withdraw),
    **{
        state: (*CHECKED, _assess, _decide(state))
        for state in ("public_notice", "commended", "not_commended")
    },
}


def review_of(application):
    """What the page that asks for the signature would hold, if this application had one now."""
    opening = reopening.of(application)
    held = contents.Contents(application)
    fingerprint = clarifying.answer_of(opening).fingerprint if opening else held.fingerprint
    return submission.mint(application, fingerprint=fingerprint, now=rounds.database_now())


def data_for(name, application, officer):
    """A form that its act would take in the right state."""
    signed = {"signer_name": "Demo Signatory", "signer_role": "Director", "agreed": "on"}
    day = rounds.database_now() + timedelta(days=20)
    due = {"due_day": day.day, "due_month": day.month, "due_year": day.year}
    forms = {
        "applications:submit": lambda: signed | {"review": review_of(application)},
        "applications:clarification_check": lambda: signed | {"review": review_of(application)},
        "applications:clarification": lambda: {"version": "0"},
        "applications:section": lambda: {"version": "1", "slogan": "Other"},
        "applications:thread_ask": lambda: {"place": "", "text": "May we?", "key": uuid4()},
        "applications:thread": lambda: {"text": "And now?", "key": uuid4()},
        "applications:project_add": lambda: {"factory_name": "Another"},
        "cases:clarification_ask": lambda: (
            due | {"place": "question:summary", "question-0": "Since when?", "send": "1", "key": uuid4()}
        ),
        "cases:clarification_cancel": lambda: {"reason": "Not needed."},
        "cases:clarification_extend": lambda: due | {"reason": "More time."},
        "cases:assessment": lambda: {"reason": "Enough seen."},
        "cases:back_to_verification": lambda: {"reason": "Look again."},
        "cases:ineligible": lambda: {"reason": "Not registered.", "confirmed": "1"},
        "cases:notes": lambda: {"text": "Seen.", "key": uuid4()},
        "cases:hand_over": lambda: {
            "officer": officer.uuid,
            "seen": (application.assignee and officer.uuid) or "",
        },
        "cases:assign": lambda: {"case": f"{application.uuid}:", "officer": officer.uuid},
    }
    return forms.get(name, dict)()


PARAMETERS = parameters()


def address_of(name, application):
    """The act's address for this application; what it does not have is asked for under a number of nobody."""
    known = {
        "uuid": application.uuid,
        "section_uid": own_section(application)["uid"],
        "requirement_uid": application.form_version.definition["documents"][0]["uid"],
        "project_uuid": application.projects.get().uuid,
        "thread_uuid": getattr(application.threads.first(), "uuid", uuid4()),
    }
    return reverse(name, kwargs={key: known.get(key) or uuid4() for key in PARAMETERS[name]})


def stands(application):
    """All of an application that an act could move, and what was noted and written about it."""
    row = Application.objects.filter(pk=application.pk).values(
        "status", "revision", "reference", "status_changed_at", "clarification_due_at"
    )
    return {
        "row": row.first() or {"status": "gone"},
        "submissions": application.submissions.count() if application.pk else 0,
        "events": Event.objects.filter(object_uuid=application.uuid).count(),
        "mails": Message.objects.count(),
    }


def is_told(response):
    """Whether somebody who may act at other times reads why nothing was done."""
    if response.status_code == 302:
        return bool(response.wsgi_request._messages._queued_messages)
    return response.status_code in {404, 409, 422} and b"<h1" in response.content


def surprises(world, acts, people, states=STATES, *, asks=lambda act, person: True):
    found, done = [], 0
    for state in states:
        application = world.applications[state]
        before = stands(application)
        for act in acts:
            url = address_of(act.name, application)
            data = data_for(act.name, application, world.user("officer"))
            for person in (each for each in people if asks(act, each)):
                response, after = asked(world, person, url, data, application, before)
                wanted = act.leads_to(state, person)
                done += bool(wanted)
                if problem := what_is_wrong(act, person, wanted, before, after, response):
                    found.append(f"{act.name} by {person} in {state}: {problem}")
    return found, done


def asked(world, person, url, data, application, before):
    point = transaction.savepoint()
    try:
        with Writes() as writes:
            response = browser_of(world, person).post(url, data)
            b"".join(response)
        return response, stands(application) if writes.any else before
    finally:
        transaction.savepoint_rollback(point)
        cache.clear()


def what_is_wrong(act, person, wanted, before, after, response):
    if response.status_code >= 500:
        return f"a fault, {response.status_code}"
    if wanted:
        status = after["row"]["status"]
        return f"{status} instead of {wanted}, {response.status_code}" if status != wanted else ""
    if not act.moves:
        kept = ("status", "revision", "reference", "status_changed_at")
        changed = [name for name in kept if after["row"].get(name) != before["row"][name]]
        return f"changed {changed}" if changed else ""
    if after != before:
        return f"did something: {after}"
    if person in act.by and not is_told(response):
        return f"nothing is said, {response.status_code}"
    return ""


# By the one person of either side who may do most, in the states that most cases pass through; the rest by
# `make audit`.
DAILY = ("draft", "submitted", "in_verification", "clarification_requested", "in_assessment", "withdrawn")


def test_whoever_may_act_can_do_so_only_when_it_is_time(world):
    company = [act for act in MOVING if "owner" in act.by]
    office = [act for act in MOVING if "officer" in act.by]
    found, done = surprises(world, company, ["owner"], DAILY)
    more_found, more_done = surprises(world, office, ["officer"], DAILY)

    assert found + more_found == []
    assert done + more_done == sum(state in DAILY for act in MOVING for state in act.moves)


# Nobody looks at the thousands of refusals: bare ones make these minutes shorter.
BARE = "tests.access.plain_urls"


@pytest.mark.audit
def test_nobody_moves_an_application_but_as_the_table_says(world, settings):
    found, done = surprises(world, MOVING, WHO, asks=lambda act, person: person in act.by)
    settings.ROOT_URLCONF = BARE
    others, _none = surprises(world, MOVING, WHO, asks=lambda act, person: person not in act.by)

    assert "\n".join(found + others) == ""
    assert done == sum(len(act.moves) * len(act.by) for act in MOVING)


@pytest.mark.audit
def test_no_other_act_moves_an_application(world, settings):
    settings.ROOT_URLCONF = BARE
    found, _done = surprises(world, [Act(name, frozenset(), {}) for name in KEEPING], WHO)

    assert "\n".join(found) == ""


def test_table_names_every_status_and_every_move_of_the_design():
    named = {state.partition(" ")[0] for act in MOVING for state in act.moves} - {"late"}
    ends = {"commended", "not_commended", "ineligible", "withdrawn"}

    assert named | ends == set(Status.values)

"""The history of a case for the office: its moves and acts from the first submission on, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Status
from portal.accounts.models import User
from portal.audit.models import Event

SUBMITTED, ASSIGNED = "application.submitted", "application.assigned"
TITLES = {
    "application.taken_back": gettext_lazy("Taken back by the company"),
    "application.withdrawn": gettext_lazy("Withdrawn by the company"),
    "application.verification_started": gettext_lazy("Verification started"),
    "application.clarification_requested": gettext_lazy("Clarification requested"),
    "application.clarification_answered": gettext_lazy("Clarification answered"),
    "application.clarification_timed_out": gettext_lazy("Clarification not answered in time"),
    "application.clarification_cancelled": gettext_lazy("Clarification cancelled"),
    "application.sent_to_assessment": gettext_lazy("Sent to assessment"),
    "application.returned_to_verification": gettext_lazy("Returned to verification"),
    "application.found_ineligible": gettext_lazy("Found ineligible"),
}


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    at: datetime
    note: str = ""


def entries(case: Application, submissions) -> list[Entry]:
    """Two queries, whatever the length of the history. What happened in the draft is the company's own."""
    events = list(Event.objects.filter(object_kind="application", object_uuid=case.uuid).order_by("id"))
    first = next((at for at, event in enumerate(events) if event.verb == SUBMITTED), len(events))
    events = events[first:]
    people = _people(events)
    numbers = {each.sha256: each.number for each in submissions}
    return [_entry(event, people, numbers) for event in reversed(events)]


def _people(events):
    uuids = {event.actor_uuid for event in events} | {_uuid(event.to_state) for event in events}
    users = User.objects.filter(uuid__in=uuids - {None}).prefetch_related("staff_roles")
    return {user.uuid: user for user in users}


def _entry(event, people, numbers):
    actor = people.get(event.actor_uuid)
    sha256 = event.hashes.get("submission", "")
    note = _("SHA-256 %(start)s…") % {"start": sha256[:16]} if sha256 else ""
    return Entry(_title(event, people, numbers, sha256), _who(event, actor), event.at, note)


def _title(event, people, numbers, sha256):
    if event.verb == SUBMITTED:
        return _("Submitted, revision %(number)d") % {"number": numbers.get(sha256, 1)}
    if event.verb == ASSIGNED:
        return _assigned(event, people.get(_uuid(event.to_state)))
    if event.verb in TITLES:
        return str(TITLES[event.verb])
    status = dict(Status.choices).get(event.to_state)
    return _("Status: %(status)s") % {"status": status} if status else _("Changed")


def _assigned(event, officer):
    if officer is None:
        return _("Given to somebody whose account was deleted") if event.to_state else _("Given back")
    if officer.uuid == event.actor_uuid:
        return _("Taken by %(officer)s") % {"officer": officer}
    return _("Given to %(officer)s") % {"officer": officer}


def _who(event, actor):
    if event.actor_uuid is None:
        return _("The portal")
    if actor is None:
        return _("Somebody whose account was deleted")
    is_staff = actor.is_superuser or actor.staff_roles.all()
    return str(actor) if is_staff else _("%(name)s (company)") % {"name": actor}


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None

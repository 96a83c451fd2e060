"""The history of a case for the office: its moves and acts from the first submission on, newest first.

What the office does for itself (checks, notes, visits) is of kind `case`, and so never part of the history
that a company reads of its `application`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.desk.case_checks import title_of
from applications.models import Application, CheckItem, Status
from portal.accounts.models import User
from portal.audit.history import history_of

SUBMITTED, ASSIGNED, CHECKED = "application.submitted", "application.assigned", "check.decided"
TITLES = {
    "application.projects_imported": gettext_lazy("Project records added from a spreadsheet"),
    "case.exported_zip": gettext_lazy("Taken along as a ZIP file"),
    "case.copy_ordered": gettext_lazy("Taken along as one PDF"),
    "application.taken_back": gettext_lazy("Taken back by the company"),
    "application.withdrawn": gettext_lazy("Withdrawn by the company"),
    "application.verification_started": gettext_lazy("Verification started"),
    "application.clarification_requested": gettext_lazy("Clarification requested"),
    "application.clarification_widened": gettext_lazy("Clarification: one more document asked for"),
    "application.clarification_extended": gettext_lazy("Clarification: more time given"),
    "application.clarification_answered": gettext_lazy("Clarification answered"),
    "application.clarification_timed_out": gettext_lazy("Clarification not answered in time"),
    "application.clarification_cancelled": gettext_lazy("Clarification cancelled"),
    "application.sent_to_assessment": gettext_lazy("Sent to assessment"),
    "application.returned_to_verification": gettext_lazy("Returned to verification"),
    "application.found_ineligible": gettext_lazy("Found ineligible"),
    "note.added": gettext_lazy("Note added"),
    "note.changed": gettext_lazy("Note changed"),
    "visit.planned": gettext_lazy("Visit planned"),
    "visit.changed": gettext_lazy("Visit changed"),
    "visit.done": gettext_lazy("Visit done, findings written"),
    "visit.cancelled": gettext_lazy("Visit cancelled"),
    "visit.photo_added": gettext_lazy("Photo of a visit added"),
    "visit.photo_removed": gettext_lazy("Photo of a visit removed"),
}
# Done by people of the company; everything else by the office or by the portal itself.
BY_COMPANY = {
    SUBMITTED,
    "application.projects_imported",
    "application.taken_back",
    "application.withdrawn",
    "application.clarification_answered",
}


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    at: datetime
    note: str = ""


def entries(
    case: Application, submissions, *, with_office: bool = True, newest: int | None = None
) -> list[Entry]:
    """Three queries at most, however long it is. What happened in the first draft is the company's own.

    `with_office` adds what the office did for itself; `newest` ends the list after so many.
    """
    kinds = ["application", "case"] if with_office else ["application"]
    told = history_of([(kind, case.uuid) for kind in kinds])
    first = next((at for at, each in enumerate(told) if each.verb == SUBMITTED), len(told))
    told = told[first:][-newest:] if newest else told[first:]
    officers = _officers(told)
    numbers = {each.sha256: each.number for each in submissions}
    return [
        Entry(_title(each.event, case, officers, numbers), _who(each), each.at, _note(each.event))
        for each in reversed(told)
    ]


def _officers(told):
    """Names of those who were given the case, by uuid."""
    uuids = {UUID(each.event.to_state) for each in told if each.verb == ASSIGNED and each.event.to_state}
    return {user.uuid: str(user) for user in User.objects.filter(uuid__in=uuids)} if uuids else {}


def _title(event, case, officers, numbers):
    if event.verb == SUBMITTED:
        return _("Submitted, revision %(number)d") % {
            "number": numbers.get(event.hashes.get("submission"), 1)
        }
    if event.verb == ASSIGNED:
        return _assigned(event, officers)
    if event.verb == CHECKED:
        return _checked(event, case)
    if event.verb in TITLES:
        return str(TITLES[event.verb])
    status = dict(Status.choices).get(event.to_state)
    return _("Status: %(status)s") % {"status": status} if status else _("Changed")


def _checked(event, case):
    subject, _colon, uid = event.changed[0].partition(":")
    return _("%(item)s: %(verdict)s") % {
        "item": title_of(subject, uid, case.form_version.definition),
        "verdict": CheckItem.State(event.to_state).label,
    }


def _assigned(event, officers):
    if not event.to_state:
        return _("Given back")
    uuid = UUID(event.to_state)
    if uuid not in officers:
        return _("Given to somebody whose account was deleted")
    words = _("Taken by %(officer)s") if uuid == event.actor_uuid else _("Given to %(officer)s")
    return words % {"officer": officers[uuid]}


def _who(told):
    if told.is_automatic:
        return _("The portal")
    if not told.actor:
        return _("Somebody whose account was deleted")
    return _("%(name)s (company)") % {"name": told.actor} if told.verb in BY_COMPANY else told.actor


def _note(event):
    sha256 = event.hashes.get("submission")
    return _("SHA-256 %(start)s…") % {"start": sha256[:16]} if sha256 else ""

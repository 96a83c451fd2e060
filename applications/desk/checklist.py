"""The verification checklist of a case: made from the form version, and the only writer of CheckItem."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.errors import InvalidTransition
from applications.models import Application, CheckItem, Status
from portal.accounts.models import User
from portal.audit import trail

S = CheckItem.Subject
State = CheckItem.State
# While a company answers a clarification, the officer goes on with what is clear.
CHECKED_IN = {Status.IN_VERIFICATION, Status.CLARIFICATION_REQUESTED}
SETTLED = {State.PASSED, State.NOT_NEEDED}
NEEDS_NOTE = {State.QUESTION, State.FAILED}


@dataclass(frozen=True)
class Verdict:
    """What an officer says of one line. `seen` is the `mark` of the line as the page showed it."""

    uuid: UUID
    state: State
    note: str
    seen: str


@dataclass(frozen=True)
class Outcome:
    saved: list[CheckItem]
    conflicts: list[CheckItem]  # as they stand now; nothing of them was changed


@dataclass(frozen=True)
class Progress:
    total: int
    checked: int
    unsettled: int

    @property
    def is_settled(self) -> bool:
        return not self.unsettled


def make(application: Application) -> None:
    """One line for the identity, each section, the project records and each document; safe to call twice."""
    definition = application.form_version.definition
    subjects = [(S.IDENTITY, "")]
    subjects += [(S.SECTION, section["uid"]) for section in definition["sections"]]
    subjects += [(S.PROJECTS, "")]
    subjects += [(S.DOCUMENT, document["uid"]) for document in definition["documents"]]
    CheckItem.objects.bulk_create(
        [
            CheckItem(application=application, subject=subject, target_uid=uid, position=position)
            for position, (subject, uid) in enumerate(subjects)
        ],
        ignore_conflicts=True,
    )


def mark(state: str, note: str) -> str:
    """Stands for a verdict with its note, so that an untouched line of an old page changes nothing."""
    return hashlib.sha256(f"{state}\n{note}".encode()).hexdigest()[:16]


def progress(items: Iterable[CheckItem]) -> Progress:
    """A case that has no checklist yet has nothing settled either."""
    states = [item.state for item in items]
    unsettled = sum(state not in SETTLED for state in states)
    return Progress(len(states), sum(state != State.OPEN for state in states), unsettled)


def unsettled(application: Application) -> list[CheckItem]:
    return list(application.check_items.exclude(state__in=SETTLED))


@transaction.atomic
def save(application: Application, verdicts: list[Verdict], *, officer: User) -> Outcome:
    """Keep the verdicts that were changed on the page and whose line nobody else changed meanwhile.

    Lines left as they were shown stay as they are now. Raises InvalidTransition outside verification.
    """
    case = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if case.status not in CHECKED_IN:
        raise InvalidTransition(
            _("This case is not in verification any more, so nothing of the checklist was saved.")
        )
    now = rounds.database_now()
    items = {item.uuid: item for item in case.check_items.select_related("checked_by")}
    outcome = Outcome([], [])
    for verdict in verdicts:
        item = items.get(verdict.uuid)
        wanted = mark(verdict.state, verdict.note)
        if item is None or wanted in {verdict.seen, mark(item.state, item.note)}:
            continue
        if verdict.seen != mark(item.state, item.note):
            outcome.conflicts.append(item)
            continue
        _decide(item, verdict, officer, now)
        outcome.saved.append(item)
    return outcome


def _decide(item, verdict, officer, now):
    before = item.state
    item.state, item.note = verdict.state, verdict.note
    item.version += 1
    item.checked_by, item.checked_at = officer, now
    item.save(update_fields=["state", "note", "version", "checked_by", "checked_at"])
    trail.record(
        "check.decided",
        obj_kind="case",
        obj_uuid=item.application.uuid,
        actor=officer,
        from_state=before,
        to_state=item.state,
        changed=[f"{item.subject}:{item.target_uid}"],
    )

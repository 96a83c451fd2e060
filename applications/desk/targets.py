"""How long a case should stay in a status, and which cases are beyond it: the only writer of StatusTarget.

Days are calendar days from the newest change of status. A clarification has no target: it is overdue once the
time given to the company is over. Cases at rest are never overdue.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from applications import rounds
from applications.models import Application, Status, StatusTarget
from portal.accounts.models import User
from portal.audit import trail

DEFAULT_DAYS = {Status.SUBMITTED: 14, Status.IN_VERIFICATION: 28, Status.IN_ASSESSMENT: 90}


def days() -> dict[Status, int]:
    """Days by status, one query."""
    changed = dict(StatusTarget.objects.values_list("status", "days"))
    return {status: changed.get(status, default) for status, default in DEFAULT_DAYS.items()}


def due_at(case: Application, days: dict[Status, int]) -> datetime | None:
    if case.status == Status.CLARIFICATION_REQUESTED:
        return case.clarification_due_at
    target = days.get(Status(case.status))
    return case.status_changed_at + timedelta(days=target) if target else None


def stamp(cases: Iterable[Application], *, now: datetime | None = None) -> None:
    """Write on each case `due_at`, and whether it `is_overdue` at `now` (the database's clock)."""
    now, target = now or rounds.database_now(), days()
    for case in cases:
        case.due_at = due_at(case, target)
        case.is_overdue = case.due_at is not None and case.due_at < now


def overdue(days: dict[Status, int], *, now: datetime) -> Q:
    """Which cases are overdue at `now`, by the database's clock."""
    late = Q(status=Status.CLARIFICATION_REQUESTED, clarification_due_at__lt=now)
    for status, target in days.items():
        late |= Q(status=status, status_changed_at__lt=now - timedelta(days=target))
    return late


@transaction.atomic
def change(wanted: dict[Status, int], *, officer: User) -> list[Status]:
    """Set targets and return the statuses whose target changed. No status or deadline of a case changes."""
    rows = {row.status: row for row in StatusTarget.objects.select_for_update()}
    changed = []
    for status, target in wanted.items():
        row = rows.get(status) or StatusTarget(status=status, days=DEFAULT_DAYS[status])
        if row.days == target and (row.pk or target == DEFAULT_DAYS[status]):
            continue
        row.days, row.changed_by = target, officer
        row.save()
        changed.append(status)
    for status in changed:
        trail.record(
            "target.changed", obj_kind="user", obj_uuid=officer.uuid, actor=officer, changed=[status]
        )
    return changed

"""How long each kind of record is kept, in one list. Apps register their rules in ready().

`manage.py retention --dry-run` says what is due; without it, and each night by the clock, what is due goes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import structlog
from django.db.models import Min, QuerySet
from django.utils import timezone

from portal.audit import trail

log = structlog.get_logger(__name__)
# A night's work of one rule; the rest waits for the next night, and nobody for a lock.
MOST_AT_ONCE = 1000


@dataclass(frozen=True)
class Rule:
    code: str  # <app>.<records>
    kept: str  # lazily translated: how long, from when
    due: Callable[[datetime], QuerySet]  # the records to go at that moment
    since: str  # the field that says how old a record is
    # Lets one record go, in a transaction of its own; False where it is to stay after all.
    forget: Callable[[object], bool]


@dataclass(frozen=True)
class Outcome:
    rule: Rule
    due: int
    oldest: datetime | None
    gone: int


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    if rule.code in _rules:
        raise ValueError(f"A retention rule named {rule.code} is registered already.")
    _rules[rule.code] = rule


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.code)


def run(*, dry_run: bool = False, now: datetime | None = None) -> list[Outcome]:
    """Count what is due under each rule and, unless it is a dry run, let it go. Safe to run twice.

    One event for each rule that let anything go: how many, and nothing about whom.
    """
    now = now or timezone.now()
    return [_apply(rule, now, dry_run) for rule in rules()]


def run_nightly() -> int:
    return sum(outcome.gone for outcome in run())


def _apply(rule, now, dry_run):
    due = rule.due(now)
    count, oldest = due.count(), due.aggregate(oldest=Min(rule.since))["oldest"]
    gone = 0
    if not dry_run and count:
        for record in due.order_by("pk")[:MOST_AT_ONCE]:
            gone += _forget(rule, record)
        if gone:
            trail.record(
                "retention.applied",
                obj_kind="retention",
                obj_uuid=uuid5(NAMESPACE_URL, rule.code),
                to_state=str(gone),
                changed=[rule.code],
            )
    return Outcome(rule, count, oldest, gone)


def _forget(rule, record):
    try:
        return bool(rule.forget(record))
    except Exception:
        # One record that cannot go must not keep the others.
        log.exception("retention_failed", rule=rule.code, pk=record.pk)
        return False

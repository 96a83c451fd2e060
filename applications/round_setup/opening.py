"""The only writer of a round's state: an officer releases it, the clock opens and closes it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.errors import ApplicationError, InvalidTransition
from applications.models import Round
from applications.questions import versions
from applications.round_setup import checking
from portal.audit import trail


class NotReady(ApplicationError):
    """Something keeps the form from being published. `findings` lists it."""

    def __init__(self, sentence, findings):
        super().__init__(sentence)
        self.findings = findings


def locked(round: Round) -> Round:
    return Round.objects.select_for_update(of=("self",), no_key=True).get(pk=round.pk)


def demand_no_findings(round: Round) -> None:
    if found := checking.findings(round):
        raise NotReady(_("Put right what the check has found first."), found)


@transaction.atomic
def release(round: Round, *, officer) -> Round:
    """Publish the form and open the round: at once, or by itself when its opening time comes.

    Raises NotReady while a finding stands, InvalidTransition where it was released already.
    """
    fresh = locked(round)
    if fresh.is_released:
        raise InvalidTransition(_("This round was opened already."))
    demand_no_findings(fresh)
    versions.publish(fresh, actor=officer)
    fresh.released_at = rounds.database_now()
    fresh.save(update_fields=["released_at"])
    _record("round.released", fresh, officer)
    if fresh.opens_at <= fresh.released_at:
        _move(fresh, Round.State.OPEN, "round.opened", actor=officer)
    return fresh


@transaction.atomic
def take_back(round: Round, *, officer) -> Round:
    """Go on preparing a released round that has not opened yet. Raises InvalidTransition where it has."""
    fresh = locked(round)
    if not rounds.is_awaited(fresh) or fresh.opens_at <= rounds.database_now():
        raise InvalidTransition(_("The round is open already, so its opening cannot be taken back."))
    fresh.released_at = None
    fresh.save(update_fields=["released_at"])
    _record("round.release_taken_back", fresh, officer)
    return fresh


def follow_the_clock() -> int:
    """Mark rounds open and closed whose time has come; returns how many. The minutes of grace come first."""
    moved = 0
    for pk in Round.objects.filter(state__in=[Round.State.PREPARING, Round.State.OPEN]).values_list("pk"):
        moved += _follow(Round(pk=pk[0]))
    return moved


@transaction.atomic
def _follow(round):
    fresh, now = locked(round), rounds.database_now()
    moves = 0
    if rounds.is_awaited(fresh) and fresh.opens_at <= now:
        _move(fresh, Round.State.OPEN, "round.opened")
        moves = 1
    if fresh.state == Round.State.OPEN and _last_minute(fresh) < now:
        _move(fresh, Round.State.CLOSED, "round.closed")
        moves = 1
    return moves


def _last_minute(round) -> datetime:
    return round.closes_at + timedelta(minutes=round.grace_minutes)


def reopen(round: Round, *, officer) -> None:
    """A later closing time opens a round again that was closed. The caller has locked it."""
    if round.state == Round.State.CLOSED:
        _move(round, Round.State.OPEN, "round.reopened", actor=officer)


def _move(round, to, verb, *, actor=None):
    before, round.state = round.state, to
    round.save(update_fields=["state"])
    _record(verb, round, actor, from_state=before, to_state=to)


def _record(verb, round, actor, **details):
    trail.record(verb, obj_kind="round", obj_uuid=round.uuid, actor=actor, **details)

"""The only writer of Extension: a later closing time for a round, or for one application, with its reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.errors import ApplicationError, InvalidTransition
from applications.models import Application, Extension, Round, Status
from applications.round_setup import notices, opening
from portal import dates
from portal.audit import trail

TAKING = {Round.State.OPEN, Round.State.CLOSED}


class NotLater(ApplicationError):
    """A closing time is only ever moved to a later one."""


@transaction.atomic
def extend_round(round: Round, *, closes_at: datetime, reason: str, officer) -> Extension:
    """Move the closing time for everybody, and tell all people of companies with a draft.

    A round that was closed opens again. The same time once more changes nothing and tells nobody. Raises
    NotLater or InvalidTransition.
    """
    fresh = opening.locked(round)
    repeated = fresh.extensions.filter(application=None, closes_at=closes_at).last()
    if repeated and fresh.closes_at == closes_at:
        return repeated
    _demand(fresh, closes_at, fresh.closes_at)
    extension = _grant(fresh, None, fresh.closes_at, closes_at, reason, officer)
    fresh.closes_at = closes_at
    fresh.save(update_fields=["closes_at"])
    _record("round.extended", "round", fresh.uuid, extension, officer)
    opening.reopen(fresh, officer=officer)
    notices.put_extended(extension, notices.drafts_of(fresh))
    return extension


@transaction.atomic
def extend_application(application: Application, *, until: datetime, reason: str, officer) -> Extension:
    """Give one draft more time than the round, and tell its company. Raises like `extend_round`."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True).select_related(
        "round", "provider"
    )
    fresh = rows.filter(pk=application.pk).first()
    if fresh is None or fresh.status != Status.DRAFT:
        raise InvalidTransition(_("There is no draft any more: it was submitted or deleted in the meantime."))
    repeated = fresh.extensions.filter(closes_at=until).last()
    if repeated and fresh.extended_until == until:
        return repeated
    before = rounds.deadline(fresh.round, fresh)
    _demand(fresh.round, until, before)
    extension = _grant(fresh.round, fresh, before, until, reason, officer)
    fresh.extended_until = until
    fresh.save(update_fields=["extended_until"])
    _record("application.extended", "application", fresh.uuid, extension, officer)
    notices.put_extended(extension, [fresh])
    return extension


def _demand(round, closes_at, before):
    if round.state not in TAKING and not rounds.is_awaited(round):
        raise InvalidTransition(
            _("Only a round that was opened and is not in assessment yet can be extended.")
        )
    if closes_at <= before:
        raise NotLater(
            _("Choose a time after %(before)s: a closing time is never made earlier.")
            % {"before": dates.full(before)}
        )
    if closes_at <= rounds.database_now():
        raise NotLater(_("Choose a time that lies ahead."))
    if round.assessment_closes_at and closes_at >= round.assessment_closes_at:
        raise NotLater(
            _("The assessment ends on %(end)s: choose an earlier time, or move that end first.")
            % {"end": dates.full(round.assessment_closes_at)}
        )


def _grant(round, application, before, closes_at, reason, officer):
    return Extension.objects.create(
        round=round,
        application=application,
        previous_closes_at=before,
        closes_at=closes_at,
        reason=reason,
        granted_by=officer,
    )


def _record(verb, kind, uuid, extension, officer):
    trail.record(
        verb,
        obj_kind=kind,
        obj_uuid=uuid,
        actor=officer,
        from_state=extension.previous_closes_at.isoformat(timespec="seconds"),
        to_state=extension.closes_at.isoformat(timespec="seconds"),
        changed=["closes_at"],
    )

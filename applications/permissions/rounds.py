"""Who may read, set up and extend rounds, and start an application in one."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from applications.models import (
    Application,
    Round,
    Status,
)
from portal.accounts.models import Membership, Role
from portal.accounts.permissions import has_role, membership_of

ROUND_READERS = (Role.OFFICER, Role.AUDITOR)


def can_see_rounds(user) -> bool:
    return has_role(user, *ROUND_READERS)


def can_set_up_rounds(user) -> bool:
    return has_role(user, Role.OFFICER)


def get_readable_round(uuid: UUID) -> Round:
    """A round whose questions anybody may read: every one that was released. Raises Http404."""
    unreleased = Q(state=Round.State.PREPARING, released_at__isnull=True)
    readable = Round.objects.exclude(unreleased | Q(state=Round.State.ARCHIVED))
    found = readable.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def get_round(user, uuid: UUID) -> Round:
    """A round in any state, to look at its set-up. Raises PermissionDenied or Http404."""
    if not can_see_rounds(user):
        raise PermissionDenied
    return get_object_or_404(Round, uuid=uuid)


def get_round_for_setup(user, uuid: UUID) -> Round:
    """A round to copy, preview, open, correct or extend. Raises PermissionDenied for all but officers."""
    if not can_set_up_rounds(user):
        raise PermissionDenied
    return get_round(user, uuid)


def drafts_for_extension(user, round: Round):
    """That there is a draft, and whose: all that officers learn of it. The contents stay with the company."""
    if not can_set_up_rounds(user):
        raise PermissionDenied
    drafts = round.applications.filter(status=Status.DRAFT).select_related("provider", "round")
    return drafts.only("uuid", "status", "extended_until", "provider", "round").order_by(
        "provider__name_en", "pk"
    )


def get_draft_for_extension(user, round_uuid: UUID, uuid: UUID) -> Application:
    """A draft of this very round. Raises PermissionDenied or Http404."""
    round = get_round_for_setup(user, round_uuid)
    return get_object_or_404(drafts_for_extension(user, round), uuid=uuid)


def get_for_starting(user, round_uuid: UUID) -> tuple[Round, Membership]:
    """A round and the membership to start with. People without a company, or who may only view, get 403."""
    found = get_readable_round(round_uuid)
    membership = membership_of(user)
    if membership is None or not membership.can_edit:
        raise PermissionDenied
    return found, membership

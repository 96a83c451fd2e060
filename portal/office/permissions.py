"""Who of the staff sees the mail of the portal, and who may send one again."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from portal.accounts.models import Role
from portal.accounts.permissions import has_role
from portal.mail.models import Message

SEES_MAIL = frozenset({Role.OFFICER, Role.ORGANISER, Role.AUDITOR})
SENDS_AGAIN = frozenset({Role.OFFICER, Role.ORGANISER})


def can_send_again(user) -> bool:
    return has_role(user, *SENDS_AGAIN)


def get_for_reading(user, uuid: UUID) -> Message:
    """A message as staff may see it: the text of a secret one is not even fetched."""
    message = get_object_or_404(Message.objects.defer("body", "html"), uuid=uuid)
    if not has_role(user, *SEES_MAIL):
        raise PermissionDenied
    return message


def get_for_sending_again(user, uuid: UUID) -> Message:
    message = get_for_reading(user, uuid)
    if not can_send_again(user):
        raise PermissionDenied
    return message

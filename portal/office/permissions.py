"""Who of the staff sees the mail of the portal, and who may send one again."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from portal.accounts.models import Role
from portal.accounts.permissions import has_role
from portal.mail.models import Message

SEES_ALL_MAIL = frozenset({Role.OFFICER, Role.AUDITOR})
SEES_MAIL = SEES_ALL_MAIL | {Role.ORGANISER}
SENDS_AGAIN = frozenset({Role.OFFICER, Role.ORGANISER})
# What the kinds of mail that organisers see begin with: apps add theirs in ready().
_of_organisers: set[str] = set()


def show_to_organisers(*nouns: str) -> None:
    """Mails of kinds about these, as `signup` in `signup.confirmed`, are the organisers' to see as well."""
    _of_organisers.update(f"{noun}." for noun in nouns)


def can_send_again(user) -> bool:
    return has_role(user, *SENDS_AGAIN)


def messages_visible_to(user) -> QuerySet[Message]:
    """All mail for some; organisers find that of seminars only, because others tell of companies' cases.

    Raises PermissionDenied for other roles. The text of a secret one is not even fetched.
    """
    if not has_role(user, *SEES_MAIL):
        raise PermissionDenied
    messages = Message.objects.defer("body", "html")
    if has_role(user, *SEES_ALL_MAIL):
        return messages
    return messages.filter(reduce(or_, (Q(kind__startswith=each) for each in _of_organisers), Q(pk=None)))


def get_for_reading(user, uuid: UUID) -> Message:
    return get_object_or_404(messages_visible_to(user), uuid=uuid)


def get_for_sending_again(user, uuid: UUID) -> Message:
    message = get_for_reading(user, uuid)
    if not can_send_again(user):
        raise PermissionDenied
    return message

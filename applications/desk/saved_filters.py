"""Lists of cases that an officer comes back to: the only writer of SavedFilter. Each person has their own."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications.desk.cases import CaseList
from applications.errors import ApplicationError
from applications.models import SavedFilter
from portal.accounts.models import User

MOST, LONGEST_NAME = 20, SavedFilter._meta.get_field("name").max_length


class NotSaved(ApplicationError):
    """The filter has no name, one too long, or there are too many already."""


def of(user: User) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(user=user))


@transaction.atomic
def save(user: User, name: str, asked: CaseList) -> SavedFilter:
    """Keep a list under a name; a name in use then stands for the new list. Raises NotSaved."""
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise NotSaved(_("Enter a name for the filter."))
    if len(name) > LONGEST_NAME:
        raise NotSaved(_("Shorten the name to %(limit)d characters.") % {"limit": LONGEST_NAME})
    # Two windows of one person must not both find the last place free.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    present = SavedFilter.objects.filter(user=user)
    if not present.filter(name=name).exists() and present.count() >= MOST:
        raise NotSaved(_("You have %(count)d saved filters already. Remove one first.") % {"count": MOST})
    query = asked.query()
    if len(query) > SavedFilter._meta.get_field("query").max_length:
        raise NotSaved(_("This search is too long to be saved. Shorten it."))
    return SavedFilter.objects.update_or_create(user=user, name=name, defaults={"query": query})[0]


def remove(user: User, uuid: UUID) -> bool:
    """Whether there was one of this person; a second press finds none and does no harm."""
    deleted, _rows = SavedFilter.objects.filter(user=user, uuid=uuid).delete()
    return bool(deleted)

"""What happened to one object, oldest first, with names for the people who did it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from portal.audit.models import Event


@dataclass(frozen=True)
class Entry:
    event: Event
    actor: str  # a name; empty for the portal itself and for people whose account is gone

    @property
    def at(self) -> datetime:
        return self.event.at

    @property
    def verb(self) -> str:
        return self.event.verb

    @property
    def is_automatic(self) -> bool:
        return self.event.actor_uuid is None


def history(obj_kind: str, uuid: UUID) -> list[Entry]:
    """The events of one object, in two queries."""
    return history_of([(obj_kind, uuid)])


def history_of(objects: Iterable[tuple[str, UUID]]) -> list[Entry]:
    """The events of several objects of any kinds, as a case and its files, in order of time."""
    of_kind: dict[str, set[UUID]] = {}
    for kind, uuid in objects:
        of_kind.setdefault(kind, set()).add(uuid)
    # Kind by kind, because that is what the index begins with.
    wanted = [Q(object_kind=kind, object_uuid__in=uuids) for kind, uuids in of_kind.items()]
    events = list(Event.objects.filter(reduce(or_, wanted)).order_by("id")) if wanted else []
    actors = {event.actor_uuid for event in events if event.actor_uuid}
    people = get_user_model().objects.filter(uuid__in=actors) if actors else ()
    names = {person.uuid: str(person) for person in people}
    return [Entry(event, names.get(event.actor_uuid, "")) for event in events]

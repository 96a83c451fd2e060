"""What happened to one object, oldest first, with names for the people who did it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model

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
    wanted = set(objects)
    events = Event.objects.filter(object_uuid__in={uuid for _, uuid in wanted}).order_by("id")
    events = [event for event in events if (event.object_kind, event.object_uuid) in wanted]
    actors = {event.actor_uuid for event in events if event.actor_uuid}
    people = get_user_model().objects.filter(uuid__in=actors) if actors else ()
    names = {person.uuid: str(person) for person in people}
    return [Entry(event, names.get(event.actor_uuid, "")) for event in events]

"""The only writer of Event."""

from contextlib import AbstractContextManager
from uuid import UUID

import structlog

from portal.audit.models import Event
from portal.batches import Batch

_events: Batch[Event] = Batch("events_together", Event.objects.bulk_create)


def together() -> AbstractContextManager[None]:
    """Write all that is recorded within by one INSERT at the end, in the order in which it happened.

    Within the transaction of the changes, for many rows at once.
    """
    return _events.together()


def record(
    verb: str,
    *,
    obj_kind: str,
    obj_uuid: UUID,
    actor=None,
    actor_role: str = "",
    from_state: str = "",
    to_state: str = "",
    changed: tuple[str, ...] | list[str] = (),
    hashes: dict[str, str] | None = None,
    request_id: str | None = None,
) -> Event:
    """Write one event in the caller's transaction; it has no number before that is done (`together`).

    `verb` is <noun>.<what happened>. `actor` is a user, or None for the portal itself. `changed` holds names
    of fields; texts and names of people never belong here, because the row cannot be deleted. `request_id` is
    that of this request, where no other is named.
    """
    event = Event(
        verb=verb,
        object_kind=obj_kind,
        object_uuid=obj_uuid,
        actor_uuid=actor.uuid if actor else None,
        actor_role=actor_role,
        from_state=from_state,
        to_state=to_state,
        changed=list(changed),
        hashes=hashes or {},
        request_id=current_request() if request_id is None else request_id,
    )
    _events.add([event])
    return event


def current_request() -> str:
    """The id under which the log speaks of this request; empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))

"""The only writer of Event."""

from uuid import UUID

import structlog

from portal.audit.models import Event


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
) -> Event:
    """Write one event in the caller's transaction.

    `verb` is <noun>.<what happened>. `actor` is a user, or None for the portal itself. `changed` holds names
    of fields; texts and names of people never belong here, because the row cannot be deleted.
    """
    context = structlog.contextvars.get_contextvars()
    return Event.objects.create(
        verb=verb,
        object_kind=obj_kind,
        object_uuid=obj_uuid,
        actor_uuid=actor.uuid if actor else None,
        actor_role=actor_role,
        from_state=from_state,
        to_state=to_state,
        changed=list(changed),
        hashes=hashes or {},
        request_id=str(context.get("request_id", "")),
    )

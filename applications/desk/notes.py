"""Internal notes of a case: the only writer of InternalNote. No function here tells a company anything."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.errors import InvalidTransition, StaleVersion
from applications.models import Application, InternalNote
from portal.accounts.models import User
from portal.audit import trail

EDITABLE_FOR = timedelta(minutes=15)
LONGEST = 5000


def may_change(note: InternalNote, user: User, *, now: datetime) -> bool:
    """One's own note, as long as few people can have read it. `now` is the database's clock."""
    return note.author_id == user.pk and now - note.created_at <= EDITABLE_FOR


@transaction.atomic
def write(application: Application, *, author: User, text: str, key: UUID | None = None) -> InternalNote:
    """Add a note. `key` was minted with the page: the same one again returns the note that it made."""
    if key:
        earlier = InternalNote.objects.filter(uuid=key, application=application, author=author).first()
        if earlier:
            return earlier
    # A key that stands for somebody else's note says nothing, and makes a note with a key of its own.
    is_free = key and not InternalNote.objects.filter(uuid=key).exists()
    note = InternalNote.objects.create(
        application=application, author=author, text=text, **({"uuid": key} if is_free else {})
    )
    _record("note.added", note, author)
    return note


@transaction.atomic
def change(note: InternalNote, text: str, *, base_version: int, by: User) -> InternalNote:
    """Put one's own note right within the first minutes.

    Raises InvalidTransition where it is too late, StaleVersion (with the note as it stands) where it was
    changed in another window.
    """
    current = InternalNote.objects.select_for_update(of=("self",), no_key=True).get(pk=note.pk)
    now = rounds.database_now()
    if not may_change(current, by, now=now):
        raise InvalidTransition(
            _("A note can be changed for 15 minutes, by who wrote it. Add what you typed as a new note.")
        )
    if current.text == text:
        return current
    if current.version != base_version:
        raise StaleVersion(_("You changed this note in another window meanwhile."), current=current)
    current.text, current.edited_at = text, now
    current.version += 1
    current.save(update_fields=["text", "edited_at", "version"])
    _record("note.changed", current, by)
    return current


def _record(verb, note, actor):
    trail.record(verb, obj_kind="case", obj_uuid=note.application.uuid, actor=actor, changed=["notes"])

"""The only door through which files come in and go: rows of StoredFile are made, set aside and removed here.

Bytes are stored before the row is written and deleted after the row's removal is committed: no row ever
points to bytes that are not there, and what a crash leaves behind is swept (portal.files.sweeping).
"""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from tempfile import NamedTemporaryFile
from typing import IO
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.utils import timezone

from portal.audit import trail
from portal.files import refusals, scanning, store, structure
from portal.files.models import StoredFile
from portal.files.names import clean_name, type_by_extension
from portal.files.policy import SlotPolicy
from portal.files.refusals import Refused

log = structlog.get_logger(__name__)
MAX_DESCRIPTION = 200
# What a file and its copy for a second slot have in common; owner, key and person are its own.
SAME_IN_TWIN = (
    "original_name",
    "description",
    "size",
    "sha256",
    "detected_type",
    "flags",
    "state",
    "checked_by",
    "checked_at",
)
HOLDS_A_PLACE = [StoredFile.State.PENDING, StoredFile.State.CLEAN, StoredFile.State.ERROR]


@dataclass(frozen=True)
class Checked:
    copy: IO[bytes]
    name: str
    type_code: str
    size: int
    sha256: str
    flags: list[str]


def receive(
    upload,
    *,
    owner_kind: str,
    owner_uuid: UUID,
    slot: str,
    policy: SlotPolicy,
    user,
    description: str = "",
    guard: Callable[[], object] | None = None,
) -> StoredFile:
    """Take one UploadedFile, or None where nothing was chosen, and return its row.

    Must not be called inside a transaction: it talks to the store. `guard` is called first in the
    transaction that writes the row; it may lock the owner, raise if that takes no files any more, or count
    up its version.
    Raises Refused with the sentence for the user, and leaves nothing behind.
    """
    place = {"owner_kind": owner_kind, "owner_uuid": owner_uuid, "slot": slot}
    with checked(upload, policy) as seen:
        _check_count(place, policy)
        with _stored(seen.copy) as key, transaction.atomic(durable=True):
            _take_place(place, policy, guard)
            stored = StoredFile.objects.create(
                **place,
                original_name=seen.name,
                description=" ".join(description.split())[:MAX_DESCRIPTION],
                key=key,
                size=seen.size,
                sha256=seen.sha256,
                detected_type=seen.type_code,
                flags=seen.flags,
                uploaded_by=user,
            )
            _note("file.received", stored, user)
            scanning.start(stored)
    return stored


@contextmanager
def checked(upload, policy: SlotPolicy) -> Iterator[Checked]:
    """A copy of one upload whose size, type and structure are in order.

    For what is read at once and forgotten this is all: no row is written and no bytes are stored. Refusals
    raised inside get the file's name and limits. Raises Refused.
    """
    if upload is None:
        raise Refused(refusals.NONE_CHOSEN, policy=policy)
    name = clean_name(upload.name)
    with _naming(name, policy):
        type_code = _type_of(name, policy)
        with NamedTemporaryFile() as copy:
            sha256, size = _copy(upload, copy, policy.max_size)
            flags = structure.check(copy.name, type_code)
            yield Checked(copy, name, type_code, size, sha256, flags)


def keep_made(
    copy: IO[bytes], *, name: str, type_code: str, owner_kind: str, owner_uuid: UUID, slot: str
) -> StoredFile:
    """Keep a file that the portal made itself, out of what it had checked: clean at once, and of any size.

    Like `receive` it talks to the store and must not be called inside a transaction.
    """
    copy.seek(0)
    sha256 = hashlib.file_digest(copy, "sha256").hexdigest()
    with _stored(copy) as key, transaction.atomic(durable=True):
        stored = StoredFile.objects.create(
            owner_kind=owner_kind,
            owner_uuid=owner_uuid,
            slot=slot,
            original_name=clean_name(name),
            key=key,
            size=copy.seek(0, os.SEEK_END),
            sha256=sha256,
            detected_type=type_code,
            state=StoredFile.State.CLEAN,
            checked_by=StoredFile.CheckedBy.MADE,
            checked_at=timezone.now(),
        )
        _note("file.made", stored, None)
    return stored


def copy_to_slot(
    stored: StoredFile,
    *,
    owner_kind: str,
    owner_uuid: UUID,
    slot: str,
    policy: SlotPolicy,
    user,
    guard: Callable[[], object] | None = None,
) -> StoredFile:
    """Use a file for a second slot without uploading it again: a row and bytes of its own.

    The caller has checked that the user may see `stored`. Raises Refused like `receive`.
    """
    place = {"owner_kind": owner_kind, "owner_uuid": owner_uuid, "slot": slot}
    with _naming(stored.original_name, policy), NamedTemporaryFile() as copy:
        _demand_reusable(stored, policy)
        store.copy_into(stored.key, copy)
        with _stored(copy) as key, transaction.atomic(durable=True):
            _take_place(place, policy, guard)
            # Read again: a verdict may have come in the meantime.
            stored.refresh_from_db()
            _demand_reusable(stored, policy)
            same = {name: getattr(stored, name) for name in SAME_IN_TWIN}
            twin = StoredFile.objects.create(**place, **same, key=key, uploaded_by=user)
            _note("file.reused", twin, user)
            # The twin of a clean file gets previews of its own from the same task.
            scanning.start(twin)
    return twin


def remove(stored: StoredFile, *, user) -> None:
    """Leave a tombstone and delete the bytes once that is committed. A second call does no harm.

    May be called inside the caller's transaction, after the caller has locked and checked the owner.
    """
    with transaction.atomic():
        row = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=stored.pk)
        if row.state == StoredFile.State.REMOVED:
            return
        before = row.state
        row.state = StoredFile.State.REMOVED
        row.removed_at = timezone.now()
        row.save(update_fields=["state", "removed_at"])
        trail.record(
            "file.removed",
            obj_kind="file",
            obj_uuid=row.uuid,
            actor=user,
            from_state=before,
            to_state=row.state,
        )
        transaction.on_commit(partial(delete_bytes, row.pk), robust=True)
    stored.refresh_from_db()


def set_aside(stored: StoredFile, *, user) -> None:
    """Take a file out of its slot and keep its bytes, because something frozen names it.

    To be called like `remove`, in the caller's transaction.
    """
    with transaction.atomic():
        row = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=stored.pk)
        if row.set_aside_at or row.state == StoredFile.State.REMOVED:
            return
        row.set_aside_at = timezone.now()
        row.save(update_fields=["set_aside_at"])
        _note("file.set_aside", row, user)
    stored.refresh_from_db()


def delete_bytes(pk: int) -> None:
    """Delete what a tombstone still has in the store; what fails now the sweeper does later."""
    row = StoredFile.objects.get(pk=pk)
    try:
        for preview in row.previews.all():
            store.delete(preview.key)
        store.delete(row.key)
    except store.StoreUnavailable as failure:
        log.warning("file_bytes_left", file=str(row.uuid), failure=str(failure))
        return
    with transaction.atomic():
        row.previews.all().delete()
        StoredFile.objects.filter(pk=pk).update(bytes_deleted_at=timezone.now())


@contextmanager
def _naming(name: str, policy: SlotPolicy) -> Iterator[None]:
    """Give refusals from below the file's name and limits; so is a store that is away, or a full disk."""
    try:
        yield
    except Refused as refused:
        raise Refused(refused.code, name=name, policy=policy) from None
    except (store.StoreUnavailable, OSError) as failure:
        log.error("upload_not_stored", failure=str(failure))
        raise Refused(refusals.UPLOAD_FAILED, name=name, policy=policy) from None


@contextmanager
def _stored(copy) -> Iterator[str]:
    """Bytes under a new key; if what follows fails, they are deleted again."""
    key = store.new_key()
    try:
        store.save(key, copy)
        yield key
    except BaseException as failure:
        if _is_worth_asking(failure):
            _delete_again(key)
        raise


def _is_worth_asking(failure):
    """A store that did not answer is not made the person's second wait; the sweeper looks later.

    A disk that is full holds half of the file, and needs the room.
    """
    if isinstance(failure, store.StoreUnavailable):
        return getattr(failure.__cause__, "errno", None) == errno.ENOSPC
    return True


def _delete_again(key):
    try:
        store.delete(key)
    except store.StoreUnavailable as failure:
        log.warning("orphan_left", key=key, failure=str(failure))


def _type_of(name: str, policy: SlotPolicy) -> str:
    type_code = type_by_extension(name)
    if type_code not in policy.types:
        raise Refused(refusals.WRONG_TYPE)
    return type_code


def _copy(upload, target, limit: int) -> tuple[str, int]:
    """Copy in chunks and return SHA-256 in hex and the size. A declared size is believed only if too big."""
    if upload.size is not None and upload.size > limit:
        raise Refused(refusals.TOO_BIG)
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > limit:
                raise Refused(refusals.TOO_BIG)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
    except OSError as failure:
        log.error("upload_not_copied", failure=str(failure))
        raise Refused(refusals.UPLOAD_FAILED) from None
    if size == 0:
        raise Refused(refusals.EMPTY)
    return digest.hexdigest(), size


def _demand_reusable(stored: StoredFile, policy: SlotPolicy) -> None:
    if stored.state not in HOLDS_A_PLACE:
        raise Refused(refusals.UPLOAD_FAILED)
    if stored.detected_type not in policy.types:
        raise Refused(refusals.WRONG_TYPE)
    if stored.size > policy.max_size:
        raise Refused(refusals.TOO_BIG)


def _take_place(place: dict, policy: SlotPolicy, guard: Callable[[], object] | None) -> None:
    """First in the transaction that writes a row: the owner has a say, then nobody else counts this place."""
    if guard:
        guard()
    _lock_slot(place)
    _check_count(place, policy)


def _check_count(place: dict, policy: SlotPolicy) -> None:
    held = StoredFile.objects.filter(**place, state__in=HOLDS_A_PLACE, set_aside_at=None)
    if held.count() >= policy.max_count:
        raise Refused(refusals.TOO_MANY)


def _lock_slot(place: dict) -> None:
    """Two uploads must not both count the last place as free. SQLite lets one write at a time anyway."""
    if connection.vendor == "postgresql":
        name = f"{place['owner_kind']}:{place['owner_uuid']}:{place['slot']}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _note(verb: str, stored: StoredFile, user) -> None:
    trail.record(
        verb,
        obj_kind="file",
        obj_uuid=stored.uuid,
        actor=user,
        to_state=stored.state,
        hashes={"sha256": stored.sha256},
    )

"""Clock jobs that keep rows and bytes in step after crashes, and notice bytes that are not there."""

from datetime import timedelta

import structlog
from django.utils import timezone

from portal.files import intake, store
from portal.files.models import Preview, StoredFile

log = structlog.get_logger(__name__)
# An upload that is being stored has bytes and no row for a moment; nothing takes an hour.
GRACE = timedelta(hours=1)


def sweep_tombstones() -> int:
    """Delete the bytes of removed files whose deletion failed the first time."""
    rows = StoredFile.objects.filter(state=StoredFile.State.REMOVED, bytes_deleted_at=None)
    pks = list(rows.values_list("pk", flat=True)[:500])
    for pk in pks:
        intake.delete_bytes(pk)
    return len(pks)


def sweep_orphans() -> int:
    """Delete objects that no row knows and that are older than an hour."""
    return _sweep(store.UPLOADS, StoredFile) + _sweep(store.PREVIEWS, Preview)


def _sweep(folder, model):
    count = 0
    for day in store.days(folder):
        keys = set(store.keys_of(day, folder))
        known = set(model.objects.filter(key__startswith=f"{folder}/{day}/").values_list("key", flat=True))
        for key in keys - known:
            if store.written_at(key) < timezone.now() - GRACE:
                store.delete(key)
                count += 1
    if count:
        log.info("orphans_swept", folder=folder, count=count)
    return count


def report_missing() -> list[str]:
    """Name files whose bytes are gone, loudest first thing a person must know; returns their uuids."""
    live = StoredFile.objects.exclude(state=StoredFile.State.REMOVED)
    missing = [str(row.uuid) for row in live.iterator(chunk_size=500) if not store.exists(row.key)]
    if missing:
        log.error("file_bytes_missing", files=missing)
    return missing

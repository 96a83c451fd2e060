"""The only judge of stored files: pending becomes clean, infected, rejected or error."""

from datetime import timedelta
from tempfile import NamedTemporaryFile
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal.audit import trail
from portal.files import clamd, previews, refusals, store, structure, verdicts
from portal.files.models import StoredFile
from portal.files.refusals import Refused

log = structlog.get_logger(__name__)
State = StoredFile.State
CheckedBy = StoredFile.CheckedBy
JUDGED_AGAIN = {State.PENDING, State.CLEAN, State.ERROR}
# clamd refuses by name what it did not look at in full; that is no virus, and no clean file either.
LIMIT_NAMES = ("Heuristics.Limits.", "Heuristics.Encrypted.")
RETRY_AFTER = timedelta(minutes=2)
STALE_AFTER = timedelta(minutes=15)
RESCAN_AFTER = timedelta(hours=24)
RESCAN_AT_ONCE = 200
RESCAN_PRIORITY = -50


def start(stored: StoredFile) -> None:
    """Put the check into the queue, in the caller's transaction."""
    scan.enqueue(str(stored.uuid))


@task()
def scan(file_uuid: str) -> str:
    """Judge one file and return its state. Safe to run twice; the last verdict stands."""
    stored = StoredFile.objects.filter(uuid=UUID(file_uuid), state__in=JUDGED_AGAIN).first()
    if stored is None:
        return "gone"
    state, reason, checked_by = _judge(stored)
    return _record(stored.pk, state, reason, checked_by)


def _judge(stored):
    """(state, reason, checked_by), found without a transaction: this talks to the store and the scanner."""
    try:
        with NamedTemporaryFile() as copy:
            store.copy_into(stored.key, copy)
            copy.flush()
            structure.check(copy.name, stored.detected_type)
            if not settings.SCANNER:
                return State.CLEAN, "", CheckedBy.STRUCTURE
            copy.seek(0)
            found = clamd.scan(
                copy, address=settings.SCANNER, timeout=settings.SCANNER_TIMEOUT.total_seconds()
            )
    except structure.NotInspected:
        log.error("file_not_checked", file=str(stored.uuid), failure="no time")
        return State.ERROR, "", CheckedBy.NOBODY
    except Refused as refused:
        return State.REJECTED, refused.code, CheckedBy.STRUCTURE
    except (store.StoreUnavailable, clamd.ScannerUnavailable, OSError) as failure:
        log.error("file_not_checked", file=str(stored.uuid), failure=str(failure))
        return State.ERROR, "", CheckedBy.NOBODY
    if not found:
        return State.CLEAN, "", CheckedBy.CLAMD
    log.warning("file_found_bad", file=str(stored.uuid), found=found)
    if found.startswith(LIMIT_NAMES):
        return State.REJECTED, refusals.UNSAFE, CheckedBy.CLAMD
    return State.INFECTED, refusals.INFECTED, CheckedBy.CLAMD


@transaction.atomic
def _record(pk, state, reason, checked_by):
    stored = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    before = stored.state
    if before not in JUDGED_AGAIN or (before == State.CLEAN and state == State.ERROR):
        # Removed or found bad meanwhile; and a scanner that is away takes no earlier verdict back.
        return before
    stored.state, stored.reason, stored.checked_by = state, reason, checked_by
    stored.checked_at = timezone.now()
    stored.save(update_fields=["state", "reason", "checked_by", "checked_at"])
    if before != state:
        trail.record("file.checked", obj_kind="file", obj_uuid=stored.uuid, from_state=before, to_state=state)
        if state in {State.INFECTED, State.REJECTED}:
            verdicts.tell(stored)
    if state == State.CLEAN and stored.detected_type in previews.PICTURED:
        previews.make.enqueue(str(stored.uuid))
    return state


def retry_unfinished() -> int:
    """Clock job: files whose check failed, or whose task was lost, are checked again."""
    now = timezone.now()
    failed = StoredFile.objects.filter(state=State.ERROR, checked_at__lt=now - RETRY_AFTER)
    lost = StoredFile.objects.filter(state=State.PENDING, uploaded_at__lt=now - STALE_AFTER, checked_at=None)
    count = 0
    for pk in [*failed.values_list("pk", flat=True)[:200], *lost.values_list("pk", flat=True)[:200]]:
        with transaction.atomic():
            stored = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
            if stored.state not in {State.ERROR, State.PENDING}:
                continue
            stored.state = State.PENDING
            stored.checked_at = now
            stored.save(update_fields=["state", "checked_at"])
            start(stored)
            count += 1
    return count


def rescan(*, checked_before, owner_uuids=None, most: int | None = None) -> int:
    """Queue clean files for another look, as after new signatures, the longest unseen first.

    They stay clean until found otherwise; then `_record` stops their downloads and tells who wants to know.
    """
    clean = StoredFile.objects.filter(state=State.CLEAN, checked_at__lt=checked_before)
    # Too large for the scanner, and made of files that are looked at again themselves.
    clean = clean.exclude(checked_by=CheckedBy.MADE)
    if owner_uuids is not None:
        clean = clean.filter(owner_uuid__in=owner_uuids)
    uuids = list(clean.order_by("checked_at").values_list("uuid", flat=True)[:most])
    with transaction.atomic():
        for uuid in uuids:
            # New uploads, for which somebody waits, go first.
            scan.using(priority=RESCAN_PRIORITY).enqueue(str(uuid))
    return len(uuids)


def rescan_due() -> int:
    """Clock job: every clean file is looked at again each day, some at a time, with the day's signatures.

    While checks are waiting nothing is added to them: the scanner may be away, or busy with uploads.
    """
    if not settings.SCANNER or _checks_are_waiting():
        return 0
    return rescan(checked_before=timezone.now() - RESCAN_AFTER, most=RESCAN_AT_ONCE)


def _checks_are_waiting():
    waiting = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    return waiting.filter(task_path=scan.module_path).exists()

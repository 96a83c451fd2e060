"""Pictures of pages for staff, so that nobody has to open an original to look at it."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django_tasks import task

from portal.files import store
from portal.files.models import Preview, StoredFile

log = structlog.get_logger(__name__)
PICTURED = {"pdf", "jpg", "png"}
TIMEOUT = 120


@task()
def make(file_uuid: str) -> int:
    """Draw the first pages of a clean file and return how many stand now. Safe to run twice."""
    stored = StoredFile.objects.filter(uuid=UUID(file_uuid), state=StoredFile.State.CLEAN).first()
    if stored is None or stored.detected_type not in PICTURED or stored.previews.exists():
        return 0
    with NamedTemporaryFile() as copy, TemporaryDirectory() as folder:
        store.copy_into(stored.key, copy)
        copy.flush()
        pages = _draw(stored, copy.name, folder)
        keys = []
        for page in pages:
            key = store.new_key(store.PREVIEWS)
            with (Path(folder) / page["name"]).open("rb") as picture:
                store.save(key, picture)
            keys.append(key)
    return _keep(stored.pk, pages, keys)


def _draw(stored, path, folder):
    """Draw in a process of its own with hard limits; a file that defeats the renderer has no previews."""
    command = [sys.executable, "-m", "portal.files.inspection.draw", stored.detected_type, path, folder]
    try:
        run = subprocess.run(  # noqa: S603
            command, cwd=settings.BASE_DIR, env={"PATH": ""}, capture_output=True, timeout=TIMEOUT, check=True
        )
        return json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError) as failure:
        log.warning("preview_failed", file=str(stored.uuid), failure=str(failure)[:300])
        return []


@transaction.atomic
def _keep(pk, pages, keys):
    """Rows only if the file is still clean and nobody was faster; else the sweeper takes the pictures."""
    stored = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if stored.state != StoredFile.State.CLEAN or stored.previews.exists():
        return 0
    Preview.objects.bulk_create(
        Preview(file=stored, page=number, key=key, width=page["width"], height=page["height"])
        for number, (page, key) in enumerate(zip(pages, keys, strict=True), start=1)
    )
    return len(pages)

"""Copies of the database with much in it: made by one test process, and put back wherever they are needed."""

import fcntl
import shutil

from django.conf import settings

from tests.services.database import copy_into, restore


def made_once(name, run, build, *folders):
    """A database file with what `build` writes, also into `folders`; `run` names this run of the tests."""
    kept = settings.SHARED_TEST_DIR / f"{name}-{run}"
    with (settings.SHARED_TEST_DIR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in settings.SHARED_TEST_DIR.glob(f"{name}-*"):
                shutil.rmtree(old)
            build()
            partial = settings.SHARED_TEST_DIR / f"partial-{name}"
            shutil.rmtree(partial, ignore_errors=True)
            for folder in folders:
                shutil.copytree(folder, partial / folder.name)
            copy_into(partial / "portal.sqlite3")
            restore()
            partial.rename(kept)
    for folder in folders:
        shutil.copytree(kept / folder.name, folder, dirs_exist_ok=True)
    return kept / "portal.sqlite3"

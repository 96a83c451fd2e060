"""The SQLite file of a first run: is it sound, and how to start over."""

import os
import shutil
import sqlite3
from contextlib import closing

from portal.start.paths import DATABASE, ROOT, VAR
from portal.start.problems import Problem

RUNNING = VAR / "run.pid"
CONTENT = ["media", "private", "mail", "cache"]


def check() -> None:
    if not DATABASE.exists():
        return
    try:
        with closing(sqlite3.connect(DATABASE, timeout=20)) as connection:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise Problem(
            f"The database {DATABASE.relative_to(ROOT)} is damaged ({answer.splitlines()[0]}); "
            "to start over with fresh demonstration content: make reset"
        )


def is_running() -> bool:
    try:
        os.kill(int(RUNNING.read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


def reset() -> None:
    if is_running():
        raise Problem("The portal is running; stop it with Ctrl-C first, then: make reset")
    removed = []
    for path in [*VAR.glob("portal.sqlite3*"), *(VAR / name for name in CONTENT)]:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        else:
            continue
        removed.append(str(path.relative_to(ROOT)))
    if removed:
        print("Removed: " + ", ".join(sorted(removed)) + ". Next: make run")
    else:
        print("Nothing to remove. Next: make run")

"""What a slow step was last done for, so that a second start skips it."""

import hashlib
from pathlib import Path

from portal.start.paths import ROOT


def digest(*paths: Path) -> str:
    """Of the names and contents of files, and of all files in folders."""
    parts = hashlib.sha256()
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            parts.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return parts.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)

"""Archives made while they are sent: nothing of them is ever whole in memory."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from portal.files import store
from portal.files.models import StoredFile
from portal.files.names import DEVICES

CHUNK = 256 * 1024
# Most file systems take 255 bytes of a name, of which a Chinese character is three, and Windows takes 260
# characters of a whole path. There is room left for the number of a second file of the same name.
LONGEST_NAME, LONGEST_BYTES = 100, 240
# What one file system or another takes for a path, a drive, a wildcard or a hidden file.
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Member:
    """One entry. `chunks` is read once, when its turn comes; text is packed, files are packed already."""

    name: str
    chunks: Iterable[bytes]
    is_text: bool = False


class _Pipe:
    """What zipfile writes to, and what has been written since somebody last looked."""

    def __init__(self):
        self.written = []

    def write(self, content):
        self.written.append(bytes(content))
        return len(content)

    def flush(self):
        pass

    def take(self):
        content = b"".join(self.written)
        self.written.clear()
        return content


def stream(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of a ZIP with these entries; a member is asked for only when the one before it is written."""
    pipe = _Pipe()
    now = timezone.localtime().timetuple()[:6]
    with ZipFile(pipe, "w") as archive:
        for member in members:
            entry = ZipInfo(member.name, date_time=now)
            entry.compress_type = ZIP_DEFLATED if member.is_text else ZIP_STORED
            with archive.open(entry, "w") as target:
                for chunk in member.chunks:
                    target.write(chunk)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def fetched(stored: StoredFile) -> IO[bytes]:
    """The whole file on local disk, read once through; its caller closes it.

    Raises store.StoreUnavailable before anything of it is sent, also where the bytes are not those that came.
    """
    with ExitStack() as opened:
        try:
            copy = opened.enter_context(TemporaryFile())
            store.copy_into(stored.key, copy)
            copy.seek(0)
        except OSError as failure:
            raise store.StoreUnavailable(f"{stored.uuid} was not copied: {failure}") from failure
        if hashlib.file_digest(copy, "sha256").hexdigest() != stored.sha256:
            raise store.StoreUnavailable(f"The bytes of {stored.uuid} are not those that were received.")
        copy.seek(0)
        opened.pop_all()
    return copy


def chunks_of(copy: IO[bytes]) -> Iterator[bytes]:
    with copy:
        while chunk := copy.read(CHUNK):
            yield chunk


class Names:
    """Hands out names that every file system takes, each once."""

    def __init__(self):
        self.taken = set()

    def of(self, folder: str, name: str) -> str:
        stem, dot, ending = segment(name).rpartition(".")
        stem, ending = (stem, f".{ending}") if dot else (ending, "")
        number, found = 1, f"{folder}{stem}{ending}"
        # Some file systems do not tell upper case from lower.
        while found.casefold() in self.taken:
            number += 1
            found = f"{folder}{stem} ({number}){ending}"
        self.taken.add(found.casefold())
        return found


def segment(name: str) -> str:
    """One part of a path, from whatever somebody called it."""
    plain = UNSAFE.sub("_", name).strip(" .") or "_"
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= 5:
        plain = f"{_cut(stem, spare=f'.{ending}').rstrip(' .') or '_'}.{ending}"
    plain = _cut(plain).rstrip(" .")
    return f"_{plain}" if plain.partition(".")[0].casefold() in DEVICES else plain


def _cut(text, *, spare=""):
    """The beginning of the text that is short enough with what is to follow it."""
    kept = text[: LONGEST_NAME - len(spare)]
    return kept.encode()[: LONGEST_BYTES - len(spare.encode())].decode(errors="ignore")

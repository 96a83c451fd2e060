"""Does the content of a file agree with the ending of its name, and is it safe to keep?"""

import json
import subprocess
import sys
from pathlib import Path

import filetype
from django.conf import settings

from portal.files import refusals
from portal.files.policy import TYPES
from portal.files.refusals import Refused

TIMEOUT = 15
OFFICE = {"docx", "xlsx", "pptx"}
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class NotInspected(Refused):
    """The machine did not get round to it: says nothing about the file, which may be tried again."""


def check(path: str | Path, type_code: str) -> list[str]:
    """Look at the bytes behind `path`, whose name says `type_code`, and return flags for staff.

    Raises Refused with a code alone; the caller adds name and limits. Takes at most about 15 seconds and,
    in a process of its own, one gigabyte. Raises NotInspected as `inspect` does.
    """
    _check_magic(Path(path), type_code)
    if type_code == "csv":
        return []
    return inspect("portal.files.inspection", type_code, str(path))["flags"]


def inspect(module: str, *arguments: str, timeout: int = TIMEOUT) -> dict:
    """What a module of portal.files.inspection prints about a file; in a process of its own, with limits.

    Raises Refused with the code it found, NotInspected where it had no answer in time. Each module bounds the
    seconds of the processor below `timeout`: what was still running then has waited for a busy machine.
    """
    try:
        run = subprocess.run(  # noqa: S603
            [sys.executable, "-m", module, *arguments],
            cwd=settings.BASE_DIR,
            env={"PATH": "", "OMP_NUM_THREADS": "1"},
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        result = json.loads(run.stdout)
    except subprocess.TimeoutExpired:
        raise NotInspected(refusals.UPLOAD_FAILED) from None
    except ValueError:
        # Killed by its limits, or by what the file did to the library: either way not a file to keep.
        raise Refused(refusals.UNSAFE) from None
    if result["code"]:
        raise Refused(result["code"])
    return result


def _check_magic(path, type_code):
    with path.open("rb") as file:
        start = file.read(8192)
    if type_code in OFFICE:
        if start.startswith(OLE_MAGIC):
            encrypted = ENCRYPTED_PACKAGE in path.read_bytes()
            raise Refused(refusals.PASSWORD if encrypted else refusals.MISMATCH)
        if not start.startswith(b"PK\x03\x04"):
            raise Refused(refusals.MISMATCH)
        return
    guess = filetype.guess(start)
    if type_code == "csv":
        # Text has no magic of its own: enough that it has nobody else's.
        if guess is not None or start.startswith(OLE_MAGIC):
            raise Refused(refusals.MISMATCH)
        return
    if guess is None or guess.mime != TYPES[type_code].mime:
        raise Refused(refusals.MISMATCH)

"""The name a file came with: data for people to read, never part of a path."""

import unicodedata

from portal.files.policy import EXTENSIONS
from portal.files.refusals import NAME_UNUSABLE, Refused

MAX_NAME = 255
# Invisible marks that turn the reading direction: `gpj.exe` shown as `exe.jpg`.
DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
HIDDEN = {"Cc", "Cs", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """The display name: last path segment, NFC, without control and direction marks, at most 255 characters.

    Raises Refused where nothing readable is left.
    """
    name = unicodedata.normalize("NFC", name or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if c not in DIRECTION_MARKS and unicodedata.category(c) not in HIDDEN)
    name = " ".join(name.split()).rstrip(". ")
    if not name:
        raise Refused(NAME_UNUSABLE)
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME]
    stem = stem.rstrip() or "file"
    if stem.lower() in DEVICES:
        stem = f"_{stem}"
    return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"[:MAX_NAME]


def type_by_extension(name: str) -> str | None:
    """The type that the final extension stands for, whatever its case; None for any other."""
    return EXTENSIONS.get(name.rpartition(".")[2].lower()) if "." in name else None

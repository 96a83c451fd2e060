"""What the inspection of a file found, remembered: its process starts once for each content."""

import hashlib
from functools import wraps
from pathlib import Path

known = {}


def remembered(check):
    """`structure.check`, which gives the same bytes the same answer."""

    @wraps(check)
    def known_or_new(path, type_code):
        file = (type_code, hashlib.sha256(Path(path).read_bytes()).digest())
        if file not in known:
            known[file] = check(path, type_code)
        return known[file]

    return known_or_new

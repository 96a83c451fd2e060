"""What people type, made comparable. Free text keeps its own characters; only codes are folded."""

import re
import unicodedata

DASHES = re.compile("[\u2010-\u2015\u2212\uff0d\u30fc\ufe63]")
SPACES = re.compile(r"\s+")


def unify_line_ends(text):
    """Line ends as LF and no NUL: what the database keeps, and what the counter in the browser counts."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def one_line(text):
    """As a field of one line can hold it: every kind of line end becomes a space."""
    return " ".join(text.replace("\x00", "").splitlines())


def count_characters(text):
    """Code points, a line end counting as one; portal/frontend/js/counter.js counts the same."""
    return len(text.replace("\r\n", "\n").replace("\r", "\n"))


def fold_width(text):
    """Full-width letters, digits and signs as a Chinese keyboard writes them, in their plain form."""
    return DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()


def fold_code(text):
    """A number or code printed in groups: width folded, spaces gone, letters in capitals."""
    return SPACES.sub("", fold_width(text)).upper()

"""Choices and table columns as an officer types them: a line each, `code | English | 繁 | 简`."""

import re

from django.utils.translation import gettext as _

LABELS = ("label_en", "label_zh_hant", "label_zh_hans")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")
# Chinese keyboards write the bar full width.
BAR = re.compile(r"[|｜]")


class BadLine(ValueError):
    """A line that cannot be read; the message names it and says what to do."""


def parse_lines(text: str) -> list[dict]:
    """[{"code", "label_en", "label_zh_hant", "label_zh_hans"}]; blank lines are left out. Raises BadLine."""
    rows, seen = [], {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = _row(line, number)
        if row["code"] in seen:
            raise BadLine(
                _("Line %(number)d has the same code as line %(other)d: give each line its own code.")
                % {"number": number, "other": seen[row["code"]]}
            )
        seen[row["code"]] = number
        rows.append(row)
    return rows


def _row(line, number):
    code, *labels = (part.strip() for part in BAR.split(line))
    if len(labels) != 3 or not all(labels):
        raise BadLine(
            _("Line %(number)d needs four parts with | between them: code | English | 繁體 | 简体.")
            % {"number": number}
        )
    if not CODE.fullmatch(code):
        raise BadLine(
            _("Line %(number)d: write the code “%(code)s” in small letters a–z, digits, - and _ only.")
            % {"number": number, "code": code[:50]}
        )
    return {"code": code, **dict(zip(LABELS, labels, strict=True))}

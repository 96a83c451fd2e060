"""Texts that stand in rows in three languages: `label_en`, `label_zh_hant`, `label_zh_hans`."""

from typing import NamedTuple

from django.utils import translation
from django.utils.translation import pgettext

SUFFIX_OF = {"en": "en", "zh-hant": "zh_hant", "zh-hans": "zh_hans"}
# The other Chinese script is closer to a reader of Chinese than English is.
FALLBACKS = {
    "en": ("en", "zh-hant", "zh-hans"),
    "zh-hant": ("zh-hant", "zh-hans", "en"),
    "zh-hans": ("zh-hans", "zh-hant", "en"),
}


class Text(NamedTuple):
    text: str
    language: str
    is_fallback: bool

    def __str__(self):
        return self.text


def localized(row, name, language=None):
    """The text of `name` in the wanted language, else in the nearest one that is filled in.

    `row` is an object with three columns or a mapping with three keys.
    """
    wanted = language or translation.get_language() or "en"
    if wanted not in FALLBACKS:
        wanted = "en"
    for code in FALLBACKS[wanted]:
        column = f"{name}_{SUFFIX_OF[code]}"
        text = row.get(column, "") if isinstance(row, dict) else getattr(row, column)
        if text:
            return Text(text, code, code != wanted)
    return Text("", wanted, False)


def colon() -> str:
    """Between a name and what it is. Chinese has a mark of its own, which needs no space."""
    return pgettext("between a name and what it is", ": ")


def gap() -> str:
    """Between two sentences that stand apart in the catalogue: Chinese has no space there."""
    return " " if (translation.get_language() or "en") == "en" else ""

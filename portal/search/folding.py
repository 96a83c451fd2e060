"""Text as the search compares it: one script, width and case, no accents; then words and pairs of characters.

Characters are folded one by one, never by phrase, so that a part of a text folds as it does in the whole, and
every token knows which characters of the text it came from.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer
from opencc import OpenCC

# What two regions or two hands write differently and the conversion to Simplified leaves apart.
VARIANTS = str.maketrans(
    "夥著衞祇藉瞭覆蔴栢痹廻牀妳纔佔钜’‘ʼ",
    "伙着卫只借了复麻柏痺回床你才占巨'''",
)
# British and other spellings of the field's words; the left ones are what people also type.
SPELLINGS = {
    "programme": "program",
    "programmes": "programs",
    "centre": "center",
    "centres": "centers",
    "colour": "color",
    "fibre": "fiber",
    "labour": "labor",
    "sulphur": "sulfur",
    "aluminium": "aluminum",
    "catalogue": "catalog",
    "licence": "license",
    "licences": "licenses",
    "metre": "meter",
    "litre": "liter",
    "grey": "gray",
    "cheque": "check",
    "enquiry": "inquiry",
    "enquiries": "inquiries",
}
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
IS_HAN = re.compile(f"[{HAN}]")
# A run of Chinese, a number, or a word; "ISO14001" is a word and a number, as "ISO 14001" is.
RUN = re.compile(rf"[{HAN}]+|\d+|(?:(?![{HAN}])[^\W\d_])+(?:'(?:(?![{HAN}])[^\W\d_])+)*")
ISE = re.compile(r"(?<=[a-z]{2})is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)")

to_simplified = OpenCC("t2s")
to_traditional = OpenCC("s2t")
_stemmer = snowballstemmer.stemmer("english")


class Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_han(self) -> bool:
        return bool(IS_HAN.match(self.text))


@lru_cache(maxsize=32_768)
def _folded(char: str) -> str:
    if unicodedata.category(char) in {"Cf", "Cc"} and not char.isspace():
        return ""
    plain = unicodedata.normalize("NFKD", char).casefold()
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return to_simplified.convert(plain).translate(VARIANTS) if plain else ""


@lru_cache(maxsize=32_768)
def _stem(word: str) -> str:
    if not word.isascii() or len(word) < 3:
        return word
    word = SPELLINGS.get(word, word)
    return _stemmer.stemWord(ISE.sub("iz", word))


def tokens(text: str) -> list[Token]:
    """Words by their stems and Chinese by overlapping pairs, in order, each with its place in `text`.

    A single Chinese character between other things stands for itself.
    """
    pieces = [_folded(char) for char in text]
    folded = "".join(pieces)
    # Where each folded character came from; most texts fold one to one and need no map.
    if len(folded) == len(text):
        origin = range(len(text) + 1)
    else:
        origin = [place for place, piece in enumerate(pieces) for _ in piece] + [len(text)]
    found = []
    for run in RUN.finditer(folded):
        word, start, end = run[0], run.start(), run.end()
        if not IS_HAN.match(word):
            found.append(Token(_stem(word), origin[start], origin[end - 1] + 1))
        elif len(word) == 1:
            found.append(Token(word, origin[start], origin[start] + 1))
        else:
            found += [
                Token(word[at : at + 2], origin[start + at], origin[start + at + 1] + 1)
                for at in range(len(word) - 1)
            ]
    return found


def fold(text: str) -> str:
    """What stands in a folded column: the tokens with a space before, between and after them."""
    return f" {' '.join(token.text for token in tokens(text))} "


def plain(text: str) -> str:
    """One script, width and case, no accents; words and signs as they stand."""
    return "".join(map(_folded, text))


def ways_to_write(texts: Iterable[str]) -> str:
    """`钟鍾鐘 陈陳`: every Chinese character of `texts` in its folded form, then all that fold to it.

    For a page that compares typed words by itself; characters with one form only are left out.
    """
    chars = {_folded(char) for char in set("".join(texts)) if IS_HAN.match(char)}
    return " ".join(sorted(char + _others()[char] for char in chars & set(_others())))


@cache
def _others():
    """Folded character -> the others that fold to it. Rare ones, outside the first plane, are left out."""
    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    others = {}
    # All at once: a conversion for each takes a second.
    for char, folded in zip(every, to_simplified.convert("\n".join(every)).split("\n"), strict=True):
        folded = folded.translate(VARIANTS)
        if folded != char:
            others[folded] = others.get(folded, "") + char
    return others


def script_of(text: str) -> str:
    """The language code of the Chinese that a text is surely written in; empty where it could be either."""
    if to_simplified.convert(text) != text:
        return "zh-hant"
    return "zh-hans" if to_traditional.convert(text) != text else ""

"""What somebody looks for: words and phrases, each as a run of folded tokens."""

import re
import unicodedata
from dataclasses import dataclass, replace

from portal.search import regional
from portal.search.folding import Token, tokens

LONGEST = 100
MOST_PHRASES = 12
SHORTEST_BEGINNING = 3
# A quoted phrase, or a word with what joins its parts: "Kong-Guangdong" is Kong right before Guangdong.
ASKED = re.compile(r"""["“”「『《]([^"“”「」『』《》]*)["“”」』》]|([^\W_]+(?:[-‐‑–—./&'’+·][^\W_]+)*)""")
# A dash joins, with or without spaces.
DASH = re.compile(r"(?<=[^\W_])\s+[-‐‑–—]\s+(?=[^\W_])")
# Left out beside other words: nobody means them.
EMPTY_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in"),
        *("is", "it", "my", "of", "on", "or", "our", "the", "there", "to", "we", "what", "when", "where"),
        *("which", "who", "with", "you", "your"),
    )
)


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand side by side; as a `beginning`, one word that may go on."""

    tokens: tuple[str, ...]
    is_beginning: bool = False
    # The same in the words of other regions.
    others: tuple["Phrase", ...] = ()

    @property
    def patterns(self) -> list[str]:
        return [each.pattern for each in (self, *self.others)]

    @property
    def pattern(self) -> str:
        """As it stands in a folded column. A single character is also found inside a pair."""
        before = "" if _is_single(self.tokens[0]) else " "
        after = "" if self.is_beginning or _is_single(self.tokens[-1]) else " "
        return f"{before}{' '.join(self.tokens)}{after}"

    @property
    def may_go_on(self) -> bool:
        """Whether its last token is a word that is long enough to be the beginning of others."""
        last = self.tokens[-1]
        return len(last) >= SHORTEST_BEGINNING and last.isalpha() and not Token(last, 0, 1).is_han

    def places_in(self, found: list[Token]) -> list[tuple[int, int]]:
        """Where it stands in a text: (start, end) of the characters."""
        last = len(self.tokens) - 1
        own = [
            self._span(found[at], found[at + last])
            for at in range(len(found) - last)
            if self._fits(found[at : at + last + 1])
        ]
        return own + [place for other in self.others for place in other.places_in(found)]

    def _fits(self, found):
        last = len(self.tokens) - 1
        return all(
            self._token_fits(wanted, token.text, at == 0, at == last)
            for at, (wanted, token) in enumerate(zip(self.tokens, found, strict=True))
        )

    def _token_fits(self, wanted, token, is_first, is_last):
        if wanted == token:
            return True
        if self.is_beginning:
            return token.startswith(wanted)
        if not _is_single(wanted) or len(token) != 2:
            return False
        return (is_first and token[-1] == wanted) or (is_last and token[0] == wanted)

    def _span(self, first, last):
        start, end = first.start, last.end
        # Of a pair, a single character is only its own half.
        if _is_single(self.tokens[0]) and first.is_han and len(first.text) == 2:
            start = first.end - 1 if first.text[-1] == self.tokens[0] else first.start
        if _is_single(self.tokens[-1]) and last.is_han and len(last.text) == 2:
            end = last.start + 1 if last.text[0] == self.tokens[-1] else last.end
        return start, max(end, start + 1)


@dataclass(frozen=True)
class Query:
    asked: str
    phrases: tuple[Phrase, ...]
    was_cut: bool = False

    @property
    def whole(self) -> Phrase:
        return Phrase(tuple(token for phrase in self.phrases for token in phrase.tokens))

    def loosened(self) -> "Query":
        """Every word and pair for itself, words also where they only begin like that."""
        parts = dict.fromkeys(token for phrase in self.phrases for token in phrase.tokens)
        single = [Phrase((token,)) for token in parts][: 2 * MOST_PHRASES]
        return replace(
            self, phrases=tuple(replace(phrase, is_beginning=phrase.may_go_on) for phrase in single)
        )


def read(typed: str) -> Query:
    """Never fails: what holds no letter and no figure is a query without phrases."""
    plain = " ".join(unicodedata.normalize("NFC", typed[: 2 * LONGEST].replace("\0", "")).split())
    asked = plain[:LONGEST]
    found = []
    for quoted, word in ASKED.findall(DASH.sub("-", asked)):
        if phrase := _phrase(quoted or word):
            found.append((phrase, word.casefold() in EMPTY_WORDS))
    telling = [phrase for phrase, is_empty in found if not is_empty] or [phrase for phrase, _ in found]
    phrases = list(dict.fromkeys(telling))
    was_cut = len(" ".join(typed.split())) > LONGEST or len(phrases) > MOST_PHRASES
    return Query(asked, tuple(phrases[:MOST_PHRASES]), was_cut)


def _phrase(typed):
    run = _run(typed)
    others = dict.fromkeys(_run(each) for each in regional.others(typed))
    return Phrase(run, others=tuple(Phrase(each) for each in others if each and each != run)) if run else None


def _run(text):
    return tuple(token.text for token in tokens(text))


def _is_single(token):
    return len(token) == 1 and Token(token, 0, 1).is_han

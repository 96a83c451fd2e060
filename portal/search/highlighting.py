"""What of a found text is shown, with the words that were looked for marked."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.search.folding import IS_HAN, tokens
from portal.search.query import Phrase

LATIN_LENGTH, HAN_LENGTH = 200, 90
LINE_JOINT = " · "
# What ends a sentence needs no joint; a full-width stop brings its own space.
AFTER_FULL_WIDTH, AFTER_A_STOP = re.compile(r"(?<=[。！？；])\n"), re.compile(r"(?<=[.!?;])\n")


def marked(text: str, phrases: tuple[Phrase, ...]) -> SafeString:
    return _marked(text, _places(text, phrases))


def excerpt(text: str, phrases: tuple[Phrase, ...]) -> SafeString:
    """The passage that has most of the phrases, else the beginning."""
    places = _places(text, phrases)
    length = HAN_LENGTH if IS_HAN.search(text[:LATIN_LENGTH]) else LATIN_LENGTH
    start = _start(text, _densest(places, length), length)
    end = _end(text, start, length)
    shown = [(max(at, start) - start, min(to, end) - start) for at, to in places if at < end and to > start]
    before = "… " if start and text[start - 1] != "\n" else ""
    after = " …" if end < len(text) else ""
    return format_html("{}{}{}", before, _marked(text[start:end], shown), after)


def _places(text, phrases):
    """(start, end) of everything to be marked, in order, none over another."""
    found = tokens(text)
    joined = []
    for start, end in sorted(place for phrase in phrases for place in phrase.places_in(found)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _marked(text, places):
    parts, at = [], 0
    for start, end in places:
        parts += [(text[at:start], text[start:end])]
        at = end
    marks = format_html_join("", "{}<mark>{}</mark>", ((_on_one_line(a), _on_one_line(b)) for a, b in parts))
    return format_html("{}{}", marks, _on_one_line(text[at:]))


def _on_one_line(text):
    return AFTER_A_STOP.sub(" ", AFTER_FULL_WIDTH.sub("", text)).replace("\n", LINE_JOINT)


def _densest(places, length):
    """Where the most marked places stand within the length of an excerpt."""
    if not places:
        return 0
    starts = [start for start, _end in places]
    crowd = [sum(start <= other < start + length // 2 for other in starts) for start in starts]
    return starts[crowd.index(max(crowd))]


def _start(text, hit, length):
    """A little before the hit: at the line's beginning if that is near, else at a word's."""
    earliest = max(0, hit - length // 3)
    line = text.rfind("\n", earliest, hit) + 1
    if line or not earliest:
        return line
    space = text.find(" ", earliest, hit)
    return space + 1 if space >= 0 else earliest


def _end(text, start, length):
    end = min(len(text), start + length)
    if end == len(text):
        return end
    space = max(text.rfind(" ", start + length // 2, end), text.rfind("\n", start + length // 2, end))
    return space if space > 0 else end

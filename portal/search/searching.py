"""Finding: which entries answer a query, best first. The same on every database.

All phrases must be there. Where nothing has them all, what has at least half of the single words and pairs of
characters is shown instead, and the answer says so.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, or_

from django.db.models import Case, IntegerField, Q, Value, When

from portal.search import kinds
from portal.search.folding import script_of
from portal.search.models import SearchEntry
from portal.search.query import Phrase, Query
from portal.texts import FALLBACKS

IN_TITLE, WHOLE_IN_TITLE, IS_TITLE, WHOLE_IN_TEXT = 3, 4, 3, 2


@dataclass(frozen=True)
class Hit:
    pk: int
    kind: str


@dataclass(frozen=True)
class Found:
    hits: list[Hit]
    query: Query  # what was looked for in the end: its phrases are to be marked
    is_loose: bool = False

    def counts(self) -> dict[str, int]:
        return Counter(hit.kind for hit in self.hits)


def search(query: Query, language: str) -> Found:
    """At most two queries. Of one place in several languages the reader's own is found, else the nearest."""
    if not query.phrases:
        return Found([], query)
    languages = _nearest(query, language)
    if hits := _best(_exact(query), languages):
        return Found(hits, query)
    loose = query.loosened()
    return Found(_best(_loose(loose.phrases), languages), loose, is_loose=True)


def _nearest(query, language):
    """The reader's language first; who reads English and types Chinese wants the script that was typed."""
    script = script_of(query.asked) if language == "en" else ""
    return FALLBACKS[script or language]


def _entries():
    return SearchEntry.objects.filter(kind__in=[kind.code for kind in kinds.in_order()])


def _exact(query):
    entries = _entries()
    for phrase in query.phrases:
        entries = entries.filter(_has("folded", phrase))
    points = [_points("folded_title", phrase, IN_TITLE) for phrase in query.phrases]
    points += [
        _points("folded_title", query.whole, WHOLE_IN_TITLE),
        _points("folded_title", query.whole, IS_TITLE, "exact"),
        _points("folded", query.whole, WHOLE_IN_TEXT),
    ]
    return entries.annotate(score=reduce(add, points))


def _loose(phrases: tuple[Phrase, ...]):
    met = reduce(add, (_points("folded", phrase, 2) for phrase in phrases))
    score = reduce(add, (_points("folded_title", phrase, 1) for phrase in phrases), met)
    return _entries().annotate(met=met, score=score).filter(met__gte=max(2, len(phrases)))


def _points(column, phrase, number, lookup="contains"):
    fits = When(_has(column, phrase, lookup), then=Value(number))
    return Case(fits, default=Value(0), output_field=IntegerField())


def _has(column, phrase, lookup="contains"):
    """In its own words or in those of another region."""
    return reduce(or_, (Q(**{f"{column}__{lookup}": pattern}) for pattern in phrase.patterns))


def _best(entries, languages) -> list[Hit]:
    """One hit per family. Sorted here, because databases order texts and nulls each in their own way."""
    nearness = {code: place for place, code in enumerate(languages)}
    best = {}
    for pk, kind, family, code, day, score in entries.values_list(
        "pk", "kind", "family", "language", "date", "score"
    ):
        near = nearness.get(code, len(nearness))
        if family not in best or near < best[family][0]:
            best[family] = (near, -score, -(day or date.min).toordinal(), family, pk, kind)
    in_order = sorted(best.values(), key=lambda found: (found[1], found[0], *found[2:]))
    return [Hit(found[4], found[5]) for found in in_order]

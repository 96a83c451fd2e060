"""Words that narrow a list of rows, in any script: for the lists of the office."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from portal.search import query


def matching(typed: str, *, columns: Iterable[str], folded: Iterable[str]) -> Q:
    """Every word stands in one of `columns` as it was typed, or in one of the `folded` ones.

    Folded words are also found by their beginning: who looks for a name types part of it.
    """
    columns, folded = tuple(columns), tuple(folded)
    return reduce(and_, (_matching(word, columns, folded) for word in typed.split()), Q())


def _matching(word, columns, folded):
    found = [Q(**{f"{column}__icontains": word}) for column in columns]
    phrases = [replace(phrase, is_beginning=phrase.may_go_on) for phrase in query.read(word).phrases]
    if phrases:
        found += [
            reduce(and_, (Q(**{f"{column}__contains": phrase.pattern}) for phrase in phrases))
            for column in folded
        ]
    return reduce(or_, found)

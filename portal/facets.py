"""Lists that visitors narrow. What they chose stands in the address, and nothing needs a script."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.listing import Chip, Listing

# What somebody wrote into the address is shown again as a chip, but no novel.
LONGEST_UNKNOWN = 40


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: Sequence[tuple[str, str]]  # code and label, in the order in which they are offered
    codes_of: Callable[[Any], Collection[str]]


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Narrowed:
    rows: list
    selects: list[Select]
    chips: list[Chip]


def narrow(rows: Iterable, facets: Iterable[Facet], query, path: str) -> Narrowed:
    """The rows that fit what the address asks for. A value that no row has shows nothing and is no fault."""
    rows, facets = list(rows), list(facets)
    asked = {facet.name: query[facet.name] for facet in facets if query.get(facet.name)}
    by_name = {facet.name: facet for facet in facets}
    fitting = [
        row for row in rows if all(code in by_name[name].codes_of(row) for name, code in asked.items())
    ]
    listing = Listing(path, asked)
    chips = [listing.chip(name, _label(by_name[name], code)) for name, code in asked.items()]
    selects = [_select(facet, rows, asked.get(facet.name, "")) for facet in facets]
    return Narrowed(fitting, [select for select in selects if select.choices], chips)


def _label(facet, code):
    unknown = code if len(code) <= LONGEST_UNKNOWN else f"{code[:LONGEST_UNKNOWN]}…"
    return dict(facet.choices).get(code, unknown)


def _select(facet, rows, chosen):
    """Only what occurs is offered: a choice that shows nothing helps nobody."""
    occurring = {code for row in rows for code in facet.codes_of(row)}
    offered = [(code, str(label)) for code, label in facet.choices if code in occurring]
    return Select(facet.name, facet.label, offered, chosen)

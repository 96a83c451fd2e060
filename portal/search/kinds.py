"""What kinds of things the search knows. The floor does not know them: apps register theirs in ready().

A kind is a group of results. A source writes entries of one or several kinds by `index.replace` when its rows
change, and tells here how all of them are written anew. An app that wants its rows found, as the register of
commended companies, registers both and calls `index.replace` from its signals; nothing else is needed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    code: str
    label: str | Promise  # heading of the group
    order: int


_kinds: dict[str, Kind] = {}
sources: dict[str, Callable[[], Iterable[str]]] = {}


def register(code: str, label: str | Promise, *, order: int) -> None:
    _kinds[code] = Kind(code, label, order)


def register_source(prefix: str, write_all: Callable[[], Iterable[str]]) -> None:
    """`write_all()` writes the entries of everything and yields the names of what it wrote, "page:12"."""
    sources[prefix] = write_all


def in_order() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))

"""Numbers on the cards of the landing page. Apps register a function per menu item in ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    label: str  # lazily translated, as "Could not be sent"
    value: int
    url: str = ""  # where exactly these are listed
    is_urgent: bool = False


_sources: dict[str, Callable[[object], Iterable[Figure]]] = {}


def register(url_name: str, source: Callable[[object], Iterable[Figure]]) -> None:
    """`source(user)` counts what the card of this menu item shows; one query each, please."""
    if url_name in _sources:
        raise ValueError(f"Figures for {url_name} are registered already.")
    _sources[url_name] = source


def figures_for(url_name: str, user) -> list[Figure]:
    return list(_sources[url_name](user)) if url_name in _sources else []

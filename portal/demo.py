"""Demonstration content. Apps register a loader in ready(); `manage.py load_demo` runs them in order."""

from collections.abc import Callable

loaders: list[tuple[int, Callable[[], object]]] = []


def register(order: int, load: Callable[[], object]) -> None:
    """Add a loader; it must do nothing where its content stands already."""
    loaders.append((order, load))


def load_all() -> None:
    for _, load in sorted(loaders, key=lambda pair: pair[0]):
        load()

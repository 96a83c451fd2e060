"""Rows that many changes write one by one, and one transaction that holds them all writes at once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Batch(Generic[Row]):
    """Passes rows on to `write` at once, or within `together` at its end, in the order they came."""

    def __init__(self, name: str, write: Callable[[list[Row]], object]):
        self._write = write
        self._rows: ContextVar[list[Row] | None] = ContextVar(name, default=None)

    def add(self, rows: Iterable[Row]) -> None:
        collected = self._rows.get()
        if collected is None:
            self._write(list(rows))
        else:
            collected.extend(rows)

    @contextmanager
    def together(self) -> Iterator[None]:
        """One within another leaves its rows to that. Where anything is raised nothing is written."""
        rows = []
        outside = self._rows.set(rows)
        try:
            yield
        finally:
            self._rows.reset(outside)
        self.add(rows)

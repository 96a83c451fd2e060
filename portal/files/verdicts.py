"""Who wants to know when a file turns out to be bad. Apps register a function in ready()."""

from collections.abc import Callable

from portal.files.models import StoredFile

_listeners: list[Callable[[StoredFile], None]] = []


def register(listener: Callable[[StoredFile], None]) -> None:
    """`listener(stored)` runs in the transaction that makes a file infected or rejected; idempotent."""
    _listeners.append(listener)


def tell(stored: StoredFile) -> None:
    for listener in _listeners:
        listener(stored)

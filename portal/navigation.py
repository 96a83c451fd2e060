"""What the page shell links to. The floor does not know the pages: the home package registers who does."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Contact:
    name: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Shell:
    main: tuple[Link, ...] = ()
    about: tuple[Link, ...] = ()
    contact: Contact = Contact()


_provider: Callable | None = None


def register(provider: Callable) -> None:
    """`provider(request)` returns a Shell in the active language. It is asked once per page, so it caches."""
    global _provider
    _provider = provider


def shell_for(request) -> Shell:
    return _provider(request) if _provider else Shell()

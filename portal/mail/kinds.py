"""Kinds of mail. An app registers its kinds in ready(); the sender asks them what it needs at send time."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.mail.models import Message


class Unknown(Exception):
    """This sender does not know the kind of a mail or a place in it: it is older than who wrote the mail."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content: bytes
    mimetype: str  # with parameters, as `text/calendar; method=REQUEST; charset=utf-8`


def _always(message: Message) -> bool:
    return True


def _nothing(message: Message):
    return {}


@dataclass(frozen=True)
class Kind:
    code: str  # <noun>.<what happened>, like the verbs of portal.audit
    # Asked just before sending: is what the mail says still true, and still wanted?
    still_due: Callable[[Message], bool] = _always
    # Asked first: must the mail wait for something that is not decided yet? It is asked again a minute later.
    is_held: Callable[[Message], bool] = lambda message: False
    # Texts for the [[name]] places of the body, made at send time and never stored.
    links: Callable[[Message], dict[str, str]] = _nothing
    attachments: Callable[[Message], list[Attachment]] = lambda message: []
    secret: bool = False
    priority: int = 50
    label: str = ""  # what staff read in the list of mails, lazily translated


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.code in _kinds:
        raise ValueError(f"A mail kind named {kind.code} is registered already.")
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    """Raises Unknown for a kind that no app registered."""
    try:
        return _kinds[code]
    except KeyError:
        raise Unknown(f"No kind {code} is known here.") from None


def label(code: str) -> str:
    """What staff read for a kind, also for one that is no longer registered."""
    kind = _kinds.get(code)
    return str(kind.label) if kind and kind.label else code

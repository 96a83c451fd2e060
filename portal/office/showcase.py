"""What the component page shows. The floor registers what it draws itself, apps the rest, in ready()."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

from portal.texts import SUFFIX_OF

# One number for everything: an address of a sample leads nowhere, and always to the same nowhere.
NOWHERE = UUID("00000000-0000-4000-8000-000000000000")


class Sample(SimpleNamespace):
    """Something a template can show that stands in no database; its string is its `name`."""

    def __str__(self):
        return str(self.name)


@dataclass(frozen=True)
class Exhibit:
    """A group of components: a template that includes the real ones, and the samples it shows."""

    code: str  # unique; the anchor
    title: str  # lazily translated
    template: str
    samples: Callable[[], dict]
    order: int


_exhibits: list[Exhibit] = []


def register(exhibit: Exhibit) -> None:
    if any(each.code == exhibit.code for each in _exhibits):
        raise ValueError(f"{exhibit.code} is shown already.")
    _exhibits.append(exhibit)
    _exhibits.sort(key=lambda each: each.order)


def exhibits() -> list[Exhibit]:
    return list(_exhibits)


def texts(name: str, english: str, traditional: str, simplified: str) -> dict[str, str]:
    """The three columns of a text in a row, as `label_en`, `label_zh_hant`, `label_zh_hans`."""
    values = (english, traditional, simplified)
    return {f"{name}_{suffix}": value for suffix, value in zip(SUFFIX_OF.values(), values, strict=True)}

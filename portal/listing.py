"""Lists whose whole state stands in their address: links that change one thing, chips of what is in force."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.http import QueryDict


@dataclass(frozen=True)
class Chip:
    label: str
    url: str  # the list without this filter


@dataclass(frozen=True)
class Listing:
    """One list as its address asks for it; values that stand in `neutral` narrow nothing and are left out."""

    path: str
    values: Mapping[str, str]
    neutral: Mapping[str, str] = field(default_factory=dict)

    def query(self, **changes: str) -> str:
        """The shortest query string, with some values changed; the first page unless `page` is among them."""
        query = QueryDict(mutable=True)
        for name, value in {**self.values, "page": "", **changes}.items():
            if value != self.neutral.get(name, "") and not (name == "page" and value in {"", "1"}):
                query[name] = value
        return query.urlencode()

    def url(self, **changes: str) -> str:
        query = self.query(**changes)
        # A bare "?" drops the query of the page one is on; an empty address would keep it.
        return f"{self.path}?{query}" if query else self.path or "?"

    def chip(self, name: str, label: str) -> Chip:
        return Chip(label, self.url(**{name: self.neutral.get(name, "")}))


def asked_for(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    """What of these values the address holds, as it stands there; `q` as plain words."""
    asked = {name: query[name] for name in names if name in query}
    if "q" in asked:
        asked["q"] = " ".join(unicodedata.normalize("NFC", asked["q"]).replace("\0", "").split())
    return asked


def page_of(rows, number: str | None, *, per_page: int) -> Page:
    """A page past the end is the last one; what is no number is the first."""
    return Paginator(rows, per_page).get_page(number)

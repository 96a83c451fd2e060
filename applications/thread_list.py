"""The office's list of threads: what an address asks for, and exactly the rows that answer it."""

import unicodedata
from dataclasses import dataclass, fields, replace
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from applications.models import Thread
from applications.permissions import threads_visible_to

PER_PAGE = 25
LONGEST_SEARCH = 100
WAITING, ANSWERED, CLOSED, ANY = "waiting", "answered", "closed", "any"
STATES = (WAITING, ANSWERED, CLOSED)


@dataclass(frozen=True)
class ThreadList:
    """One list as its address asks for it. Values stay as they came, so that a page can name a wrong one."""

    q: str = ""
    state: str = ANY
    round: str = ANY
    page: str = "1"

    @classmethod
    def from_query(cls, query: QueryDict) -> "ThreadList":
        asked = {field.name: query[field.name] for field in fields(cls) if field.name in query}
        if "q" in asked:
            asked["q"] = " ".join(unicodedata.normalize("NFC", asked["q"]).replace("\0", "").split())
        return cls(**asked)

    def query(self, **changes: str) -> str:
        wanted = replace(self, **{"page": "1", **changes})
        query = QueryDict(mutable=True)
        for field in fields(wanted):
            if getattr(wanted, field.name) != field.default:
                query[field.name] = getattr(wanted, field.name)
        return query.urlencode()

    def active(self) -> list[str]:
        return [
            each.name
            for each in fields(self)
            if each.name != "page" and getattr(self, each.name) != each.default
        ]

    def rows(self, *, user, rounds: set[UUID]) -> QuerySet[Thread]:
        """Those that wait for an answer first, the longest waiting on top. An unknown value: no rows."""
        if len(self.q) > LONGEST_SEARCH or self.state not in {ANY, *STATES} or not self._knows(rounds):
            return Thread.objects.none()
        found = threads_visible_to(user).filter(_matches(self.q), STATE_FILTERS[self.state])
        if self.round != ANY:
            found = found.filter(application__round__uuid=self.round)
        waiting = found.order_by("-waits_for_office", "last_at", "id")
        return waiting if self.state == WAITING else found.order_by("-waits_for_office", "-last_at", "-id")

    def _knows(self, rounds):
        return self.round == ANY or self.round in {str(each) for each in rounds}


DEFAULTS = {field.name: field.default for field in fields(ThreadList)}
STATE_FILTERS = {
    ANY: Q(),
    WAITING: Q(waits_for_office=True),
    ANSWERED: Q(waits_for_office=False, state=Thread.State.OPEN),
    CLOSED: Q(state=Thread.State.CLOSED),
}


def page_of(threads: QuerySet[Thread], number: str):
    return Paginator(threads, PER_PAGE).get_page(number)


def _matches(words):
    wanted = Q()
    for word in words.split():
        wanted &= (
            Q(application__reference__icontains=word)
            | Q(application__provider__name_en__icontains=word)
            | Q(application__provider__name_zh_hant__icontains=word)
            | Q(application__provider__name_zh_hans__icontains=word)
        )
    return wanted

"""The office's list of threads: what an address asks for, and exactly the rows that answer it."""

from dataclasses import dataclass, fields
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from applications.desk.cases import matches
from applications.models import Thread
from applications.permissions import threads_visible_to
from portal import listing

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
        return cls(**listing.asked_for(query, DEFAULTS))

    def query(self, **changes: str) -> str:
        return listing.Listing("", vars(self), DEFAULTS).query(**changes)

    def active(self) -> list[str]:
        return [name for name in DEFAULTS if name != "page" and getattr(self, name) != DEFAULTS[name]]

    def rows(self, *, user, rounds: set[UUID]) -> QuerySet[Thread]:
        """Those that wait for an answer first, the longest waiting on top. An unknown value: no rows."""
        if len(self.q) > LONGEST_SEARCH or self.state not in {ANY, *STATES} or not self._knows(rounds):
            return Thread.objects.none()
        words = matches(self.q, through="application__")
        found = threads_visible_to(user).filter(words, STATE_FILTERS[self.state])
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

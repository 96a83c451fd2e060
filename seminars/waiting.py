"""Why each person on the waiting list has no place yet, for the organiser's list. Display only."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from seminars.availability import occupied
from seminars.models import Seminar, SignUp


@dataclass(frozen=True)
class WaitingList:
    seminar: Seminar
    positions: dict[int, int]  # primary key -> place in the queue of the chosen way to attend
    full_companies: frozenset[str]

    def reason(self, person: SignUp) -> str:
        if person.state != SignUp.State.WAITING:
            return ""
        if self.seminar.state == Seminar.State.POSTPONED:
            return _("waiting: the seminar is postponed")
        if person.option.is_cancelled:
            return _("waiting: this way to attend is cancelled")
        position = self.positions.get(person.pk, 1)
        if person.goes_first:
            return _("waiting: put first, number %(position)s in the queue") % {"position": position}
        if person.company_key in self.full_companies:
            cap = self.seminar.company_cap
            return ngettext(
                "waiting: company cap of %(cap)s reached", "waiting: company cap of %(cap)s reached", cap
            ) % {"cap": cap}
        return _("waiting: all places taken, number %(position)s in the queue") % {"position": position}


def of(seminar: Seminar) -> WaitingList:
    """Two queries, however many people wait."""
    counts, positions = Counter(), {}
    waiting = seminar.sign_ups.filter(state=SignUp.State.WAITING).order_by("-goes_first", "queue_number")
    for pk, option in waiting.values_list("pk", "option_id"):
        counts[option] += 1
        positions[pk] = counts[option]
    full = frozenset()
    if seminar.company_cap is not None:
        companies = seminar.sign_ups.filter(occupied()).order_by().values("company_key")
        rows = companies.annotate(people=Count("pk")).filter(people__gte=seminar.company_cap)
        full = frozenset(row["company_key"] for row in rows)
    return WaitingList(seminar, positions, full)

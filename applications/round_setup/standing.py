"""How a round stands, in words that agree with what applicants can do at this moment."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import rounds
from applications.models import Round
from portal import dates
from portal.audit.history import history

TAKING = {Round.State.PREPARING, Round.State.OPEN, Round.State.CLOSED}
TITLES = {
    "round.changed": gettext_lazy("Facts, documents, items or criteria changed"),
    "round.copied": gettext_lazy("Made as a copy of an earlier round"),
    "round.released": gettext_lazy("Form published, opening confirmed"),
    "round.release_taken_back": gettext_lazy("Opening taken back"),
    "round.opened": gettext_lazy("Opened"),
    "round.closed": gettext_lazy("Closed"),
    "round.reopened": gettext_lazy("Opened again"),
    "round.corrected": gettext_lazy("Corrections published"),
    "round.extended": gettext_lazy("Closing time moved"),
}
SHOWN = 30


@dataclass(frozen=True)
class Standing:
    words: str
    tag: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    title: str
    who: str
    at: datetime
    note: str = ""


def of(round: Round, *, now: datetime) -> Standing:
    if rounds.is_open(round, now=now):
        return Standing(
            str(Round.State.OPEN.label),
            "green",
            _("until %(closes)s") % {"closes": dates.full(round.closes_at)},
        )
    if rounds.is_awaited(round):
        note = _("opens by itself on %(opens)s") % {"opens": dates.full(round.opens_at)}
        return Standing(_("Ready to open"), "blue", note)
    if round.state == Round.State.OPEN:
        # The clock marks it closed after the minutes of grace.
        return Standing(str(Round.State.CLOSED.label), "grey")
    return Standing(round.get_state_display(), "yellow" if round.state == Round.State.PREPARING else "grey")


def history_of(round: Round) -> list[Entry]:
    """What was done with the round, newest first."""
    told = history("round", round.uuid)[-SHOWN:]
    return [
        Entry(
            str(TITLES.get(each.verb, _("Changed"))),
            _("The portal") if each.is_automatic else each.actor or _("Somebody whose account was deleted"),
            each.at,
            _version_note(each.event),
        )
        for each in reversed(told)
    ]


def _version_note(event):
    return (
        _("Form version %(number)s") % {"number": event.to_state} if event.verb == "round.corrected" else ""
    )

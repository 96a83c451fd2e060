"""How a round stands, in words that agree with what applicants can do at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import rounds
from applications.models import Round, Section
from portal import dates
from portal.audit import history
from portal.texts import localized

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


def history_of(round: Round, sections: Iterable[Section]) -> list[Entry]:
    """What was done with the round and the questions of its `sections`, newest first."""
    titles = {each.uuid: localized(each, "title").text for each in sections}
    told = history.history_of([("round", round.uuid), *(("section", uuid) for uuid in titles)])[-SHOWN:]
    return [
        Entry(
            _title(each.event, titles),
            _("The portal") if each.is_automatic else each.actor or _("Somebody whose account was deleted"),
            each.at,
            _version_note(each.event),
        )
        for each in reversed(told)
    ]


def _title(event, titles):
    if event.object_kind == "section":
        return _("Section “%(title)s” changed") % {"title": titles[event.object_uuid]}
    return str(TITLES.get(event.verb, _("Changed")))


def _version_note(event):
    return (
        _("Form version %(number)s") % {"number": event.to_state} if event.verb == "round.corrected" else ""
    )

"""Which state may follow which, for a seminar and for one way to attend."""

from django.utils.translation import gettext_lazy as _

from seminars.models import AttendanceOption, Seminar

State, OptionState = Seminar.State, AttendanceOption.State

MOVES = {
    State.SCHEDULED: {State.POSTPONED, State.CANCELLED, State.HELD},
    State.POSTPONED: {State.SCHEDULED, State.CANCELLED},
    State.CANCELLED: set(),
    State.HELD: set(),
}
OPTION_MOVES = {
    OptionState.OPEN: {OptionState.MOVED_ONLINE, OptionState.CANCELLED},
    OptionState.MOVED_ONLINE: {OptionState.CANCELLED},
    OptionState.CANCELLED: set(),
}
REFUSALS = {
    State.POSTPONED: _("The seminar is postponed. Set its new date first."),
    State.CANCELLED: _("The seminar is cancelled, and that is final."),
    State.HELD: _("The seminar is over."),
    State.SCHEDULED: _("The seminar is not postponed: change its time instead."),
}
OPTION_REFUSALS = {
    OptionState.OPEN: "",
    OptionState.MOVED_ONLINE: _("This way to attend is moved online already."),
    OptionState.CANCELLED: _("This way to attend is cancelled, and that is final."),
}


class ChangeRefused(Exception):
    """What may not be done to the seminar now; the text is fit for the page."""


class Stale(ChangeRefused):
    """Somebody else changed the seminar after this person opened the page."""


def require_newest(seminar: Seminar, seen: int | None) -> None:
    """Raises Stale where the revision that somebody looked at is not the newest; None looked at nothing."""
    if seen is None or seen == seminar.revision:
        return
    newest = seminar.changes.standing().select_related("made_by").last()
    if newest is None:
        raise Stale(_("Somebody changed this seminar in the meantime. Look at it again, then decide."))
    words = _("%(who)s was quicker: “%(what)s”. Nothing of yours was done. Look at the seminar again.")
    raise Stale(words % {"who": newest.made_by or _("Somebody"), "what": newest.get_kind_display()})


def require_move(seminar: Seminar, to: str) -> None:
    if to not in MOVES[State(seminar.state)]:
        raise ChangeRefused(REFUSALS[State(seminar.state)])


def require_option_move(option: AttendanceOption, to: str) -> None:
    if to not in OPTION_MOVES[OptionState(option.state)]:
        raise ChangeRefused(OPTION_REFUSALS[OptionState(option.state)])

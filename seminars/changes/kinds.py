"""What can be done to a seminar. Each kind says when it is allowed, what it sets, and whom it concerns.

`check` and `apply` work on objects in memory: the change itself calls them under the lock, a preview without.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from portal.dates import local
from seminars.changes.moves import ChangeRefused, OptionState, State, require_move, require_option_move
from seminars.models import AttendanceOption, Seminar, SeminarChange, WeatherWatch

Kind = SeminarChange.Kind
VENUE = ("venue_en", "venue_zh_hant", "venue_zh_hans")
LABEL = ("label_en", "label_zh_hant", "label_zh_hans")
ADDRESS = ("address_en", "address_zh_hant", "address_zh_hans")


@dataclass(frozen=True, kw_only=True)
class Change(ABC):
    """`note` is a sentence of the organiser's own for the mail: note_en, note_zh_hant, note_zh_hans."""

    kind: ClassVar[str]
    # Does it settle what a weather warning asks for?
    decides: ClassVar[bool] = True
    option_id: int | None = None
    note: dict[str, str] = field(default_factory=dict)

    @classmethod
    @abstractmethod
    def require_allowed(cls, seminar: Seminar, option: AttendanceOption | None, now: datetime) -> None:
        """Raises ChangeRefused where nothing of this kind may be done now."""

    def check(self, seminar: Seminar, options: list[AttendanceOption], now: datetime) -> None:
        """Raises ChangeRefused where it is not allowed, or not with these dates."""
        self.require_allowed(seminar, self.option(options), now)

    @abstractmethod
    def apply(self, seminar: Seminar, options: list[AttendanceOption]) -> None:
        """Set what the change sets, on these objects in memory."""

    def concerned(self, seminar: Seminar, options: list[AttendanceOption]) -> list[AttendanceOption]:
        """Whose people are written to, asked before it is applied: nobody whose session is off already."""
        wanted = options if self.option_id is None else [self.option(options)]
        return [option for option in wanted if option.state != OptionState.CANCELLED]

    def option(self, options):
        return next((option for option in options if option.pk == self.option_id), None)

    def told_as(self, seminar: Seminar, state_before: str) -> str:
        """The kind of the mails, asked after it is applied: who cancels the last session cancels all."""
        went_off = state_before != seminar.state == State.CANCELLED
        return Kind.CANCELLED if went_off else self.kind


@dataclass(frozen=True, kw_only=True)
class Postpone(Change):
    kind = Kind.POSTPONED

    @classmethod
    def require_allowed(cls, seminar, option, now):
        require_move(seminar, State.POSTPONED)
        require_not_over(seminar, now)

    def apply(self, seminar, options):
        seminar.state = State.POSTPONED


@dataclass(frozen=True, kw_only=True)
class CancelSeminar(Change):
    kind = Kind.CANCELLED

    @classmethod
    def require_allowed(cls, seminar, option, now):
        require_move(seminar, State.CANCELLED)
        if seminar.state == State.SCHEDULED:
            require_not_over(seminar, now)

    def apply(self, seminar, options):
        seminar.state = State.CANCELLED


@dataclass(frozen=True, kw_only=True)
class Dated(Change):
    starts_at: datetime
    ends_at: datetime
    sign_up_closes_at: datetime

    def check(self, seminar, options, now):
        super().check(seminar, options, now)
        if self.starts_at <= now:
            raise ChangeRefused(_("The new start lies in the past."))
        if self.ends_at <= self.starts_at:
            raise ChangeRefused(_("The end must be after the start."))
        if self.sign_up_closes_at > self.starts_at:
            raise ChangeRefused(_("Sign-up must close before the seminar starts."))
        if self.sign_up_closes_at <= seminar.sign_up_opens_at:
            raise ChangeRefused(_("Sign-up must close after it opens."))

    def apply_dates(self, seminar):
        if self.starts_at != seminar.starts_at:
            seminar.previous_start = seminar.starts_at
        if seminar.personal_data_until:
            seminar.personal_data_until += local(self.ends_at).date() - local(seminar.ends_at).date()
        seminar.starts_at, seminar.ends_at = self.starts_at, self.ends_at
        seminar.sign_up_closes_at = self.sign_up_closes_at


@dataclass(frozen=True, kw_only=True)
class Reschedule(Dated):
    kind = Kind.RESCHEDULED

    @classmethod
    def require_allowed(cls, seminar, option, now):
        require_move(seminar, State.SCHEDULED)

    def apply(self, seminar, options):
        seminar.state = State.SCHEDULED
        self.apply_dates(seminar)


@dataclass(frozen=True, kw_only=True)
class ChangeFacts(Dated):
    """Another time, another place, or both. `addresses` are by primary key of the way to attend; its name in
    three languages may be among them.
    """

    kind = Kind.CHANGED
    venue: dict[str, str]
    addresses: dict[int, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def require_allowed(cls, seminar, option, now):
        if seminar.state != State.SCHEDULED:
            raise ChangeRefused(
                _("Only the time and place of a seminar that is scheduled can be changed here.")
            )
        if now >= seminar.starts_at:
            raise ChangeRefused(_("The seminar has started: its time and place stay as they are."))

    def check(self, seminar, options, now):
        super().check(seminar, options, now)
        if not self.concerned(seminar, options):
            raise ChangeRefused(_("Time and place are the same as before: nobody is written to."))

    def apply(self, seminar, options):
        self.apply_dates(seminar)
        for name in VENUE:
            setattr(seminar, name, self.venue.get(name, getattr(seminar, name)))
        for option in options:
            for name, text in self.addresses.get(option.pk, {}).items():
                setattr(option, name, text)

    @property
    def decides(self):
        return False

    def concerned(self, seminar, options):
        live = super().concerned(seminar, options)
        if self.has_other_time(seminar) or _differs(seminar, self.venue):
            return live
        return [option for option in live if _differs(option, self.addresses.get(option.pk, {}))]

    def has_other_time(self, seminar):
        return (self.starts_at, self.ends_at) != (seminar.starts_at, seminar.ends_at)


def _differs(row, texts):
    return any(getattr(row, name) != text for name, text in texts.items())


@dataclass(frozen=True, kw_only=True)
class MoveOnline(Change):
    kind = Kind.MOVED_ONLINE
    join_link: str = ""

    @classmethod
    def require_allowed(cls, seminar, option, now):
        require_running(seminar, now)
        if option.is_online:
            raise ChangeRefused(_("This way to attend is online already."))
        require_option_move(option, OptionState.MOVED_ONLINE)

    def apply(self, seminar, options):
        option = self.option(options)
        option.state = OptionState.MOVED_ONLINE
        if self.join_link:
            option.join_link = self.join_link


@dataclass(frozen=True, kw_only=True)
class CancelOption(Change):
    """One way to attend is off. When it was the last one, the seminar is cancelled."""

    kind = Kind.OPTION_CANCELLED

    @classmethod
    def require_allowed(cls, seminar, option, now):
        if seminar.state != State.POSTPONED:
            require_running(seminar, now)
        require_option_move(option, OptionState.CANCELLED)

    def apply(self, seminar, options):
        self.option(options).state = OptionState.CANCELLED
        if all(option.state == OptionState.CANCELLED for option in options):
            seminar.state = State.CANCELLED


@dataclass(frozen=True, kw_only=True)
class GoAhead(Change):
    """A person has decided that the session takes place in spite of a warning."""

    kind = Kind.GOES_AHEAD

    @classmethod
    def require_allowed(cls, seminar, option, now):
        require_running(seminar, now)
        if not option.watches.filter(outcome=WeatherWatch.Outcome.OPEN).exists():
            raise ChangeRefused(_("No weather warning is to be decided here any more."))

    def apply(self, seminar, options):
        """Nothing changes but what is known: it takes place."""


def require_not_over(seminar, now):
    if now >= seminar.ends_at:
        raise ChangeRefused(_("The seminar is over."))


def require_running(seminar, now):
    """Scheduled and not over."""
    if seminar.state != State.SCHEDULED:
        require_move(seminar, State.HELD)
    require_not_over(seminar, now)

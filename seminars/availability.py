"""What a reader may know about places. Display only: seminars.seats counts again under the lock."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal import page_cache
from seminars.models import AttendanceOption, Seminar, SignUp
from seminars.models.option import places_mark


class Places(models.TextChoices):
    """One word for the sign-up panel; its heading and colour follow from it."""

    OPEN = "open"
    FEW = "few"
    FULL = "full"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    PAST = "past"


@dataclass(frozen=True)
class OptionPlaces:
    option: AttendanceOption
    places: Places


@dataclass(frozen=True)
class Availability:
    places: Places
    options: tuple[OptionPlaces, ...] = ()

    @property
    def takes_sign_ups(self) -> bool:
        return self.places in {Places.OPEN, Places.FEW, Places.FULL}


def occupied() -> Q:
    page_cache.shows(places_mark())
    return Q(state=SignUp.State.CONFIRMED) | Q(state=SignUp.State.OFFERED, held_until__gt=timezone.now())


def of(seminar: Seminar, *, now: datetime | None = None) -> Availability:
    """What the panel shows; asks for the counts only where the options do not carry them.

    Whoever lets people in or turns them away by it gives the database's `now`.
    """
    return _among(seminar, now, _open_options)


def of_one(seminar: Seminar, *, now: datetime) -> Availability:
    """The same for a seminar whose options nobody has read: they are read with their counts, by one query."""
    return _among(seminar, now, _counted_options)


def _among(seminar, now, options_of):
    standing = _standing(seminar, now or timezone.now())
    options = () if standing else tuple(OptionPlaces(each, _places(each)) for each in options_of(seminar))
    if not options:
        return Availability(standing or Places.CLOSED)
    best = min(options, key=lambda each: (Places.OPEN, Places.FEW, Places.FULL).index(each.places))
    return Availability(best.places, options)


def _open_options(seminar):
    options = [each for each in seminar.options.all() if each.state == AttendanceOption.State.OPEN]
    return options if all(hasattr(each, "taken") for each in options) else _counted_options(seminar)


def _counted_options(seminar):
    counted = AttendanceOption.objects.with_taken(seminar=seminar.pk)
    options = list(counted.filter(seminar=seminar, state=AttendanceOption.State.OPEN))
    for each in options:
        each.seminar = seminar
    return options


def _standing(seminar, now):
    """Why nobody can sign up at that moment; None where people can."""
    if seminar.state == Seminar.State.CANCELLED:
        return Places.CANCELLED
    if seminar.state == Seminar.State.POSTPONED:
        return Places.POSTPONED
    if seminar.ends_at <= now or seminar.state == Seminar.State.HELD:
        return Places.PAST
    if now < seminar.sign_up_opens_at:
        return Places.NOT_YET
    return None if seminar.takes_sign_ups_at(now) else Places.CLOSED


def _places(option):
    if option.capacity is None:
        return Places.OPEN
    free = option.capacity - option.taken
    if free <= 0:
        return Places.FULL
    return Places.FEW if free <= max(3, option.capacity // 10) else Places.OPEN


@dataclass(frozen=True)
class Queue:
    """Where somebody stands on the waiting list, and why the place has not come."""

    position: int
    company_is_full: bool


def queue_of(sign_up: SignUp) -> Queue | None:
    if sign_up.state != SignUp.State.WAITING:
        return None
    seminar = sign_up.seminar
    same = seminar.sign_ups.filter(state=SignUp.State.WAITING, option=sign_up.option)
    before = Q(goes_first=sign_up.goes_first, queue_number__lt=sign_up.queue_number)
    if not sign_up.goes_first:
        before |= Q(goes_first=True)
    company = seminar.sign_ups.filter(occupied(), company_key=sign_up.company_key).count()
    full = seminar.company_cap is not None and company >= seminar.company_cap
    return Queue(same.filter(before).count() + 1, full and not sign_up.goes_first)


def every_open_option(seminar: Seminar) -> Availability:
    """For adding by hand, which the sign-up window does not bind."""
    options = [each for each in seminar.options.all() if each.state == AttendanceOption.State.OPEN]
    return Availability(Places.OPEN, tuple(OptionPlaces(each, Places.OPEN) for each in options))

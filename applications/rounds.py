"""When a round takes applications: one set of functions for pages, saves, uploads and submit.

Time is the database's, never the web server's: with several machines there is one clock. The closing instant
itself is still in time. What was begun by then (a review or documents page was issued, proved by a signed
time) may arrive within the minutes of grace.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from applications.models import Round, Status
from portal import dates
from portal.database_clock import database_now as database_now


def deadline(round, application=None) -> datetime:
    """The closing instant that holds for this application, or for the round at large."""
    return max(filter(None, (application and application.extended_until, round.closes_at)))


def days_left(closes: datetime, *, now: datetime) -> int:
    """By the calendar of Hong Kong: 0 on the day itself."""
    return (dates.local(closes).date() - dates.local(now).date()).days


def running(now: datetime):
    """The rounds that `is_open` for a new application at `now`."""
    released = Q(state=Round.State.OPEN) | Q(state=Round.State.PREPARING, released_at__isnull=False)
    return Round.objects.filter(released, opens_at__lte=now, closes_at__gte=now)


def shown_to_all(now: datetime) -> Round | None:
    """The round whose dates concern most people: open, else coming, else the one that closed last."""
    released = Round.objects.exclude(state__in=[Round.State.PREPARING, Round.State.ARCHIVED])
    released |= Round.objects.filter(state=Round.State.PREPARING, released_at__isnull=False)
    return (
        running(now).order_by("closes_at", "pk").first()
        or released.filter(opens_at__gt=now).order_by("opens_at", "pk").first()
        or released.filter(closes_at__lt=now).order_by("-closes_at", "pk").first()
    )


def is_open(round, application=None, *, now: datetime) -> bool:
    """May answers be changed and documents be added at `now`?

    An extension for one application holds even after the round was marked closed. A released round is open
    from its instant on, whether or not the clock has marked it so yet.
    """
    extended_until = application and application.extended_until
    if extended_until and round.opens_at <= now <= extended_until:
        return True
    takes = round.state == Round.State.OPEN or is_awaited(round)
    return takes and round.opens_at <= now <= round.closes_at


def can_be_taken_back(application, *, now: datetime) -> bool:
    """Nobody has begun to check it, and it can be submitted again."""
    is_untouched = application.status == Status.SUBMITTED
    return is_untouched and is_open(application.round, application, now=now)


def is_awaited(round) -> bool:
    """Released by an officer, and not yet marked open by the clock."""
    return round.state == Round.State.PREPARING and round.released_at is not None


def is_in_grace(round, application=None, *, now: datetime, begun_at: datetime | None) -> bool:
    """Was it begun while open, and does it arrive after closing but within the minutes of grace?"""
    closes = deadline(round, application)
    late = closes < now <= closes + timedelta(minutes=round.grace_minutes)
    return bool(begun_at) and late and is_open(round, application, now=begun_at)


def closing_now(round, application=None, *, now: datetime) -> bool:
    """Is it too late to begin anything, though things already begun may still arrive?"""
    closes = deadline(round, application)
    return closes < now <= closes + timedelta(minutes=round.grace_minutes)

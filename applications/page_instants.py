"""When kept pages that show rounds must be made anew: at changes of rows, and at instants."""

from datetime import datetime

from django.db.models import Q

from applications.models import Round
from home.signals import forget_pages_with
from portal import page_cache


def register() -> None:
    forget_pages_with(Round)
    page_cache.register_instants(next_after)


def next_after(now: datetime) -> datetime | None:
    """A round opens, closes, or its assessment ends."""
    coming = Q(opens_at__gte=now) | Q(closes_at__gte=now) | Q(assessment_closes_at__gte=now)
    times = Round.objects.filter(coming).order_by()
    rows = times.values_list("opens_at", "closes_at", "assessment_closes_at")
    return min((each for row in rows for each in row if each and each >= now), default=None)

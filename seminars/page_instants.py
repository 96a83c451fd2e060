"""When kept pages that show seminars must be made anew: at changes of rows, and at instants."""

from datetime import datetime

from django.db.models import Min, Q

from home.signals import forget_pages_with
from portal import page_cache
from seminars.models import (
    AttendanceOption,
    Organisation,
    RundownItem,
    Seminar,
    SeminarChange,
    SeminarMaterial,
    SignUp,
    Speaker,
    WeatherWatch,
)
from seminars.weather.rule import NEAR

SHOWN = (Seminar, RundownItem, Speaker, Organisation, AttendanceOption, SeminarChange, SeminarMaterial)
# Places that are taken and warnings that are up show as well.
COUNTED = (SignUp, WeatherWatch)


def register() -> None:
    forget_pages_with(*SHOWN, *COUNTED)
    page_cache.register_instants(next_after)


def next_after(now: datetime) -> datetime | None:
    """Sign-up opens or closes, a seminar is near, begins or ends, an offer or a time to decide runs out."""
    rows = Seminar.objects.filter(Q(ends_at__gte=now) | Q(sign_up_closes_at__gte=now)).order_by()
    times = rows.values_list("starts_at", "ends_at", "sign_up_opens_at", "sign_up_closes_at")
    instants = [instant for row in times for instant in (*row, row[0] - NEAR)]
    offers = SignUp.objects.filter(state=SignUp.State.OFFERED, held_until__gte=now)
    watches = WeatherWatch.objects.filter(outcome=WeatherWatch.Outcome.OPEN, decide_by__gte=now)
    instants += offers.aggregate(first=Min("held_until")).values()
    instants += watches.aggregate(first=Min("decide_by")).values()
    return min((each for each in instants if each and each >= now), default=None)

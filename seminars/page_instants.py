"""When kept pages that show seminars must be made anew: at changes of rows, and at instants."""

from datetime import datetime

from django.db.models import Min, Q
from django.db.models.signals import post_delete, post_save

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
from seminars.models.option import forget_places, places_mark
from seminars.weather.rule import NEAR

SHOWN = (Seminar, RundownItem, Speaker, Organisation, AttendanceOption, SeminarChange, SeminarMaterial)


def register() -> None:
    # Warnings that are up show as well.
    forget_pages_with(*SHOWN, WeatherWatch)
    for signal in (post_save, post_delete):
        signal.connect(on_sign_up, sender=SignUp)
    page_cache.register_instants(next_after, mark=places_mark())


def on_sign_up(sender, instance, **kwargs):
    """There may be hundreds in an hour: they end the pages that count its seminar's places, and no others."""
    forget_places(instance.seminar_id)


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

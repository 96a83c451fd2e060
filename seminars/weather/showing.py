"""What pages say about the weather. Never that there is no warning: that is for the Observatory to say."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from seminars.models import AttendanceOption, Seminar, SeminarChange, WeatherWatch
from seminars.weather.rule import NEAR


@dataclass(frozen=True)
class Banner:
    option: AttendanceOption
    is_decided: bool
    decide_by: datetime
    is_late: bool


def banners(seminar: Seminar) -> list[Banner]:
    """Of sessions under a warning: still to be decided, or decided to take place. No query while far off."""
    now = timezone.now()
    is_near = seminar.starts_at - NEAR <= now < seminar.ends_at
    if seminar.state != Seminar.State.SCHEDULED or not is_near:
        return []
    watches = WeatherWatch.objects.filter(option__seminar=seminar).select_related("change").order_by("pk")
    newest = {watch.option_id: watch for watch in watches}
    found = []
    for option in seminar.options.all():
        watch = newest.get(option.pk)
        if watch is None or option.state != AttendanceOption.State.OPEN:
            continue
        is_open = watch.outcome == WeatherWatch.Outcome.OPEN
        goes_ahead = bool(watch.change and watch.change.kind == SeminarChange.Kind.GOES_AHEAD)
        if is_open or goes_ahead:
            found.append(Banner(option, not is_open, watch.decide_by, watch.decide_by <= now))
    return found

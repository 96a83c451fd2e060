"""What an officer wants to know of all cases: how many stand where, what came when, what takes too long.

A fixed number of queries whatever the number of cases; nothing is read from the history.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.desk import cases, targets
from applications.models import Round, Status
from portal import dates
from portal.charts import Bar, Chart

WEEKS = 26
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Figures:
    by_status: Chart
    by_week: Chart
    by_age: Chart

    def of(self, code: str) -> Chart | None:
        return next((each for each in self.charts if each.code == code), None)

    @property
    def charts(self) -> list[Chart]:
        return [self.by_age, self.by_status, self.by_week]


def figures(user, *, now: datetime, round: Round | None = None) -> Figures:
    """All charts of one round, or of all rounds; `now` by the database's clock."""
    visible = cases.cases_visible_to(user)
    rows = visible.filter(round=round) if round else visible
    days = targets.days()
    counts = _counts(rows, days, now)
    return Figures(_by_status(counts), _by_week(rows, now), _by_age(counts, days, now))


def _counts(rows, days, now):
    """Status -> number of cases, how many of them are overdue, and since when the oldest stands there."""
    late = targets.overdue(days, now=now)
    counted = (
        rows.order_by()
        .values("status")
        .annotate(number=Count("pk"), late=Count("pk", filter=late), oldest=Min("status_changed_at"))
    )
    return {row["status"]: row for row in counted}


def _by_status(counts):
    numbers = [(status, counts.get(status, {}).get("number", 0)) for status in cases.STATUSES]
    return Chart(
        code="status",
        title=_("Cases by status"),
        description=_("A bar for each status, as long as its number of cases. The table has the numbers."),
        heads=[_("Status"), _("Cases")],
        rows=[[str(status.label), str(number)] for status, number in numbers],
        bars=[Bar(str(status.label), number) for status, number in numbers if number],
    )


def _by_week(rows, now):
    this_week = _monday(now)
    first = this_week - timedelta(weeks=WEEKS - 1)
    found = (
        rows.filter(submitted_at__gte=first)
        .order_by()
        .annotate(week=TruncWeek("submitted_at", tzinfo=dates.HONG_KONG))
        .values_list("week")
        .annotate(Count("pk"))
    )
    numbers = {week.date(): number for week, number in found}
    weeks = [(first + timedelta(weeks=number)).date() for number in range(WEEKS)]
    return Chart(
        code="week",
        title=_("Received by week"),
        description=_("A column for each of the last 26 weeks, as high as what was received in it."),
        heads=[_("Week from"), pgettext("number of cases", "Received")],
        rows=[[dates.day(week), str(numbers.get(week, 0))] for week in reversed(weeks)],
        bars=[Bar(_short(week), numbers.get(week, 0)) for week in weeks],
        is_upright=True,
    )


def _monday(now):
    local = dates.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return local - timedelta(days=local.weekday())


def _short(day):
    return f"{day.day}/{day.month}"


def _by_age(counts, days, now):
    statuses = [*cases.ACTIVE_STATUSES, Status.IN_ASSESSMENT]
    rows, bars = [], []
    for status in statuses:
        row = counts.get(status, {"number": 0, "late": 0, "oldest": None})
        longest = int((now - row["oldest"]).total_seconds() // DAY) if row["oldest"] else 0
        target = days.get(status)
        label = str(status.label)
        rows.append(
            [
                label,
                str(target) if target else _("as given"),
                str(row["number"]),
                str(row["late"]),
                str(longest) if row["number"] else "–",
            ]
        )
        if row["number"]:
            bars.append(
                Bar(
                    label,
                    longest,
                    _("%(days)d days, %(late)d overdue") % {"days": longest, "late": row["late"]},
                    "bad" if row["late"] else "",
                    target,
                )
            )
    return Chart(
        code="age",
        title=_("Time in status against the target"),
        description=_(
            "A bar for each status, as long as its oldest case has stood there; a line marks the target."
        ),
        heads=[_("Status"), _("Target, days"), _("Cases"), _("Overdue"), _("Longest, days")],
        rows=rows,
        bars=bars,
    )

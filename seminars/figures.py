"""How many of those with a place came: by way to attend, and by type of company."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from portal.charts import Bar, Chart
from portal.texts import localized
from seminars.models import Seminar, SignUp


def charts(seminar: Seminar) -> list[Chart]:
    counts = (
        seminar.sign_ups.filter(state=SignUp.State.CONFIRMED)
        .order_by()
        .values_list("option_id", "company_type")
        .annotate(had=Count("pk"), came=Count("pk", filter=Q(attended_at__isnull=False)))
    )
    rows = list(counts)
    by_option = [
        (localized(option, "label").text, *_sum(rows, 0, option.pk)) for option in seminar.options.all()
    ]
    by_type = [
        (str(label), *_sum(rows, 1, code))
        for code, label in SignUp.CompanyType.choices
        if any(row[1] == code for row in rows)
    ]
    return [
        _chart("option", _("Attendance by way to attend"), _("Way to attend"), by_option),
        _chart("type", _("Attendance by type of company"), _("Type of company"), by_type),
    ]


def _sum(rows, place, value):
    mine = [row for row in rows if row[place] == value]
    return sum(row[2] for row in mine), sum(row[3] for row in mine)


def _chart(code, title, head, numbers):
    return Chart(
        code=code,
        title=title,
        description=_(
            "A bar for each, as long as the number of people who came; a line marks how many had a place."
        ),
        heads=[head, _("Had a place"), _("Came"), _("Share")],
        rows=[[label, str(had), str(came), _share(came, had)] for label, had, came in numbers],
        bars=[
            Bar(label, came, _("%(came)s of %(had)s") % {"came": came, "had": had}, limit=had or None)
            for label, had, came in numbers
            if had
        ],
    )


def _share(came, had):
    return f"{round(came * 100 / had)}%" if had else "–"

"""Samples for the component page: the panel of a seminar in every state, notices of change and weather."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.office import showcase
from portal.office.showcase import NOWHERE, Exhibit, Sample, texts
from seminars.models import AttendanceOption, Seminar

PLACES = (("open", True), ("few", True), ("full", True), ("cancelled", False), ("postponed", False))


def _option(number, state=AttendanceOption.State.OPEN):
    return Sample(
        name="option",
        uuid=f"sample-{number}",
        state=state,
        is_online=False,
        address_en="",
        **texts("label", "Venue in Hong Kong", "香港會場", "香港会场"),
    )


def _seminar(now):
    return Sample(
        name="seminar",
        uuid=NOWHERE,
        starts_at=now + timedelta(days=9),
        ends_at=now + timedelta(days=9, hours=1),
        sign_up_opens_at=now,
        sign_up_closes_at=now + timedelta(days=8),
        company_cap=2,
        by_invitation=False,
        was_held=False,
        has_started=False,
        previous_start=now,
        state=Seminar.State.SCHEDULED,
        options=Sample(name="options", all=[_option(1), _option(2, AttendanceOption.State.MOVED_ONLINE)]),
    )


def _rundown():
    activities = texts(
        "activities", "Introduction\nSharing of experience", "計劃簡介\n經驗分享", "计划简介\n经验分享"
    )
    return [
        Sample(name="10:30–11:15", **activities),
        Sample(name="11:15–11:30", **texts("activities", "Questions", "答問", "问答")),
    ]


def _samples():
    now = timezone.now().replace(second=0, microsecond=0)
    seminar = _seminar(now)
    banner = {"option": _option(3), "decide_by": now + timedelta(hours=3), "is_late": False}
    return {
        "seminar": seminar,
        "panels": [Sample(name=places, places=places, takes_sign_ups=takes) for places, takes in PLACES],
        "warning": Sample(name="warning", is_decided=False, **banner),
        "decided": Sample(name="decided", is_decided=True, **{**banner, "option": _option(4)}),
        "programme": Sample(name="seminar", rundown=Sample(name="rundown", all=_rundown())),
        "cancelled_title": _("This seminar is cancelled"),
        "cancelled_words": _("It will not take place. Everyone who signed up is written to."),
    }


def register():
    showcase.register(Exhibit("seminar", gettext_lazy("Seminars"), "seminars/exhibits.html", _samples, 30))

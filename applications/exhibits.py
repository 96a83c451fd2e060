"""Samples for the component page: what companies fill in, and what officers check."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from applications.drafts.completeness import TaskState
from applications.models import Status
from portal.files.models import StoredFile
from portal.office import showcase
from portal.office.showcase import NOWHERE, Exhibit, Sample, texts
from portal.texts import Text

COMPANY = ("Demo Blue Harbour Environmental Engineering Limited", "示範藍港環境工程有限公司")


def _round(now):
    name = texts("name", "Applications, demonstration round", "示範申請輪次", "示范申请轮次")
    return Sample(name="round", uuid=NOWHERE, closes_at=now + timedelta(days=57), **name)


def _tasks():
    hints = {
        TaskState.IN_PROGRESS: _("Lee Ka Ho is writing here now"),
        TaskState.PROBLEM: _("1 file was refused"),
    }
    titles = {
        TaskState.COMPLETED: _("Company identity"),
        TaskState.IN_PROGRESS: _("Service to factories"),
        TaskState.NOT_STARTED: _("Promoting the programme"),
        TaskState.PROBLEM: _("Documents"),
    }
    return [
        Sample(
            name=title,
            title=title,
            url="#application",
            place=f"sample-{state}",
            hint=hints.get(state, ""),
            state=state,
            is_completed=state == TaskState.COMPLETED,
        )
        for state, title in titles.items()
    ]


def _file(name, state, now, message="", **kind):
    return Sample(
        name=name,
        file=Sample(
            name=name,
            uuid=NOWHERE,
            original_name=name,
            description="",
            get_state_display=StoredFile.State(state).label,
            uploaded_by="Chan Siu Man",
            uploaded_at=now,
        ),
        **{"is_bad": False, "is_clean": False, "is_unchecked": False, **kind},
        kind="PDF",
        size="2.4 MB",
        message=message,
    )


def _files(now):
    refused = _("The file holds a macro. Save it as PDF and upload it again.")
    state = StoredFile.State
    return [
        _file("商業登記證2026.pdf", state.CLEAN, now, is_clean=True),
        _file("Foshan VOC measurements.xlsx", state.PENDING, now),
        _file("letter-from-factory.doc", state.REJECTED, now, refused, is_bad=True),
    ]


def _rows():
    return [
        Sample(name="staff", label=_("Technical staff"), text="12", key="staff"),
        Sample(
            name="ways", label=_("How you help factories"), text=_("By visits, and by telephone."), key="ways"
        ),
        Sample(name="web", label=_("Website"), text="", key="web"),
    ]


def _case(now, status=Status.IN_VERIFICATION):
    return Sample(
        name="case",
        uuid=NOWHERE,
        reference="DEMO-TS-0007",
        status=status,
        get_status_display=status.label,
        round=_round(now),
        provider=Sample(
            name="provider", hk_registration="1", mainland_registration="", verification="verified"
        ),
        assignee="Wong Mei Yee",
        due_at=now + timedelta(days=3),
        is_overdue=False,
    )


def _names():
    texts_of = {"en": COMPANY[0], "zh-hant": COMPANY[1]}
    first = get_language() if get_language() in texts_of else "zh-hant"
    order = [first, *(code for code in texts_of if code != first)]
    return [Text(texts_of[code], code, is_fallback=False) for code in order]


def _tabs():
    labels = (
        (pgettext("tab of a case", "Overview"), None, True),
        (pgettext("tab of a case", "Checklist"), "3/9", False),
        (pgettext("tab of a case", "Answers"), None, False),
        (_("Documents"), 9, False),
        (pgettext("tab of a case", "Notes"), 2, False),
    )
    return [
        Sample(name="cases:overview", label=label, count=count, current=current)
        for label, count, current in labels
    ]


def _entries(now):
    return [
        Sample(
            name="asked",
            title=_("Clarification requested"),
            who="Wong Mei Yee",
            at=now,
            note=_("Project P-03, energy saved"),
        ),
        Sample(
            name="begun",
            title=_("Verification begun"),
            who="Wong Mei Yee",
            at=now - timedelta(days=6),
            note="",
        ),
        Sample(
            name="received",
            title=Status.SUBMITTED.label,
            who="Chan Siu Man",
            at=now - timedelta(days=9),
            note="",
        ),
    ]


def _samples():
    now = timezone.now().replace(second=0, microsecond=0)
    return {
        "round": _round(now),
        "days_left": 57,
        "tasks": _tasks(),
        "row": Sample(name="row", changed_at=now, changed_by="Chan Siu Man"),
        "application": Sample(name="application", uuid=NOWHERE, clarification_due_at=None),
        "files": _files(now),
        "rows": _rows(),
        "statuses": [_case(now, status) for status in Status],
        "case": _case(now),
        "names": _names(),
        "newest": Sample(name="1", submitted_at=now - timedelta(days=9), number=2),
        "tabs": _tabs(),
        "entries": _entries(now),
        "next": Sample(
            name="next",
            title=_("Next: finish two checks"),
            text=_("Then the case can go on to assessment."),
            is_press=False,
            url_name="cases:checklist",
            action=_("Open the checklist"),
        ),
    }


def register():
    title = gettext_lazy("Applications and cases")
    showcase.register(Exhibit("application", title, "applications/exhibits.html", _samples, 40))

"""What every page of a case shows: the identity strip, the tabs and the way back to the list."""

from urllib.parse import urlencode, urlsplit

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext_lazy

from applications.desk import case_reading, targets
from applications.desk.cases import CaseList
from applications.models import (
    Application,
    CheckItem,
    ClarificationRequest,
    InternalNote,
    SiteVisit,
    Thread,
)
from applications.permissions import can_work_on_cases

TABS = {
    "cases:overview": pgettext_lazy("tab of a case", "Overview"),
    "cases:answers": pgettext_lazy("tab of a case", "Answers"),
    "cases:projects": pgettext_lazy("tab of a case", "Projects"),
    "cases:documents": pgettext_lazy("tab of a case", "Documents"),
    "cases:checklist": pgettext_lazy("tab of a case", "Checklist"),
    "cases:clarifications": pgettext_lazy("tab of a case", "Clarifications"),
    "cases:threads": pgettext_lazy("tab of a case", "Questions"),
    "cases:visits": pgettext_lazy("tab of a case", "Visits"),
    "cases:notes": pgettext_lazy("tab of a case", "Notes"),
    "cases:history": pgettext_lazy("tab of a case", "History"),
}


# Pages that belong to a tab without being one.
OWNERS = {
    "cases:clarification_choose": "cases:clarifications",
    "cases:clarification_ask": "cases:clarifications",
    "cases:clarification_extend": "cases:clarifications",
    "cases:clarification_cancel": "cases:clarifications",
    "cases:changes": "cases:clarifications",
    "cases:note": "cases:notes",
    "cases:visit_plan": "cases:visits",
    "cases:visit_change": "cases:visits",
    "cases:visit_report": "cases:visits",
    "cases:visit_cancel": "cases:visits",
    "cases:photo_upload": "cases:visits",
    "cases:photo_remove": "cases:visits",
}


def posted(request):
    """The data for a form: also where a POST holds nothing, which is an answer with everything missing."""
    return request.POST if request.method == "POST" else None


def submissions_of(case):
    """All submissions of a case, oldest first; a case always has one."""
    return list(case.submissions.select_related("form_version", "submitted_by").order_by("number"))


def chosen(request, submissions):
    """The submission named by `?revision=`, else the newest one."""
    asked = request.GET.get("revision", "")
    if not asked:
        return submissions[-1]
    found = [each for each in submissions if str(each.number) == asked]
    if not found:
        raise Http404
    return found[0]


def show(request, template, case, submissions, *, status=200, **context):
    """Render one page of `case` with its head."""
    targets.stamp([case])
    shell = {
        "case": case,
        "names": case_reading.names(case.provider),
        "newest": submissions[-1],
        "tabs": _tabs(request, case, submissions[-1].content),
        "list_url": list_url(request, case),
        "back": back(request),
        "may_act": can_work_on_cases(request.user),
    }
    return render(request, template, shell | context, status=status)


def back(request):
    """The local path of the list one came from, or "" where the request names no such list."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    if not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return ""
    parts = urlsplit(asked)
    try:
        is_list = resolve(parts.path).view_name == "cases:queue"
    except Resolver404:
        return ""
    return asked if is_list else ""


def list_url(request, case):
    """The list one came from, at this case's row, in the language of the page."""
    asked = CaseList.from_query(QueryDict(urlsplit(back(request)).query))
    query = asked.query(page=asked.page)
    return reverse("cases:queue") + (f"?{query}" if query else "") + f"#case-{case.uuid}"


def case_url(request, name, case):
    """A page of this case that still knows the list one came from."""
    origin = back(request)
    return reverse(name, args=[case.uuid]) + (f"?{urlencode({'back': origin})}" if origin else "")


def _tabs(request, case, content):
    counts = {"cases:projects": len(content["projects"]), "cases:documents": len(content["files"])}
    counts |= _counts(case)
    here = OWNERS.get(request.resolver_match.view_name, request.resolver_match.view_name)
    return [
        {"name": name, "label": label, "count": counts.get(name), "current": here == name}
        for name, label in TABS.items()
    ]


def _counts(case):
    """What the tabs count, in one query."""
    found = Application.objects.annotate(
        lines=_number_of(CheckItem.objects),
        checked=_number_of(CheckItem.objects.exclude(state=CheckItem.State.OPEN)),
        noted=_number_of(InternalNote.objects),
        visited=_number_of(SiteVisit.objects),
        asked=_number_of(ClarificationRequest.objects),
        threads_begun=_number_of(Thread.objects),
    )
    names = ("lines", "checked", "noted", "visited", "asked", "threads_begun")
    counts = found.values(*names).get(pk=case.pk)
    return {
        "cases:checklist": f"{counts['checked']}/{counts['lines']}" if counts["lines"] else None,
        "cases:clarifications": counts["asked"],
        "cases:threads": counts["threads_begun"],
        "cases:notes": counts["noted"],
        "cases:visits": counts["visited"],
    }


def _number_of(rows):
    own = rows.filter(application=OuterRef("pk")).order_by().values("application")
    counted = own.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)

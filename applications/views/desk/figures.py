"""Figures for officers: charts beside their tables, the same as CSV, and the targets behind them."""

import csv

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import rounds
from applications.clarifications.target_forms import TargetsForm
from applications.desk import figures, targets
from applications.desk.cases import rounds_with_cases
from applications.permissions import OFFICE_READERS, can_work_on_cases
from applications.views.desk.case_page import posted
from portal.accounts.models import Role
from portal.accounts.permissions import require_role
from portal.texts import localized


@require_safe
@require_role(*OFFICE_READERS)
def index(request):
    chosen, all_rounds = _round(request)
    found = figures.figures(request.user, now=rounds.database_now(), round=chosen)
    query = f"?round={chosen.uuid}" if chosen else ""
    context = {
        "charts": [
            {"chart": chart, "csv_url": reverse("figures:csv", args=[chart.code]) + query}
            for chart in found.charts
        ],
        "rounds": [(str(each.uuid), str(localized(each, "name"))) for each in all_rounds],
        "chosen": str(chosen.uuid) if chosen else "",
        "may_set": can_work_on_cases(request.user),
    }
    return render(request, "applications/office/figures.html", context)


@require_safe
@require_role(*OFFICE_READERS)
def as_csv(request, code):
    chosen, _rounds = _round(request)
    chart = figures.figures(request.user, now=rounds.database_now(), round=chosen).of(code)
    if chart is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{code}.csv"'
    response["Cache-Control"] = "no-store"
    # Excel takes a file for UTF-8 only with this mark.
    response.write("\ufeff")
    csv.writer(response).writerows([chart.heads, *chart.rows])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.OFFICER)
def change_targets(request):
    form = TargetsForm(posted(request), days=targets.days())
    if request.method == "POST" and form.is_valid():
        changed = targets.change(form.wanted, officer=request.user)
        messages.success(request, _("The targets are saved.") if changed else _("Nothing was changed."))
        return redirect("figures:index")
    status = 422 if form.is_bound else 200
    return render(request, "applications/office/targets.html", {"form": form}, status=status)


def _round(request):
    """The round asked for by `?round=`, and all of them, newest first; one that is not there is 404."""
    all_rounds = list(rounds_with_cases())
    asked = request.GET.get("round", "")
    if not asked:
        return None, all_rounds
    for each in all_rounds:
        if str(each.uuid) == asked:
            return each, all_rounds
    raise Http404

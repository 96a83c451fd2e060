"""Giving many cases to an officer: tick, read what will happen, press, read what became of each."""

from uuid import UUID

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications import rounds
from applications.desk import assignment, cases, targets
from applications.desk.assignment import Choice
from applications.desk.case_forms import OfficerForManyForm
from applications.desk.cases import CaseList
from applications.models import ENDED
from applications.permissions import OFFICE_READERS, cases_to_work_on
from portal.accounts.permissions import require_role

# One press holds a web process for as long as it takes; a hundred cases take about a second.
MOST = 300


@require_POST
@require_role(*OFFICE_READERS)
def ask(request):
    """Say which cases were chosen and ask for the officer. Nothing is changed yet."""
    workable = cases_to_work_on(request.user)
    asked = _list(request)
    if "all" in request.POST:
        workable = _matching(request.user, asked)
    else:
        workable = workable.filter(uuid__in=[choice.case for choice in _choices(request)])
    going_on = workable.exclude(status__in=ENDED)
    rows = list(going_on.select_related("provider", "assignee")[: MOST + 1])
    ended = workable.filter(status__in=ENDED).count()
    if ended and not rows:
        messages.error(request, _ended(ended))
        return redirect(asked.listing.url(page=asked.page))
    if not rows:
        messages.error(request, _("Tick at least one case first."))
        return redirect(asked.listing.url(page=asked.page))
    if len(rows) > MOST:
        sentence = _("At most %(count)d cases can be given at once. Filter the list first.")
        messages.error(request, sentence % {"count": MOST})
        return redirect(asked.listing.url(page=asked.page))
    # Most take cases themselves; "nobody" must be a choice, not what a quick press does.
    form = OfficerForManyForm(initial={"officer": request.user})
    return _ask(request, asked, rows, form, left_out=_ended(ended) if ended else "")


@require_POST
@require_role(*OFFICE_READERS)
def assign(request):
    workable, asked, choices = cases_to_work_on(request.user), _list(request), _choices(request)
    choices = choices[:MOST]
    form = OfficerForManyForm(request.POST)
    if not form.is_valid():
        uuids = [choice.case for choice in choices]
        rows = workable.filter(uuid__in=uuids).select_related("provider", "assignee")
        return _ask(request, asked, list(rows), form, status=422)
    to = form.cleaned_data["officer"]
    outcomes = assignment.hand_over_many(choices, to, actor=request.user)
    done = [each for each in outcomes if each.is_done]
    return render(
        request,
        "applications/office/assigned.html",
        {
            "officer": to,
            "done": done,
            "skipped": [each for each in outcomes if not each.is_done],
            "list_url": asked.listing.url(page=asked.page),
        },
    )


def _ended(count):
    sentence = ngettext(
        "%(count)d case has ended and is given to nobody.",
        "%(count)d cases have ended and are given to nobody.",
        count,
    )
    return sentence % {"count": count}


def _ask(request, asked, rows, form, *, left_out="", status=200):
    sentence = ngettext(
        "%(count)d case will be given to another officer.",
        "%(count)d cases will be given to another officer.",
        len(rows),
    )
    context = {
        "form": form,
        "rows": rows,
        "scope": sentence % {"count": len(rows)},
        "left_out": left_out,
        "query": asked.query(page=asked.page),
        "list_url": asked.listing.url(page=asked.page),
    }
    return render(request, "applications/office/assign.html", context, status=status)


def _list(request):
    return CaseList.from_query(QueryDict(request.POST.get("query", "")))


def _matching(user, asked):
    known = {
        "rounds": {each.uuid for each in cases.rounds_with_drafts()},
        "officers": {each.uuid for each in cases.officers_by_name()},
    }
    late = targets.overdue(targets.days(), now=rounds.database_now())
    return asked.rows(user=user, late=late, **known)


def _choices(request):
    """`case:who had it` of every ticked row; what is no such pair was made by no page of ours."""
    choices = []
    for value in dict.fromkeys(request.POST.getlist("case")):
        case, _colon, seen = value.partition(":")
        try:
            choices.append(Choice(UUID(case), UUID(seen) if seen else None))
        except ValueError:
            continue
    return choices

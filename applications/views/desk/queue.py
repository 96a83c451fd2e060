"""The officers' list of cases. What it shows is asked for by its address alone (applications/cases.py)."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from applications import rounds
from applications.desk import cases, saved_filters, targets
from applications.desk.cases import ACTIVE, ANY, ME, NOBODY, OVERDUE, PRESETS, CaseList
from applications.permissions import OFFICE_READERS, can_work_on_cases
from portal.accounts.permissions import require_role
from portal.texts import localized

HEADS = {
    "company": _("Company"),
    "reference": _("Reference"),
    "submitted": pgettext_lazy("column", "Submitted"),
    "status": _("Status"),
}
SORT_NAMES = {
    "submitted": _("Submitted, oldest first"),
    "-submitted": _("Submitted, newest first"),
    "changed": _("Last change, oldest first"),
    "-changed": _("Last change, newest first"),
    "company": _("Company, A to Z"),
    "-company": _("Company, Z to A"),
    "reference": _("Reference, rising"),
    "-reference": _("Reference, falling"),
    "status": _("Status, first step first"),
    "-status": _("Status, last step first"),
}
FILTER_NAMES = {
    "q": _("Search"),
    "status": _("Status"),
    "round": _("Round"),
    "officer": _("Officer"),
    "due": _("Time"),
}
OFFICER_CHOICES = {ANY: _("Anyone"), ME: _("Me"), NOBODY: _("Nobody yet")}
DUE_CHOICES = {ANY: _("In time or overdue"), OVERDUE: _("Overdue")}
PRESET_NAMES = {
    "all": pgettext_lazy("list of cases", "All"),
    "mine": pgettext_lazy("list of cases", "Mine"),
    "free": pgettext_lazy("list of cases", "With nobody"),
    "overdue": pgettext_lazy("list of cases", "Overdue"),
}


@require_safe
@require_role(*OFFICE_READERS)
def queue(request):
    return show_queue(request, CaseList.from_query(request.GET))


def show_queue(request, asked, *, filter_error="", filter_name="", status=200):
    """The list that `asked` describes; `filter_error` is why a filter was not saved under `filter_name`."""
    all_rounds, officers = cases.rounds_with_drafts(), list(cases.officers_by_name())
    known = {"rounds": {each.uuid for each in all_rounds}, "officers": {each.uuid for each in officers}}
    days = targets.days()
    now = rounds.database_now()
    late = targets.overdue(days, now=now)
    page = cases.page_of(asked.rows(user=request.user, late=late, **known), asked.page)
    for case in page.object_list:
        case.due_at = targets.due_at(case, days)
        case.is_overdue = case.due_at is not None and case.due_at < now
    choices = _choices(all_rounds, officers)
    context = {
        "asked": asked,
        "longest_search": cases.LONGEST_SEARCH,
        "selects": _selects(asked, choices),
        "drafts": [each for each in all_rounds if each.drafts],
        "page": page,
        "columns": _columns(asked),
        "caption": SORT_NAMES[asked.known_sort],
        "chips": _chips(asked, choices),
        "clear_url": CaseList().listing.url(),
        "notes": _notes(asked, asked.unknown(**known)),
        "presets": _presets(asked, cases.preset_counts(request.user, late)),
        "saved": saved_filters.of(request.user),
        "filter_error": filter_error,
        "filter_name": filter_name,
        "longest_name": saved_filters.LONGEST_NAME,
        "error_title": bool(filter_error),
        "extra_errors": [("filter-name", filter_error)] if filter_error else [],
        "may_assign": can_work_on_cases(request.user),
        "page_query": asked.query(page=asked.page),
        "back": asked.listing.url(page=asked.page),
    }
    return render(request, "applications/office/queue.html", context, status=status)


def _presets(asked, counts):
    """The usual lists as tabs; the one whose filters are in force, and no others, is the current one."""
    here = {name: getattr(asked, name) for name in cases.FILTERS}
    return [
        {
            "label": PRESET_NAMES[name],
            "url": preset.listing.url(),
            "count": counts[name],
            "current": here == {each: getattr(preset, each) for each in cases.FILTERS},
        }
        for name, preset in PRESETS.items()
    ]


def _choices(rounds, officers):
    """Value and label of everything each filter offers."""
    return {
        "status": {
            ANY: _("Any status"),
            ACTIVE: _("Before assessment"),
            **{status.value: status.label for status in cases.STATUSES},
        },
        "round": {ANY: _("Any round"), **{str(each.uuid): str(localized(each, "name")) for each in rounds}},
        "officer": {**OFFICER_CHOICES, **{str(each.uuid): str(each) for each in officers}},
        "due": DUE_CHOICES,
    }


def _selects(asked, choices):
    selects = [
        {
            "name": name,
            "label": FILTER_NAMES[name],
            "options": offered.items(),
            "chosen": getattr(asked, name),
        }
        for name, offered in choices.items()
    ]
    sorting = {"name": "sort", "label": _("Sort by"), "options": SORT_NAMES.items()}
    return [*selects, {**sorting, "chosen": asked.known_sort}]


def _columns(asked):
    """Heads of the table: a press on the current one turns the order round."""
    current = asked.known_sort
    columns = []
    for name, label in HEADS.items():
        is_rising = current == name
        columns.append(
            {
                "label": label,
                "href": asked.listing.url(sort=f"-{name}" if is_rising else name),
                "direction": {name: "ascending", f"-{name}": "descending"}.get(current, ""),
            }
        )
    return [*columns, {"label": FILTER_NAMES["officer"], "href": "", "direction": ""}]


def _chips(asked, choices):
    """One removable chip for each filter in force, also for one whose value nobody knows."""
    chips = []
    for name in asked.active():
        value = getattr(asked, name)
        label = _("%(filter)s: %(value)s") % {
            "filter": FILTER_NAMES[name],
            "value": choices.get(name, {}).get(value, value),
        }
        chips.append(asked.listing.chip(name, label))
    return chips


def _notes(asked, unknown):
    notes = [_note(name, getattr(asked, name)) for name in unknown]
    if asked.sort != asked.known_sort:
        notes.append(
            _("The list cannot be sorted by “%(value)s”. It is sorted by the date of submission.")
            % {"value": asked.sort}
        )
    return notes


def _note(name, value):
    if name == "q":
        return _("The search is longer than %(count)d characters, so no case is shown. Shorten it.") % {
            "count": cases.LONGEST_SEARCH
        }
    sentence = (
        _("“%(value)s” is not a choice of the filter “%(filter)s”, so no case is shown.")
        if value
        else _("The filter “%(filter)s” is empty, so no case is shown.")
    )
    return sentence % {"filter": FILTER_NAMES[name], "value": value}

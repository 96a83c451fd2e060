"""The officers' list of cases. What it shows is asked for by its address alone (applications/cases.py)."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from applications import cases
from applications.cases import ANY, ME, NOBODY, CaseList
from applications.permissions import OFFICE_READERS
from portal.accounts.permissions import require_role
from portal.texts import localized

HEADS = {
    "company": _("Company"),
    "reference": _("Reference"),
    "submitted": pgettext_lazy("column", "Submitted"),
    "changed": _("Last change"),
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
}
OFFICER_CHOICES = {ANY: _("Anyone"), ME: _("Me"), NOBODY: _("Nobody yet")}


@require_safe
@require_role(*OFFICE_READERS)
def queue(request):
    asked = CaseList.from_query(request.GET)
    rounds, officers = cases.rounds_with_drafts(), list(cases.officers_by_name())
    known = {"rounds": {each.uuid for each in rounds}, "officers": {each.uuid for each in officers}}
    page = cases.page_of(asked.rows(user=request.user, **known), asked.page)
    choices = _choices(rounds, officers)
    return render(
        request,
        "applications/office/queue.html",
        {
            "search": asked.q,
            "longest_search": cases.LONGEST_SEARCH,
            "selects": _selects(asked, choices),
            "drafts": [each for each in rounds if each.drafts],
            "page": page,
            "pages": _pages(asked, page),
            "columns": _columns(asked),
            "caption": SORT_NAMES[asked.known_sort],
            "chips": _chips(asked, choices),
            "notes": _notes(asked, asked.unknown(**known)),
            "back": request.get_full_path(),
        },
    )


def _address(asked, **changes):
    query = asked.query(**changes)
    return reverse("cases:queue") + (f"?{query}" if query else "")


def _choices(rounds, officers):
    """Value and label of everything each filter offers."""
    return {
        "status": {ANY: _("Any status"), **{status.value: status.label for status in cases.STATUSES}},
        "round": {ANY: _("Any round"), **{str(each.uuid): str(localized(each, "name")) for each in rounds}},
        "officer": {**OFFICER_CHOICES, **{str(each.uuid): str(each) for each in officers}},
    }


def _selects(asked, choices):
    offered = [(name, FILTER_NAMES[name], choices[name]) for name in ("status", "round", "officer")]
    offered.append(("sort", _("Sort by"), SORT_NAMES))
    chosen = {
        "status": asked.status,
        "round": asked.round,
        "officer": asked.officer,
        "sort": asked.known_sort,
    }
    return [
        {"name": name, "label": label, "options": options.items(), "chosen": chosen[name]}
        for name, label, options in offered
    ]


def _pages(asked, page):
    """Numbers with their addresses; an address of "" is a gap between them."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [
        {"number": number, "href": _address(asked, page=str(number)) if isinstance(number, int) else ""}
        for number in numbers
    ]


def _columns(asked):
    """Heads of the table: a press on the current one turns the order round."""
    current = asked.known_sort
    columns = []
    for name, label in HEADS.items():
        is_rising = current == name
        columns.append(
            {
                "label": label,
                "href": _address(asked, sort=f"-{name}" if is_rising else name),
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
        chips.append({"label": label, "href": _address(asked, **{name: cases.DEFAULTS[name]})})
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

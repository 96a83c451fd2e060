"""The checklist of a case as one form: a verdict and a note for each line, saved together."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from applications.desk import case_checks, checklist
from applications.desk.case_forms import CheckForm
from applications.errors import ApplicationError
from applications.permissions import OFFICE_READERS, can_work_on_cases, get_case, get_for_verification
from applications.views.desk.case_page import case_url, show, submissions_of
from portal.accounts.permissions import require_role


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def check(request, uuid):
    if request.method == "POST":
        return _save(request, get_for_verification(request.user, uuid))
    case = get_case(request.user, uuid)
    return _page(request, case, [CheckForm(each) for each in case_checks.checklist(case)])


def _save(request, case):
    checks = case_checks.checklist(case)
    # A line that the page did not have is left alone.
    forms = [
        CheckForm(each, request.POST if CheckForm.is_in(request.POST, each) else None) for each in checks
    ]
    answered = [form for form in forms if form.is_bound]
    if not all(form.is_valid() for form in answered):
        return _page(request, case, forms, status=422)
    try:
        outcome = checklist.save(case, [form.verdict for form in answered], officer=request.user)
    except ApplicationError as refusal:
        return _page(request, case, forms, refusal=str(refusal), status=409)
    if outcome.conflicts:
        return _conflict(request, case, request.POST, outcome)
    messages.success(request, _saved(len(outcome.saved)))
    return redirect(case_url(request, "cases:checklist", case))


def _saved(count):
    if not count:
        return _("Nothing was changed.")
    return ngettext("%(count)d line was saved.", "%(count)d lines were saved.", count) % {"count": count}


def _conflict(request, case, data, outcome):
    """What was saved is shown as saved; the other lines keep what was typed beside what a colleague saved."""
    theirs = {item.uuid for item in outcome.conflicts}
    forms = []
    for each in case_checks.checklist(case):
        form = CheckForm(each, data if each.item.uuid in theirs else None)
        if each.item.uuid in theirs:
            form.is_stale = True
            form.show_as_newest()
        forms.append(form)
    refusal = ngettext(
        "A colleague changed %(count)d line after you opened this page. Both texts stand below.",
        "A colleague changed %(count)d lines after you opened this page. Both texts stand below.",
        len(theirs),
    ) % {"count": len(theirs)}
    if outcome.saved:
        refusal += " " + _saved(len(outcome.saved))
    return _page(request, case, forms, refusal=refusal, status=409)


def _page(request, case, forms, *, refusal="", status=200):
    errors = [item for form in forms if form.is_bound for item in form.error_items]
    return show(
        request,
        "applications/office/checklist.html",
        case,
        submissions_of(case),
        forms=forms,
        checks=[form.check for form in forms],
        progress=checklist.progress(form.check.item for form in forms),
        # What was typed is shown in its form even where it came too late.
        is_form=any(form.is_bound for form in forms)
        or (case.status in checklist.CHECKED_IN and can_work_on_cases(request.user)),
        can_go_on=case.status == case.Status.IN_VERIFICATION and can_work_on_cases(request.user),
        extra_errors=errors or [("", refusal)] if errors or refusal else [],
        error_title=bool(errors or refusal),
        status=status,
    )

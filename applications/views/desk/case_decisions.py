"""The ends of a verification: to assessment, back from it, or ineligible. Each asks on a page of its own."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import workflow
from applications.desk import case_checks, case_mail, checklist
from applications.desk.case_forms import ReasonForm
from applications.errors import ApplicationError
from applications.models import Status
from applications.permissions import OFFICE_READERS, get_for_verification
from applications.views.desk.case_page import case_url, posted, show, submissions_of
from portal.accounts.permissions import require_role

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def assessment(request, uuid):
    """Send the case on; where the checklist is not settled, only with a reason."""
    case = get_for_verification(request.user, uuid)
    if request.method != "POST" and case.status != Status.IN_VERIFICATION:
        return _not_now(request, case, Status.IN_ASSESSMENT)
    checks = case_checks.checklist(case)
    left = [each for each in checks if each.item.state not in checklist.SETTLED]
    form = ReasonForm(
        posted(request),
        label=_("Why does it go to assessment all the same?"),
        hint=_("Kept as an internal note. The company does not see it."),
        required=bool(left),
    )
    answer = _act(
        request,
        case,
        form,
        lambda reason: workflow.send_to_assessment(case, officer=request.user, reason=reason),
        _("The case is with the assessors now. The company sees “Being assessed”; no mail is sent."),
    )
    return answer or _ask(
        request, "applications/office/assessment.html", case, form, left=left, total=len(checks)
    )


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def back_to_verification(request, uuid):
    case = get_for_verification(request.user, uuid)
    if request.method != "POST" and case.status != Status.IN_ASSESSMENT:
        return _not_now(request, case, Status.IN_VERIFICATION)
    form = ReasonForm(
        posted(request),
        label=_("Why is it checked again?"),
        hint=_("Kept as an internal note. The company does not see it."),
    )
    answer = _act(
        request,
        case,
        form,
        lambda reason: workflow.return_to_verification(case, officer=request.user, reason=reason),
        _("The case is in verification again. The company sees “Being checked”; no mail is sent."),
    )
    return answer or _ask(request, "applications/office/back_to_verification.html", case, form)


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def ineligible(request, uuid):
    """First the reason, then the very letter, then the press that ends the case."""
    case = get_for_verification(request.user, uuid)
    if request.method != "POST" and case.status != Status.IN_VERIFICATION:
        return _not_now(request, case, Status.INELIGIBLE)
    form = ReasonForm(
        posted(request),
        label=_("Which condition is not met, and why?"),
        hint=_("The company reads this in the mail, word for word. Write it in the company's language."),
    )
    if "change" in request.POST:
        return _ask(request, "applications/office/ineligible.html", case, form)
    if request.method == "POST" and "confirmed" not in request.POST and form.is_valid():
        letter = case_mail.preview(case, "ineligible", message=form.cleaned_data["reason"])
        return _ask(request, "applications/office/ineligible_confirm.html", case, form, letter=letter)
    answer = _act(
        request,
        case,
        form,
        lambda reason: workflow.find_ineligible(case, officer=request.user, reason=reason),
        _("The case is closed as ineligible. The company is told by email."),
    )
    return answer or _ask(request, "applications/office/ineligible.html", case, form)


def _act(request, case, form, verb, sentence):
    """Do it where the form is good; None where the page must ask (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        verb(form.cleaned_data["reason"])
    except ApplicationError as refusal:
        form.add_error(None, str(refusal))
        form.refused = True
        return None
    messages.success(request, sentence)
    return redirect(case_url(request, "cases:overview", case))


def _ask(request, template, case, form, **context):
    status = 200
    if form.is_bound and form.errors:
        status = 409 if getattr(form, "refused", False) else 422
    return show(request, template, case, submissions_of(case), form=form, status=status, **context)


def _not_now(request, case, wanted):
    messages.error(request, str(workflow.SENTENCES[wanted]))
    return redirect(case_url(request, "cases:overview", case))

"""What officers do with a case. Every act has its own address, acts by POST only and may be pressed twice."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications import workflow
from applications.desk import assignment, case_mail
from applications.desk.case_forms import OfficerForm
from applications.errors import ApplicationError
from applications.models import Status
from applications.permissions import OFFICE_READERS, get_for_verification
from applications.views.desk.case_page import case_url, show, submissions_of
from portal.accounts.permissions import require_role


@require_POST
@require_role(*OFFICE_READERS)
def take(request, uuid):
    case = get_for_verification(request.user, uuid)
    try:
        assignment.take(case, officer=request.user)
    except ApplicationError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have this case now."))
    return _to_overview(request, case)


@require_safe
@require_role(*OFFICE_READERS)
def officer(request, uuid):
    """Ask who should have the case."""
    case = get_for_verification(request.user, uuid)
    if case.has_ended:
        messages.error(request, str(workflow.ENDED_CASE))
        return _to_overview(request, case)
    now = case.assignee and case.assignee.uuid
    return _ask_officer(request, case, OfficerForm(initial={"officer": now, "seen": now}))


@require_POST
@require_role(*OFFICE_READERS)
def hand_over(request, uuid):
    case = get_for_verification(request.user, uuid)
    form = OfficerForm(request.POST)
    if not form.is_valid():
        return _ask_officer(request, case, form, status=422)
    to, seen = form.cleaned_data["officer"], form.cleaned_data["seen"]
    try:
        assignment.hand_over(case, to, seen=seen, actor=request.user)
    except ApplicationError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _handed_over(to))
    return _to_overview(request, case)


@require_safe
@require_role(*OFFICE_READERS)
def start(request, uuid):
    """Say what starting the verification does, and what the company will be told."""
    case = get_for_verification(request.user, uuid)
    if case.status != Status.SUBMITTED:
        messages.error(request, str(workflow.SENTENCES[Status.IN_VERIFICATION]))
        return _to_overview(request, case)
    letter = case_mail.preview(case, "being_checked")
    return show(request, "applications/office/start.html", case, submissions_of(case), letter=letter)


@require_POST
@require_role(*OFFICE_READERS)
def start_verification(request, uuid):
    case = get_for_verification(request.user, uuid)
    try:
        workflow.start_verification(case, officer=request.user)
    except ApplicationError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Verification has begun. The company is told by email."))
    return _to_overview(request, case)


def _ask_officer(request, case, form, status=200):
    return show(
        request, "applications/office/officer.html", case, submissions_of(case), form=form, status=status
    )


def _handed_over(to):
    if to is None:
        return _("The case was given back. Nobody has it now.")
    return _("%(officer)s has this case now.") % {"officer": to}


def _to_overview(request, case):
    """Back to the case; to the list if the company has taken it back, which makes it a draft again."""
    case.refresh_from_db(fields=["status"])
    return redirect("cases:queue" if case.is_draft else case_url(request, "cases:overview", case))

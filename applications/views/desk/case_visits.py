"""Site visits of a case: the list, planning, reporting, cancelling. The company is told nothing by itself."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.desk import visits
from applications.desk.visit_forms import CancelForm, PlanForm, ReportForm
from applications.errors import ApplicationError, StaleVersion
from applications.models import SiteVisit
from applications.permissions import OFFICE_READERS, get_case, get_for_verification, get_visit
from applications.views.desk.case_page import case_url, posted, show, submissions_of
from portal.accounts.permissions import require_role

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@require_role(*OFFICE_READERS)
def index(request, uuid):
    return listing(request, get_case(request.user, uuid))


def listing(request, case, *, refusals=None, status=200):
    """All visits with their photos; `refusals` are sentences for a visit's upload form, by its uuid."""
    rows = list(case.visits.select_related("changed_by"))
    photos = visits.photos_of(rows)
    refusals = refusals or {}
    for visit in rows:
        visit.photos = photos[visit.uuid]
        visit.code = str(visit.uuid)
        visit.refusals = refusals.get(visit.uuid, [])
        visit.has_room = visit.state != SiteVisit.State.CANCELLED and (
            len(visit.photos) < visits.PHOTOS.max_count
        )
    return show(
        request,
        "applications/office/visits.html",
        case,
        submissions_of(case),
        visits=rows,
        policy=visits.PHOTOS,
        may_visit=case.status in visits.VISITED_IN,
        extra_errors=[(f"photos-{uuid}", sentence) for uuid, said in refusals.items() for sentence in said],
        error_title=bool(refusals),
        status=status,
    )


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def plan(request, uuid):
    case = get_for_verification(request.user, uuid)
    form = PlanForm(posted(request), initial={"key": uuid4()})
    return _answer(
        request,
        case,
        form,
        lambda: visits.plan(case, form.plan, officer=request.user, key=form.cleaned_data["key"]),
        _("The visit is planned. The company is not told: write or telephone to agree on it."),
        title=_("Plan a visit"),
    )


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def change(request, uuid, visit_uuid):
    case, visit = get_visit(request.user, uuid, visit_uuid)
    form = PlanForm(posted(request), initial=PlanForm.initial_of(visit))
    return _answer(
        request,
        case,
        form,
        lambda: visits.change_plan(visit, form.plan, base_version=form.base_version, officer=request.user),
        _("The visit was changed. The company is not told by the portal."),
        title=_("Change the visit"),
        visit=visit,
    )


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def report(request, uuid, visit_uuid):
    case, visit = get_visit(request.user, uuid, visit_uuid)
    form = ReportForm(posted(request), initial=ReportForm.initial_of(visit))
    return _answer(
        request,
        case,
        form,
        lambda: visits.report(visit, form.report, base_version=form.base_version, officer=request.user),
        _("The findings are saved."),
        title=_("What was found"),
        visit=visit,
    )


@require_http_methods(METHODS)
@require_role(*OFFICE_READERS)
def cancel(request, uuid, visit_uuid):
    case, visit = get_visit(request.user, uuid, visit_uuid)
    form = CancelForm(posted(request), initial={"version": visit.version})
    return _answer(
        request,
        case,
        form,
        lambda: visits.cancel(
            visit,
            form.cleaned_data["reason"],
            base_version=form.base_version,
            officer=request.user,
        ),
        _("The visit is cancelled. The company is not told: tell it yourself."),
        title=_("Cancel the visit"),
        visit=visit,
        to_cancel=visit,
    )


def _answer(request, case, form, act, sentence, *, title, visit=None, to_cancel=None):
    """Show the form, or do what it asks and go back to the list; nothing typed is lost on a refusal."""
    status, theirs = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except StaleVersion as refusal:
                status, theirs = 409, refusal.current
                form.data = form.data.copy()
                form.data["version"] = theirs.version
                form.add_error(None, str(refusal))
            except ApplicationError as refusal:
                status = 409
                form.add_error(None, str(refusal))
            else:
                messages.success(request, sentence)
                return redirect(case_url(request, "cases:visits", case))
    return show(
        request,
        "applications/office/visit_form.html",
        case,
        submissions_of(case),
        form=form,
        title=title,
        visit=visit,
        to_cancel=to_cancel,
        theirs=theirs,
        status=status,
    )

"""Photos of site visits: into the private store, out of it through the guards of the case, and away again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.desk import visits
from applications.errors import ApplicationError
from applications.permissions import (
    OFFICE_READERS,
    get_for_verification,
    get_visit,
    get_visit_photo,
)
from applications.views.desk.case_page import case_url, show, submissions_of
from applications.views.desk.case_visits import listing
from portal.accounts.permissions import require_role
from portal.files import delivery
from portal.files.refusals import Refused


@require_POST
@require_role(*OFFICE_READERS)
def upload(request, uuid, visit_uuid):
    """Take the chosen photos one by one: a bad one is named, the good ones stay."""
    case, visit = get_visit(request.user, uuid, visit_uuid)
    refused, count = [], 0
    for chosen in request.FILES.getlist("photos") or [None]:
        try:
            visits.add_photo(
                visit,
                chosen,
                officer=request.user,
                description=request.POST.get("description", ""),
            )
            count += 1
        except Refused as refusal:
            refused.append(refusal.message)
        except ApplicationError as refusal:
            refused.append(str(refusal))
            break
    if count:
        sentence = ngettext("%(count)d photo was uploaded.", "%(count)d photos were uploaded.", count)
        messages.success(request, sentence % {"count": count})
    if refused:
        return listing(request, case, refusals={visit.uuid: refused}, status=422)
    return _to_visit(request, case, visit)


@require_safe
@require_role(*OFFICE_READERS)
def photo(request, uuid, visit_uuid, file_uuid):
    """The original, as a download."""
    _case, _visit, stored = get_visit_photo(request.user, uuid, visit_uuid, file_uuid)
    return delivery.respond(stored, request)


@require_safe
@require_role(*OFFICE_READERS)
def picture(request, uuid, visit_uuid, file_uuid):
    _case, _visit, stored = get_visit_photo(request.user, uuid, visit_uuid, file_uuid)
    preview = stored.previews.select_related("file").order_by("page").first()
    if preview is None:
        raise Http404
    return delivery.respond_preview(preview, request)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*OFFICE_READERS)
def remove(request, uuid, visit_uuid, file_uuid):
    get_for_verification(request.user, uuid)
    case, visit, stored = get_visit_photo(request.user, uuid, visit_uuid, file_uuid)
    if request.method != "POST":
        return show(
            request,
            "applications/office/photo_remove.html",
            case,
            submissions_of(case),
            visit=visit,
            stored=stored,
        )
    try:
        visits.remove_photo(visit, stored, officer=request.user)
    except ApplicationError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The photo was removed."))
    return _to_visit(request, case, visit)


def _to_visit(request, case, visit):
    return redirect(f"{case_url(request, 'cases:visits', case)}#visit-{visit.uuid}")

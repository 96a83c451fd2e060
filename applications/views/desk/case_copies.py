"""Taking a case along: a ZIP of everything, sent at once, and a PDF that the worker makes."""

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications import rounds
from applications.desk import case_archive, case_copies
from applications.models import CaseCopy
from applications.permissions import OFFICE_READERS, get_case, get_case_copy
from applications.views.desk.case_page import case_url, show, submissions_of
from portal import limits, pdf
from portal.accounts.permissions import require_role
from portal.files import delivery

ORDERS_AN_HOUR = 60


@require_safe
@require_role(*OFFICE_READERS)
def copies(request, uuid):
    case = get_case(request.user, uuid)
    own = case.case_copies.filter(
        ordered_by=request.user, expires_at__gt=rounds.database_now()
    ).select_related("file")
    return show(
        request,
        "applications/office/copies.html",
        case,
        submissions_of(case),
        copies=own,
        is_being_made=any(each.state == CaseCopy.State.ORDERED for each in own),
        can_make=pdf.is_expected(),
        kept_days=case_copies.KEPT_FOR.days,
    )


@require_safe
@require_role(*OFFICE_READERS)
def archive(request, uuid):
    case = get_case(request.user, uuid)
    submissions = submissions_of(case)
    for each in submissions:
        each.application = case
    content = case_archive.stream(
        case,
        submissions,
        reader=request.user,
        language=request.LANGUAGE_CODE,
        with_internal=request.GET.get("without") != "internal",
    )
    response = StreamingHttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{case.reference}.zip")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@require_role(*OFFICE_READERS)
def order(request, uuid):
    case = get_case(request.user, uuid)
    if limits.hit("case-copy", str(request.user.pk), limit=ORDERS_AN_HOUR, window=3600):
        messages.error(request, _("You have ordered many copies. Wait an hour, then go on."))
    else:
        case_copies.order(
            case,
            reader=request.user,
            language=request.LANGUAGE_CODE,
            with_notes="with_notes" in request.POST,
        )
        messages.success(request, _("The PDF is being made. It usually takes less than a minute."))
    return redirect(case_url(request, "cases:copies", case))


@require_safe
@require_role(*OFFICE_READERS)
def copy(request, uuid, copy_uuid):
    case, made = get_case_copy(request.user, uuid, copy_uuid)
    if made.file is None:
        return redirect(reverse("cases:copies", args=[case.uuid]))
    return delivery.respond(made.file, request)

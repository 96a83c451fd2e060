"""The list of a venue to be signed on paper: as a page to print, and as a PDF that the worker makes."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import limits, pdf
from portal.accounts.permissions import require_role
from portal.files import delivery
from seminars import permissions
from seminars.models import AttendanceSheet
from seminars.papers import sheets

ORDERS_AN_HOUR = 30


@require_safe
@require_role(*permissions.ACTORS)
def sheet(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    made = list(sheets.of(option, reader=request.user))
    context = {
        "seminar": option.seminar,
        "option": option,
        "people": sheets.people_of(option),
        "spare_lines": range(sheets.SPARE_LINES),
        "sheets": made,
        "is_being_made": any(each.state == AttendanceSheet.State.ORDERED for each in made),
        "can_make": pdf.is_expected(),
        "kept_days": sheets.KEPT_FOR.days,
    }
    return render(request, "seminars/office/sheet.html", context)


@require_POST
@require_role(*permissions.ACTORS)
def order(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    if limits.hit("attendance-sheet", str(request.user.pk), limit=ORDERS_AN_HOUR, window=3600):
        messages.error(request, _("You have ordered many sheets. Wait an hour, then go on."))
    else:
        sheets.order(option, reader=request.user, language=request.LANGUAGE_CODE)
        messages.success(request, _("The PDF is being made. It usually takes less than a minute."))
    return redirect("office_seminars:sheet", uuid=uuid, option_uuid=option_uuid)


@require_safe
@require_role(*permissions.ACTORS)
def sheet_file(request, uuid, option_uuid, sheet_uuid):
    made = permissions.get_sheet(request.user, uuid, option_uuid, sheet_uuid)
    if made.file is None:
        return redirect("office_seminars:sheet", uuid=uuid, option_uuid=option_uuid)
    return delivery.respond(made.file, request)

"""Project records from a spreadsheet: template, upload, preview, and the one press that adds them."""

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import rounds
from applications.drafts import project_imports, project_sheets, projects
from applications.errors import ApplicationError
from applications.permissions import get_for_editing, get_for_viewing, get_project_import
from applications.submissions import contents
from applications.views.projects import common
from applications.views.shell import for_applicants, is_editable, not_editable
from portal import limits, spreadsheets
from portal.files import tables
from portal.files.names import clean_name
from portal.files.refusals import Refused

UPLOADS_AN_HOUR = 60


@for_applicants
@require_safe
def template(request, uuid, kind):
    """The headings alone, in the language of the page."""
    get_for_editing(request.user, uuid)
    return _table(kind, [], _("project-records-template"))


@for_applicants
@require_safe
def export(request, uuid, kind):
    """The records of the draft, in the shape of the template."""
    application, _membership = get_for_viewing(request.user, uuid)
    entries = [each.entered for each in application.projects.all()]
    return _table(kind, entries, f"{application.provider}-{timezone.localdate():%Y%m%d}")


def _table(kind, entries, name):
    if kind not in {"csv", "xlsx"}:
        raise Http404
    if kind == "xlsx":
        response = FileResponse(project_sheets.workbook(entries), content_type=spreadsheets.XLSX)
    else:
        response = StreamingHttpResponse(project_sheets.csv_lines(entries), content_type=spreadsheets.CSV)
    file_name = clean_name(f"{name}.{kind}")
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name)
    return response


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, uuid):
    application, membership = get_for_editing(request.user, uuid)
    now = rounds.database_now()
    if not is_editable(application, now=now):
        return not_editable(request, application, now=now, status=409 if request.method == "POST" else 200)
    refusal = ""
    if request.method == "POST":
        try:
            held = _receive(request, application, membership)
            return redirect("applications:project_preview", application.uuid, held.uuid)
        except (Refused, ApplicationError) as error:
            refusal = str(error)
    return render(
        request,
        "applications/project_import.html",
        common(contents.Contents(application))
        | {
            "policy": tables.POLICY,
            "room": projects.room_in(application),
            "most": projects.MOST,
            "rules": project_sheets.rules(),
            "choices": project_sheets.choices(),
            "refusal": refusal,
            "error_title": bool(refusal),
            "extra_errors": [("file", refusal)] if refusal else [],
        },
        status=422 if refusal else 200,
    )


def _receive(request, application, membership):
    if limits.hit("project-import", str(request.user.pk), limit=UPLOADS_AN_HOUR, window=3600):
        raise ApplicationError(_("You have uploaded many tables. Wait an hour, then go on."))
    return project_imports.receive(application, request.FILES.get("file"), member=membership)


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, uuid, import_uuid):
    held, membership = get_project_import(request.user, uuid, import_uuid)
    application = held.application
    now = rounds.database_now()
    if request.method == "POST":
        return _add(request, held, membership)
    if not is_editable(application, now=now):
        return not_editable(request, application, now=now)
    if held.closed_at:
        return redirect("applications:projects", application.uuid)
    return _preview(request, held)


def _add(request, held, membership):
    application = held.application
    try:
        count = project_imports.add(
            held, member=membership, without_repeats="without_repeats" in request.POST
        )
    except ApplicationError as error:
        now = rounds.database_now()
        if not is_editable(application, now=now):
            return not_editable(request, application, now=now, error=error, status=409)
        return _preview(request, held, error=error, status=409)
    if count:
        sentence = ngettext(
            "%(count)d project record was added.", "%(count)d project records were added.", count
        )
        messages.success(request, sentence % {"count": count})
    elif held.closed_at is None:
        messages.info(request, _("Nothing was added: all rows were there already."))
    return redirect("applications:projects", application.uuid)


def _preview(request, held, *, error=None, status=200):
    lines = project_imports.lines(held)
    return render(
        request,
        "applications/project_preview.html",
        common(contents.Contents(held.application))
        | {
            "held": held,
            "lines": lines,
            "marked": sum(bool(each.marks) for each in lines),
            "repeats": sum(each.is_repeat for each in lines),
            "unknown": held.content["unknown"],
            "missing": [project_sheets.heading(name) for name in held.content["missing"]],
            "error": error,
            "error_title": bool(error),
        },
        status=status,
    )


@for_applicants
@require_POST
def cancel(request, uuid, import_uuid):
    held, _membership = get_project_import(request.user, uuid, import_uuid)
    if held.closed_at is None:
        project_imports.cancel(held)
        messages.info(request, _("Nothing was added."))
    return redirect("applications:projects", held.application.uuid)

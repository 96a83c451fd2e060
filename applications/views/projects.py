from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import rounds
from applications.clarifications.reopening import Kind
from applications.drafts import completeness, projects, tasklist
from applications.errors import ApplicationError, StaleVersion
from applications.permissions import get_for_editing, get_project
from applications.questions import versions
from applications.questions.forms import ProjectForm
from applications.submissions import contents, presenting
from applications.views import autosave
from applications.views.shell import (
    asked,
    for_applicants,
    is_editable,
    kept_text,
    not_editable,
    opening_of,
    saving_ends,
    version_in,
)
from portal.accounts import unsent


@for_applicants
@require_safe
def index(request, uuid):
    application, _membership = get_for_editing(request.user, uuid)
    now = rounds.database_now()
    opening = opening_of(application)
    reopened = opening and any(each.kind in {Kind.PROJECT, Kind.PROJECTS} for each in opening.targets)
    if not is_editable(application, now=now, opening=opening, reopened=bool(reopened)):
        return not_editable(request, application, now=now)
    held = contents.Contents(application)
    entries = [
        {
            "record": record,
            "title": presenting.project_title(number, record.entered),
            "is_complete": not projects.problems(record.entered),
        }
        for number, record in enumerate(held.projects, 1)
        if opening is None or opening.has_project(record.uuid)
    ]
    return render(
        request,
        "applications/projects.html",
        common(held)
        | {
            "entries": entries,
            "next_url": tasklist.after(held, tasklist.PROJECTS),
            "minimum": versions.minimum_projects_of(application),
            "has_room": len(entries) < projects.MOST,
            "gaps": completeness.missing_projects(held),
            "has_whole_list": opening is None or opening.has_project_list,
        }
        | asked(opening, Kind.PROJECT, Kind.PROJECTS),
    )


@unsent.shows_kept_text
@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, uuid):
    application, membership = get_for_editing(request.user, uuid)
    if request.method == "POST":
        form = ProjectForm(data=request.POST)
        try:
            record = projects.add(
                application, form.typed(), member=membership, page_key=request.POST.get("page_key", "")
            )
        except ApplicationError as error:
            return _not_saved(request, application, form, None, error)
        return _after_saving(request, application, record)
    now = rounds.database_now()
    if not _may_change(application, None, now):
        return not_editable(request, application, now=now)
    kept = kept_text(request)
    initial = _as_kept(kept) if kept else {"version": 0, "page_key": uuid4()}
    return _page(request, application, ProjectForm(initial=initial), None)


@unsent.shows_kept_text
@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, uuid, project_uuid):
    record, membership = get_project(request.user, uuid, project_uuid)
    application = record.application
    if request.method == "POST":
        return _save(request, application, record, membership)
    now = rounds.database_now()
    if not _may_change(application, record, now):
        return not_editable(request, application, now=now)
    if kept := kept_text(request):
        return _page(request, application, ProjectForm(initial=_as_kept(kept)), record)
    if "check" not in request.GET:
        form = ProjectForm(initial=record.entered | {"version": record.version})
        return _page(request, application, form, record)
    form = ProjectForm(data=_as_post(record))
    form.complain(record.entered)
    return _page(request, application, form, record)


def _save(request, application, record, membership):
    form = ProjectForm(data=request.POST)
    try:
        record = projects.change(
            record,
            form.typed(),
            base_version=version_in(request.POST.get("version", "")),
            member=membership,
        )
    except ApplicationError as error:
        return _not_saved(request, application, form, record, error)
    return _after_saving(request, application, record)


def _not_saved(request, application, form, record, error):
    if autosave.is_asked_for(request):
        return autosave.not_saved(error)
    if isinstance(error, StaleVersion):
        return _conflict(request, application, form.typed(), error)
    return _page(request, application, form, record, error=error, status=409)


def _after_saving(request, application, record):
    """It is saved in any case; what is missing is asked for at once, on the record's own page."""
    if autosave.is_asked_for(request):
        return autosave.saved(record, address=tasklist.project_url(application, record))
    if projects.problems(record.entered) and "leave" not in request.POST:
        messages.info(request, _("The project record was saved. Something is still missing in it."))
        return redirect(f"{tasklist.project_url(application, record)}?check=1")
    messages.success(request, _("The project record was saved."))
    return redirect("applications:projects", application.uuid)


def _as_kept(kept):
    versions = {"version": kept.get("version", ""), "page_key": kept.get("page_key", "")}
    return ProjectForm(data=kept).typed() | versions


def _as_post(record):
    """The record as the browser would send it, so that errors can be shown at its fields."""
    data = {"version": str(record.version)}
    for name, value in record.entered.items():
        if isinstance(value, dict):
            data |= {f"{name}_{part}": text for part, text in value.items()}
        else:
            data[name] = value
    return data


def _conflict(request, application, entered, stale):
    current = stale.current
    theirs = current.entered if current else {}
    pairs = zip(presenting.project_rows(entered), presenting.project_rows(theirs), strict=True)
    differences = [
        {"label": yours.label, "yours": yours.text, "theirs": other.text}
        for yours, other in pairs
        if yours.text != other.text
    ]
    form = ProjectForm(initial=entered | {"version": current.version if current else 0})
    return _page(request, application, form, current, error=stale, differences=differences, status=409)


def _page(request, application, form, record, *, error=None, differences=(), status=200):
    return render(
        request,
        "applications/project.html",
        common(contents.Contents(application))
        | {
            "form": form,
            "record": record,
            "error": error,
            "differences": differences,
            **saving_ends(application),
            "kept_query": unsent.query(request),
            "error_title": bool(error) or bool(form.is_bound and form.errors),
        }
        | asked(
            opening_of(application),
            Kind.PROJECT,
            Kind.PROJECTS,
            uids={"", str(record.uuid) if record else ""},
        ),
        status=status,
    )


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, uuid, project_uuid):
    record, membership = get_project(request.user, uuid, project_uuid)
    application = record.application
    now = rounds.database_now()
    if not _may_change(application, None, now):
        return not_editable(request, application, now=now)
    if request.method == "POST":
        base_version = version_in(request.POST.get("version", ""))
        try:
            projects.remove(record, base_version=base_version, member=membership)
        except ApplicationError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The project record was removed."))
        return redirect("applications:projects", application.uuid)
    return render(
        request,
        "applications/project_remove.html",
        {"application": application, "provider": application.provider, "record": record},
    )


def _may_change(application, record, now):
    """`record` None: the list itself, which a clarification may have reopened as a whole."""
    opening = opening_of(application)
    reopened = opening and (opening.has_project(record.uuid) if record else opening.has_project_list)
    return is_editable(application, now=now, opening=opening, reopened=bool(reopened))


def common(held):
    """What every page of the project records shows beside its own matter."""
    tasks = tasklist.tasks(held)
    return {
        "application": held.application,
        "provider": held.application.provider,
        "tasks": tasks,
        "place": tasklist.PROJECTS,
        "number": [task.place for task in tasks].index(tasklist.PROJECTS) + 1,
        "total": len(tasks),
    }

"""Copying from an earlier application: choose one, then see what came over."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import rounds, wording
from applications.drafts import copying
from applications.errors import ApplicationError
from applications.permissions import get_for_editing
from applications.questions import versions
from applications.submissions import contents
from applications.views.shell import for_applicants, is_editable, not_editable
from portal.texts import localized

# What was copied last, for the page that follows the press of the button.
REPORT = "applications.copied"


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request, uuid):
    application, membership = get_for_editing(request.user, uuid)
    if request.method == "POST":
        return _copy(request, application, membership)
    now = rounds.database_now()
    if not is_editable(application, now=now):
        return not_editable(request, application, now=now)
    held = contents.Contents(application)
    return render(
        request,
        "applications/copy.html",
        {
            "application": application,
            "provider": application.provider,
            "round": application.round,
            "report": _report(request, application),
            "is_empty": copying.is_empty(held),
            "sources": [_source(each, application, now) for each in copying.sources(application)[:10]],
        },
    )


def _copy(request, application, membership):
    source = _chosen(request, application)
    if source is None:
        messages.error(request, _("Choose the application to copy from."))
        return redirect("applications:copy", application.uuid)
    try:
        copied = copying.copy(application, source, member=membership)
    except ApplicationError as error:
        messages.error(request, str(error))
    else:
        request.session[REPORT] = {"application": str(application.uuid)} | asdict(copied)
    return redirect("applications:copy", application.uuid)


def _chosen(request, application):
    try:
        uuid = UUID(request.POST.get("source", ""))
    except ValueError:
        return None
    return copying.sources(application).filter(uuid=uuid).first()


def _source(source, application, now):
    held = contents.Contents(source)
    fitting = copying.answers_for(application.form_version.definition, held)
    return {
        "application": source,
        "wording": wording.of(source, now=now),
        "answers": sum(map(len, fitting.values())),
        "projects": len(held.projects),
        "files": len([each for each in held.files if each.state in contents.USABLE]),
    }


def _report(request, application):
    report = request.session.get(REPORT)
    if not report or report["application"] != str(application.uuid):
        return None
    sections = [
        (versions.section_of(application.form_version.definition, uid), count)
        for uid, count in report["sections"].items()
    ]
    return report | {
        "sections": [(str(localized(section, "title")), count) for section, count in sections if section]
    }

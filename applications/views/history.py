from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.drafts import history as draft_history
from applications.permissions import get_answer_revision, get_for_viewing, get_project_revision
from applications.questions import versions
from applications.views.shell import for_applicants
from portal.listing import page_of
from portal.texts import localized

PAGE_SIZE = 30


@for_applicants
@require_safe
def index(request, uuid):
    """What was changed, by whom and when; anybody of the company may read it."""
    application, _membership = get_for_viewing(request.user, uuid)
    page = page_of(draft_history.stubs(application), request.GET.get("page"), per_page=PAGE_SIZE)
    context = {"changes": draft_history.changes(application, page), "page": page}
    return render(request, "applications/history.html", _about(application) | context)


@for_applicants
@require_safe
def answers(request, uuid, pk):
    revision, application = get_answer_revision(request.user, uuid, pk)
    section = versions.section_of(application.form_version.definition, revision.section_uid)
    title = localized(section, "title") if section else draft_history.RETIRED
    differences = draft_history.differences_in_answers(application, revision)
    return _details(request, application, revision, title, differences)


@for_applicants
@require_safe
def project(request, uuid, pk):
    revision, application = get_project_revision(request.user, uuid, pk)
    title = revision.data.get("factory_name", "").strip() or _("Project record")
    return _details(request, application, revision, title, draft_history.differences_in_project(revision))


def _details(request, application, revision, title, differences):
    context = {"revision": revision, "title": title, "differences": differences}
    return render(request, "applications/history_details.html", _about(application) | context)


def _about(application):
    return {"application": application, "provider": application.provider, "round": application.round}

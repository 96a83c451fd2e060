"""More time for everybody, or for one company whose draft the office otherwise does not see."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications import permissions, rounds
from applications.errors import ApplicationError
from applications.permissions import get_draft_for_extension, get_round_for_setup
from applications.round_setup import extensions, notices
from applications.round_setup.forms import ExtensionForm
from portal import dates
from portal.accounts.permissions import require_role
from portal.listing import page_of

DRAFTS_PER_PAGE = 50


@require_safe
@require_role(*permissions.ROUND_READERS)
def drafts(request, uuid):
    round = get_round_for_setup(request.user, uuid)
    rows = permissions.drafts_for_extension(request.user, round)
    page = page_of(rows, request.GET.get("page"), per_page=DRAFTS_PER_PAGE)
    return render(request, "applications/rounds/drafts.html", {"round": round, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ROUND_READERS)
def extend_round(request, uuid):
    round = get_round_for_setup(request.user, uuid)

    def act(form):
        return extensions.extend_round(
            round, closes_at=form.closes_at(), reason=form.cleaned_data["reason"], officer=request.user
        )

    return _extend(
        request, round, round.closes_at, act, {"told": notices.drafts_of(round)}, back="rounds:desk"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ROUND_READERS)
def extend_draft(request, uuid, application_uuid):
    application = get_draft_for_extension(request.user, uuid, application_uuid)
    round = application.round

    def act(form):
        return extensions.extend_application(
            application, until=form.closes_at(), reason=form.cleaned_data["reason"], officer=request.user
        )

    context = {"application": application, "told": [application]}
    return _extend(request, round, rounds.deadline(round, application), act, context, back="rounds:drafts")


def _extend(request, round, before, act, context, *, back):
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            extension = act(form)
        except ApplicationError as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(
                request,
                _("The closing time is now %(closes)s. Those concerned are told by email.")
                % {"closes": dates.full(extension.closes_at)},
            )
            return redirect(back, round.uuid)
    context |= {"round": round, "form": form, "before": before, "error_title": bool(form.errors)}
    status = 422 if form.errors else 200
    return render(request, "applications/rounds/extend.html", context, status=status)

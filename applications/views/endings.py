"""Taking back, withdrawing and deleting: each asks first and acts by POST."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import rounds, workflow
from applications.errors import ApplicationError
from applications.permissions import get_for_deleting, get_for_submitting
from applications.views.shell import for_applicants


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request, uuid):
    application, membership = get_for_submitting(request.user, uuid)
    if request.method != "POST":
        return _ask(request, application, "take_back")
    done = _("The application is a draft again. Submit it again before the round closes.")
    return _act(request, application, workflow.take_back, membership, done)


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, uuid):
    application, membership = get_for_submitting(request.user, uuid)
    if request.method != "POST":
        can_take_back = rounds.can_be_taken_back(application, now=rounds.database_now())
        return _ask(request, application, "withdraw", can_take_back=can_take_back)
    return _act(request, application, workflow.withdraw, membership, _("The application was withdrawn."))


@for_applicants
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, uuid):
    application, membership = get_for_deleting(request.user, uuid)
    if request.method != "POST":
        return _ask(request, application, "delete")
    try:
        workflow.delete_draft(application, member=membership)
    except ApplicationError as error:
        messages.error(request, str(error))
        return redirect("applications:application", application.uuid)
    messages.success(request, _("The draft was deleted."))
    return redirect("applications:dashboard")


def _ask(request, application, act, **more):
    context = {"application": application, "provider": application.provider, "round": application.round}
    return render(request, f"applications/{act}.html", context | more)


def _act(request, application, verb, membership, done):
    try:
        verb(application, member=membership)
    except ApplicationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("applications:application", application.uuid)

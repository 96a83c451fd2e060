"""What every page of an applicant has in common."""

from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from applications import rounds, wording
from applications.errors import ApplicationError
from applications.models import Application
from applications.views import autosave
from portal import views

NOT_ALLOWED = _(
    "Not saved: your role in the company no longer allows this. Its owner can give you the right again."
)
NOT_THERE = _(
    "Not saved: this is not there any more, or no longer yours to change. "
    "A colleague may have removed it, or you may have left the company."
)


def for_applicants(view):
    """Sign-in first; nothing of it may lie in a shared or a browser's cache."""

    @login_required
    def guarded(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except Application.DoesNotExist:
            # A colleague deleted the draft while this request was on its way.
            raise Http404 from None
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @wraps(view)
    def entered(request, *args, **kwargs):
        if request.method != "POST" or not (autosave.is_asked_for(request) or views.typed_texts(request)):
            return guarded(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return autosave.signed_out() if autosave.is_asked_for(request) else views.signed_out(request)
        try:
            return guarded(request, *args, **kwargs)
        except PermissionDenied:
            return _kept_out(request, autosave.REFUSED, NOT_ALLOWED, HTTPStatus.FORBIDDEN)
        except Http404:
            return _kept_out(request, autosave.GONE, NOT_THERE, HTTPStatus.NOT_FOUND)

    return entered


def _kept_out(request, state, sentence, status):
    """The way was open when the page was: what was typed since then is given back."""
    if autosave.is_asked_for(request):
        return autosave.kept_out(state, str(sentence), status)
    context = {"sentence": sentence, "typed": views.typed_texts(request)}
    response = render(request, "applications/kept_out.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_editable(application, *, now):
    """May the draft be changed at this moment? Pages offer what this allows; the domain decides again."""
    return application.is_draft and rounds.is_open(application.round, application, now=now)


def seconds_left(application) -> int:
    """Until closing; a page that is open then has the last words sent in time."""
    left = rounds.deadline(application.round, application) - rounds.database_now()
    return int(left.total_seconds())


def not_editable(request, application, *, now, error: ApplicationError | None = None, status=200):
    """Explain why an editing page does not edit, instead of not being there."""
    return render(
        request,
        "applications/not_editable.html",
        {
            "application": application,
            "provider": application.provider,
            "wording": wording.of(application, now=now),
            "error": error,
        },
        status=status,
    )


def version_in(text):
    """A version number from a form; one that is no number matches nothing."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1

"""What every page of an applicant has in common."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from applications import rounds, wording
from applications.errors import ApplicationError
from applications.models import Application
from portal import views


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
        if request.method == "POST" and not request.user.is_authenticated and views.typed_texts(request):
            return views.signed_out(request)
        return guarded(request, *args, **kwargs)

    return entered


def is_editable(application, *, now):
    """May the draft be changed at this moment? Pages offer what this allows; the domain decides again."""
    return application.is_draft and rounds.is_open(application.round, application, now=now)


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

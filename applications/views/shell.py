"""What every page of an applicant has in common."""

from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from applications import rounds, wording
from applications.clarifications import reading as clarification_reading
from applications.clarifications import reopening
from applications.clarifications.reopening import Opening
from applications.drafts import tasklist
from applications.errors import ApplicationError
from applications.models import Application, Status
from applications.views import autosave
from portal import views
from portal.accounts import unsent
from portal.accounts.views import unsent as unsent_pages

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
            if autosave.is_asked_for(request):
                return autosave.signed_out()
            return unsent_pages.answer(request) or views.signed_out(request)
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


def opening_of(application) -> Opening | None:
    """What a clarification has reopened; None for everything that is not being clarified."""
    is_asked = application.status == Status.CLARIFICATION_REQUESTED
    return reopening.of(application) if is_asked else None


def is_editable(application, *, now, opening=None, reopened=False):
    """May this be changed at this moment? Pages offer what this allows; the domain decides again.

    `reopened` says whether the page is about something that `opening` names.
    """
    if application.is_draft:
        return rounds.is_open(application.round, application, now=now)
    return bool(opening and reopened) and reopening.is_in_time(opening.request, now=now)


def asked(opening, *kinds, uids=None) -> dict:
    """What a page shows of the Secretariat's questions about it; nothing in a draft."""
    if opening is None:
        return {}
    about = [each for each in opening.targets if each.kind in kinds and (uids is None or each.uid in uids)]
    newest = opening.request.application.submissions.select_related("form_version").latest("number")
    return {
        "asked": clarification_reading.places(about, newest),
        "due_at": opening.request.due_at,
        "next_url": tasklist.clarification_url(opening.request.application),
    }


def saving_ends(application) -> dict:
    """When nothing is taken any more; a page that is open then has the last words sent in time."""
    ends = application.clarification_due_at or rounds.deadline(application.round, application)
    left = ends - rounds.database_now()
    return {"saves_until": ends, "seconds_left": int(left.total_seconds())}


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


def kept_text(request):
    """What was typed here when the sign-in was over; None where nothing was, or it has arrived since."""
    kept = unsent.for_page(request)
    if kept is not None:
        messages.info(
            request,
            _("What you typed before you were signed out is in the form again. It is not saved yet."),
        )
    return kept


def version_in(text):
    """A version number from a form; one that is no number matches nothing."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1

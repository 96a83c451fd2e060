"""Saves that a page makes by itself while somebody writes in it: the same view, answered in JSON.

`portal/frontend/js/autosave.js` asks; each `state` here is a case there. A 403 that is not ours means that
the page's form has expired, because its person signed in again.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.errors import ApplicationError, StaleVersion
from portal import dates

SIGNED_OUT, REFUSED, GONE = "signed_out", "refused", "gone"


def is_asked_for(request) -> bool:
    return request.headers.get("accept") == "application/json"


def saved(row, **more) -> JsonResponse:
    """`row` as it stands now; `more` goes to the page with it."""
    sentence = _("Saved at %(time)s, Hong Kong time") % {"time": dates.clock_time(row.changed_at)}
    return JsonResponse({"state": "saved", "version": row.version, "sentence": sentence} | more)


def not_saved(error: ApplicationError) -> JsonResponse:
    is_stale = isinstance(error, StaleVersion) and error.current is not None
    sentence = _overtaken(error.current) if is_stale else str(error)
    return JsonResponse(
        {"state": "stale" if is_stale else "closed", "sentence": sentence}, status=HTTPStatus.CONFLICT
    )


def _overtaken(row):
    name = getattr(row, "changed_by", None)
    if name is None:
        return _("Not saved: somebody else changed this meanwhile. What you typed stays on this page.")
    return _(
        "Not saved: %(name)s changed this at %(time)s, Hong Kong time. What you typed stays on this page."
    ) % {"name": name, "time": dates.clock_time(row.changed_at)}


def signed_out() -> JsonResponse:
    answer = {
        "state": SIGNED_OUT,
        "sentence": _("Not saved: you were signed out. Sign in in a new tab, then come back to this page."),
        "sign_in": reverse(settings.LOGIN_URL),
    }
    return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)


def kept_out(state: str, sentence: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence}, status=status)

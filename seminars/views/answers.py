"""Small parts that several views of sign-ups share: headers, and the answer when the database is busy."""

from functools import wraps

from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

BUSY_SECONDS = 10


def private(view):
    """For pages behind a link from a mail: kept by nobody, told to nobody, found by no search engine.

    Pages with a form keep `same-origin`: under `no-referrer` browsers send `Origin: null`, which no CSRF
    check can accept.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def busy(form):
    """Tell the form that the lock did not come in time; what was typed stays on the page."""
    form.add_error(
        None,
        _(
            "Many people are signing up at this moment and nothing was saved. "
            "Wait a few seconds, then send the form again."
        ),
    )

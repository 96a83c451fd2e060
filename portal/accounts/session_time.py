"""How long a session lasts: it ends after a time without a sign of life, and at last however busy it is."""

import time

from django.conf import settings

WRITE_EVERY = 60  # seconds between two notes of "last seen", so that not every request writes the session


def _limits(user):
    if user.is_portal_staff:
        return settings.STAFF_SESSION_IDLE, settings.STAFF_SESSION_ABSOLUTE
    return settings.PROVIDER_SESSION_IDLE, settings.PROVIDER_SESSION_ABSOLUTE


def left(request) -> int:
    """Seconds until the session ends if nothing is sent; none are left where it has ended."""
    now = int(time.time())
    idle, _absolute = _limits(request.user)
    seen = request.session.setdefault("seen", now)
    return min(int(idle.total_seconds()) - (now - seen), most_left(request))


def most_left(request) -> int:
    """Seconds until the session ends whatever is sent."""
    now = int(time.time())
    _idle, absolute = _limits(request.user)
    return int(absolute.total_seconds()) - (now - request.session.setdefault("began", now))


def extend(request, *, at_once: bool = False) -> None:
    """Note a sign of life; `at_once` also when the last one is less than a minute old."""
    now = int(time.time())
    if at_once or now - request.session["seen"] >= WRITE_EVERY:
        request.session["seen"] = now

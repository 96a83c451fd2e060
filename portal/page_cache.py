"""Pages as strangers see them, kept for all web processes until something on them changes.

A page is kept for the shorter of five minutes and the next instant that changes a page by itself. What is
published, or changes a row that pages show, begins a new *generation*: pages of earlier ones are found no
more. A page begun before such a change is kept under the generation of its beginning: it cannot come back.

What changes often and shows on few pages has a *mark* of its own. Whoever is about to read it says so
(`shows`); the page is kept with the mark of that moment, and is found no more when that has changed.
"""

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers, set_response_etag

from portal.languages import LANGUAGE_OF, split_prefix

GENERATION = "pages.generation"
# Caches in between may answer from a copy for a second; browsers ask each time if it changed.
HEADERS = "public, max-age=0, s-maxage=1, must-revalidate"
# The visitor is somebody: signed in, or about to be told something.
PERSONAL_COOKIES = ("messages",)

# The mark's key -> what it was before the page read what it stands for; None where no page is made.
_shown: ContextVar[dict[str, str] | None] = ContextVar("shown", default=None)
_instants: list[tuple[Callable[[datetime], datetime | None], str]] = []


def register_instants(next_after: Callable[[datetime], datetime | None], *, mark: str = "") -> None:
    """`next_after(now)`: the next instant, now or later, at which pages change with no row changing.

    A change of `mark` may bring another instant.
    """
    _instants.append((next_after, mark))


def forget(*args, **kwargs) -> None:
    """Let no page of before be shown, once the change that is under way is there for everybody."""
    transaction.on_commit(forget_now)


def forget_now() -> None:
    cache.set(GENERATION, uuid4().hex, None)


def shows(mark: str) -> None:
    """Call it before reading what only pages with this mark show."""
    shown, key = _shown.get(), _key_of(mark)
    if shown is not None and key not in shown:
        shown[key] = _standing(key)


def forget_showing(*marks: str) -> None:
    """Let no page be shown that was made with one of these, once the change that is under way is there."""
    transaction.on_commit(lambda: cache.set_many({_key_of(mark): uuid4().hex for mark in marks}, None))


def say_who_may_keep(response, request) -> None:
    """Of a page that every stranger gets alike: all may keep it, but nobody what somebody with a session got.

    The cookie alone is looked at: to ask for the user would open a session for every visitor.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        patch_cache_control(response, private=True, no_store=True)
    elif response.status_code == 200:
        response.is_same_for_all = True
        response.headers["Cache-Control"] = HEADERS
    patch_vary_headers(response, ["Cookie"])


class PageCacheMiddleware:
    """Stands outside of everything that changes a page's headers: a kept page is whole."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.PAGE_CACHE_SECONDS or not is_strangers_look(request):
            return self.get_response(request)
        began, key = timezone.now(), _key(request)
        kept = cache.get(key)
        if kept and began < kept["until"] and _is_unchanged(kept["shown"]):
            request.is_answered_from_cache = True
            return HttpResponse(kept["content"], headers=kept["headers"])
        made = _shown.set({})
        try:
            response = self.get_response(request)
            if request.method == "GET" and _is_same_for_all(response):
                _keep(key, response, _until(began), _shown.get())
        finally:
            _shown.reset(made)
        return response


def is_strangers_look(request) -> bool:
    """Is this anybody's plain look at a page? A query makes another page of it, which is not kept."""
    if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
        return False
    if split_prefix(request.path_info)[0] not in LANGUAGE_OF or getattr(request, "is_dummy", False):
        return False
    return request.COOKIES.keys().isdisjoint({settings.SESSION_COOKIE_NAME, *PERSONAL_COOKIES})


def _is_same_for_all(response) -> bool:
    """A cookie also stands for a token against forged forms: whoever asks for one sets its cookie."""
    is_whole = response.status_code == 200 and not response.streaming and not response.cookies
    return is_whole and getattr(response, "is_same_for_all", False)


def _generation() -> str:
    return _standing(GENERATION)


def _standing(key) -> str:
    found = cache.get(key)
    if found is None:
        # Another process may be first.
        cache.add(key, uuid4().hex, None)
        found = cache.get(key) or "none"
    return found


def _key_of(mark) -> str:
    return f"pages.mark:{mark}"


def _is_unchanged(shown) -> bool:
    return not shown or cache.get_many(shown) == shown


def _key(request) -> str:
    """By generation, host and path, which holds the language; a new style sheet is another page, too."""
    parts = (request.scheme, request.get_host(), request.path, static("portal.css"))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"page:{_generation()}:{digest}"


def _until(now: datetime) -> datetime:
    """The next instant costs some queries: it is kept too, in the same generation, until it has come."""
    marks = ":".join(_standing(_key_of(mark)) for _next_after, mark in _instants if mark)
    key = f"page:{_generation()}:{marks}:instant"
    instant = cache.get(key)
    if instant is None or instant < now:
        coming = [instant for next_after, _mark in _instants if (instant := next_after(now))]
        instant = min([*coming, _midnight(now)])
        cache.set(key, instant, settings.PAGE_CACHE_SECONDS)
    return min(instant, now + timedelta(seconds=settings.PAGE_CACHE_SECONDS))


def _midnight(now):
    """Pages count days, by the calendar of Hong Kong."""
    tomorrow = timezone.localtime(now) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def _keep(key, response, until, shown):
    seconds = (until - timezone.now()).total_seconds()
    if seconds <= 0:
        return
    set_response_etag(response)
    kept = {"content": response.content, "headers": dict(response.headers), "until": until, "shown": shown}
    cache.set(key, kept, seconds)

"""The bare address and the error pages."""

import re
import sys
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from portal.languages import LANGUAGE_NAMES, LANGUAGE_OF, PREFIX_OF, lang_tag, prefix_for, split_prefix

NOT_TYPED = {
    "csrfmiddlewaretoken",
    "version",
    "review",
    "begun",
    "opened",
    "page_key",
    "back",
    "next",
    "leave",
    "is_completed",
    "seen",
}
# A lock that took too long, a connection that broke, and one that was closed already.
NO_DATABASE = (OperationalError, InterfaceError)
SECRET = re.compile("password|code|credential|login|token")
SIMPLIFIED = ("zh-cn", "zh-sg", "zh-my", "zh-hans")


def wanted_prefix(request):
    """Cookie first, then the languages of the browser in its order."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in PREFIX_OF:
        return PREFIX_OF[chosen]
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code.startswith("zh"):
            return "sc" if code == "zh" or code.startswith(SIMPLIFIED) else "tc"
        if code.split("-")[0] == "en":
            return "en"
    return prefix_for(settings.LANGUAGE_CODE)


@require_safe
def root(request):
    response = HttpResponseRedirect(f"{get_script_prefix()}{wanted_prefix(request)}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _error(request, status, template=None, **context):
    """An error page in the language of the address; `posted` says that something typed may be at stake."""
    word, _ = split_prefix(request.path_info)
    code = LANGUAGE_OF.get(word) or LANGUAGE_OF[wanted_prefix(request)]
    with translation.override(code):
        context = {**context, "html_lang": lang_tag(code), "posted": request.method == "POST"}
        context["contact_email"] = settings.CONTACT_EMAIL
        context["home_url"] = f"{get_script_prefix()}{PREFIX_OF[code]}/"
        page = render_to_string(template or f"{status.value}.html", context, request)
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = lang_tag(code)
    return response


@requires_csrf_token
def bad_request(request, exception):
    return _error(request, HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request, exception):
    return _error(request, HTTPStatus.FORBIDDEN)


@requires_csrf_token
def page_not_found(request, exception):
    return _error(request, HTTPStatus.NOT_FOUND)


def is_from_our_site(request) -> bool:
    """A form of another site does not get to put its words on our page."""
    return request.headers.get("origin") == f"{request.scheme}://{request.get_host()}"


def csrf_failure(request, reason="", **context):
    typed = typed_texts(request) if is_from_our_site(request) else []
    return _error(request, HTTPStatus.FORBIDDEN, "403_csrf.html", typed=typed, **context)


def signed_out(request, *, landing=None, had_files=False):
    """For a form that came after its session had ended: it shows what was typed, which "back" would lose.

    `landing`: where the person finds it after signing in, if it was kept.
    """
    sign_in = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': landing or request.get_full_path()})}"
    return _error(
        request,
        HTTPStatus.FORBIDDEN,
        "403_signed_out.html",
        typed=typed_texts(request),
        sign_in=sign_in,
        is_kept=bool(landing),
        had_files=had_files,
    )


def typed_texts(request):
    """What a person wrote into the form that was sent; no secrets, nothing that the page put there."""
    return [
        text
        for name, texts in request.POST.lists()
        if name not in NOT_TYPED and not SECRET.search(name)
        for text in texts
        if text.strip()
    ]


@requires_csrf_token
def server_error(request):
    # A middleware that finds no database comes here; BusyDatabaseMiddleware sees what views raise.
    if isinstance(sys.exception(), NO_DATABASE):
        return busy(request)
    return plain_error(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def busy(request):
    """The database is locked for too long or away: nothing was saved, and the page shows what was typed."""
    return plain_error(request, HTTPStatus.SERVICE_UNAVAILABLE, typed=typed_texts(request))


def plain_error(request, status, **more):
    """500 and 503: no context processors, no queries, nothing that could fail a second time."""
    word, _ = split_prefix(request.path_info)
    code = LANGUAGE_OF.get(word) or LANGUAGE_OF[wanted_prefix(request)]
    start = get_script_prefix()
    context = {
        "html_lang": lang_tag(code),
        "home_url": f"{start}{PREFIX_OF[code]}/",
        "contact_email": settings.CONTACT_EMAIL,
        "posted": request.method == "POST",
        **more,
        "languages": [
            {
                "code": each,
                "tag": lang_tag(each),
                "label": LANGUAGE_NAMES[each],
                "url": f"{start}{prefix}/",
                "current": each == code,
            }
            for each, prefix in PREFIX_OF.items()
        ],
    }
    with translation.override(code):
        page = render_to_string(f"{status.value}.html", context)
    response = HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
    response["Content-Language"] = lang_tag(code)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "60"
    return response


def request_too_large(request):
    """Answered before the request is read, so the connection ends: the rest would pass for a new request."""
    response = _error(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    response["Connection"] = "close"
    return response

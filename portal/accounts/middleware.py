import re
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from portal.accounts import permissions, session_time, unsent
from portal.accounts.views import unsent as unsent_pages

OFFICE = re.compile(r"^/(?:en|tc|sc)/office(?:/|$)")
ADMIN = re.compile(r"^/admin(?:/|$)")
# Wagtail's own doors: portal/urls.py shadows each with a redirect to ours.
SHADOWED = re.compile(r"^/admin/(?:login|logout|password_reset)(?:/|$)")


class SessionLimitMiddleware:
    """Ends sessions that stood idle too long or are too old; staff have shorter limits than providers.

    What a signed-in person gets is never stored by a cache.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Without the cookie nobody is signed in, and looking would make public pages vary by cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        if session_time.left(request) <= 0:
            logout(request)
            # A form that comes too late is kept for its person.
            request.session_ended_of = user
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    @staticmethod
    def process_view(request, view, args, kwargs):
        """A look at the time that is left is no sign of life; everything else is."""
        if getattr(view, "only_looks_at_session", False):
            return
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            session_time.extend(request)


class UnsentFormMiddleware:
    """Keeps what was typed into a form that is sent on to the sign-in, until it has arrived."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and _leads_to_sign_in(response):
            return unsent_pages.answer(request) or response
        # Public pages are not asked who looks at them: they would vary by cookie.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            unsent.remember_person(request, response)
            if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST:
                unsent.drop_sent(request)
        return response


def _leads_to_sign_in(response):
    is_moved = response.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
    return is_moved and response.headers["Location"].partition("?")[0] == reverse(settings.LOGIN_URL)


class StaffGateMiddleware:
    """Everything under /admin/ and /office/ asks for a staff role and a second factor in this session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        is_admin = ADMIN.match(path) and not SHADOWED.match(path)
        if not is_admin and not OFFICE.match(path):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        may_enter = permissions.can_enter_admin if is_admin else permissions.is_staff_member
        if not may_enter(request.user):
            raise PermissionDenied
        return self._second_factor(request) or self.get_response(request)

    def _second_factor(self, request):
        if not permissions.has_second_factor(request.user):
            return _detour("mfa_activate_totp", request)
        if not permissions.passed_second_factor(request):
            has_app = request.user.authenticator_set.filter(type="totp").exists()
            return _detour("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn", request)
        return None


def _detour(url_name, request):
    # A POST cannot be replayed after the detour: lead back to where it came from.
    path = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("accounts:after_sign_in")
    return HttpResponseRedirect(f"{reverse(url_name)}?{urlencode({'next': path})}")

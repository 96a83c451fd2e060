import re
import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from portal.accounts import permissions

OFFICE = re.compile(r"^/(?:en|tc|sc)/office(?:/|$)")
ADMIN = re.compile(r"^/admin(?:/|$)")
# Wagtail's own doors: portal/urls.py shadows each with a redirect to ours.
SHADOWED = re.compile(r"^/admin/(?:login|logout|password_reset)(?:/|$)")
WRITE_EVERY = 60  # seconds between two notes of "last seen", so that not every request writes the session


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
        self._limit(request)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _limit(self, request):
        now = int(time.time())
        is_staff = request.user.is_portal_staff
        idle = settings.STAFF_SESSION_IDLE if is_staff else settings.PROVIDER_SESSION_IDLE
        absolute = settings.STAFF_SESSION_ABSOLUTE if is_staff else settings.PROVIDER_SESSION_ABSOLUTE
        began = request.session.setdefault("began", now)
        seen = request.session.setdefault("seen", now)
        if now - seen > idle.total_seconds() or now - began > absolute.total_seconds():
            logout(request)
        elif now - seen >= WRITE_EVERY:
            request.session["seen"] = now


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

"""Content security policies: a strict one without nonces for our pages, one for Wagtail's admin."""

from csp.constants import NONE, SELF
from csp.middleware import CSPMiddleware

STRICT = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [NONE],
}
# Wagtail's date pickers and choosers still write inline scripts; a nonce would switch 'unsafe-inline' off.
ADMIN = {
    **STRICT,
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


class PortalCSPMiddleware(CSPMiddleware):
    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if getattr(request, "is_preview", False):
            # Wagtail frames previews and builds them under the page's public path.
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        elif request.path_info.startswith("/admin/"):
            parts.replace = {**(parts.replace or {}), **ADMIN}
        return parts

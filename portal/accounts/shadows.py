"""Redirects that stand before Wagtail's own sign-in, sign-out and reset screens: there is one door only."""

from django.urls import path, re_path
from django.views.generic import RedirectView


def _to(name):
    # 303 turns a POST of credentials into a GET of our page; nothing of the body is kept.
    view = RedirectView.as_view(pattern_name=name, query_string=True)

    def shadow(request, **kwargs):
        response = view(request)
        response.status_code = 303
        return response

    return shadow


admin_patterns = [
    path("admin/login/", _to("account_login"), name="shadow_admin_login"),
    path("admin/logout/", _to("account_logout"), name="shadow_admin_logout"),
    re_path(
        r"^admin/password_reset/(?P<rest>.*)$",
        _to("account_reset_password"),
        name="shadow_admin_password_reset",
    ),
]
frontend_patterns = [path("_util/login/", _to("account_login"), name="shadow_frontend_login")]

"""What people look at: every page of the route matrix, before and after its form was sent; the site's pages.

A new address has a row in the matrix (tests/access) and is looked at by that; what answers no page is named
here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from tests.access import routes_applications, routes_officer
from tests.access.engine import ANSWERED, MOVED, OPEN, OWN, WHO, Route
from tests.access.test_garbage import ENDS_SESSION
from tests.access.world import ROUTES
from tests.accessibility.steps import STEPS

LANGUAGES = {"en": "en", "tc": "zh-hant", "sc": "zh-hans"}
# Answers that are files, data, or nothing to look at.
NO_PAGES = {
    *("accounts:own_data_download", "accounts:session", "mfa_download_recovery_codes", "mfa_login_webauthn"),
    *("applications:project_template", "applications:project_export", "applications:download"),
    *("cases:file", "cases:archive", "cases:page", "cases:picture", "cases:photo", "cases:photo_picture"),
    *("figures:csv", "office_seminars:export", "office_seminars:material_file"),
    *("seminars:calendar", "seminars:own_calendar", "seminars:feed", "seminars:material"),
    *("seminars:own_material", "healthz", "readyz", "robots", "sitemap", "manifest", "figures_csv"),
}
# Lead to another page, or answer a press of a button that stands on one.
LEADS_ON = {
    *("root", "shadow_admin_login", "shadow_frontend_login", "accounts:after_sign_in"),
    *("applications:receipt_pdf", "cases:copy", "wagtaildocs_serve"),
    *("seminars:certificate_pdf", "seminars:colleague", "seminars:tick", "office_seminars:sheet_file"),
}
# Open to nobody of the matrix: for people without a password, and steps with a security key in the hand.
NOT_REACHED = {
    "account_set_password", "mfa_reauthenticate_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip
# Whom a page is made for comes first: superusers may open everything and speak for nobody.
SPEAKERS = ("anonymous", "owner", "unenrolled", "organiser", "officer", *WHO)
SHOWN = {OPEN, ANSWERED, OWN}


@dataclass(frozen=True)
class Visit:
    """One look: who asks for which address how, and in whose part of the portal it lies."""

    name: str
    person: str
    method: str
    kwargs: Callable = field(default=lambda world: {})
    data: Callable = field(default=lambda world: {})

    @property
    def part(self):
        if self.person == "anonymous":
            return "site"
        return "company" if self.person in {"owner", "viewer", "newcomer", "unenrolled"} else "office"

    def send(self, world, language, client):
        """What the page answers; after a form was sent, the page that it leads to."""
        with translation.override(language):
            url = reverse(self.name, kwargs=self.kwargs(world))
        data = self.data(world)
        return client.get(url, data) if self.method == "get" else client.post(url, data, follow=True)


# Pages that another state or another person has, besides those of the matrix' rows.
MORE = [
    Visit("cases:clarification_choose", "officer", "get", routes_officer.case),
    Visit(
        "cases:clarification_ask", "officer", "get", routes_officer.case, lambda world: {"place": "projects"}
    ),
    Visit("accounts:home", "newcomer", "get"),
    Visit("applications:dashboard", "newcomer", "get"),
    Visit("accounts:register", "newcomer", "post"),
    Visit("applications:application", "viewer", "get", routes_applications.draft),
    Visit("office:home", "editor", "get"),
    Visit("mfa_activate_totp", "unenrolled", "get"),
    Visit("mfa_add_webauthn", "officer", "get"),
    Visit("mfa_deactivate_totp", "officer", "get"),
    Visit("mfa_generate_recovery_codes", "officer", "get"),
    Visit("mfa_view_recovery_codes", "officer", "get"),
    Visit("account_reauthenticate", "officer", "get"),
    Visit("cases:overview", "auditor", "get", routes_officer.case),
]


def speaker(route: Route, method: str) -> str | None:
    expected = getattr(route, method) or {}
    outcomes = SHOWN if method == "get" else SHOWN | {MOVED}
    return next((person for person in SPEAKERS if expected.get(person) in outcomes), None)


def visits() -> Iterator[Visit]:
    """Each page as it is opened, and what comes of sending its form with little or nothing in it."""
    for route in ROUTES:
        if route.name in NO_PAGES | NOT_REACHED or route.name in STEPS:
            continue
        for method in ("get", "post"):
            person = speaker(route, method)
            if person and not (method == "post" and route.name in ENDS_SESSION):
                sent = {"data": route.data} if method == "post" else {}
                yield Visit(route.name, person, method, route.kwargs, **sent)
    yield from MORE


def looked_at() -> set[str]:
    return {visit.name for visit in visits()} | STEPS.keys()


def site_pages(language: str) -> list[Page]:
    """All pages of the demonstration, so that each page type is there with all its kinds of blocks."""
    live = Page.objects.live().public().filter(depth__gt=1, locale__language_code=language)
    return list(live.specific().order_by("path"))

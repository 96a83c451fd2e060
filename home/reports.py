from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home import dead_links, translations
from home.translations import State

PER_PAGE = 50
# What there is to do: a translation in step is shown only when asked for.
OPEN_STATES = (State.BEHIND, State.DRAFT, State.MISSING)


@require_safe
def translation_report(request):
    """Every English page with the standing of its translations; only pages that the reader may work on."""
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        raise PermissionDenied
    languages = {code: name for code, name in settings.LANGUAGES if code != translations.SOURCE}
    language = request.GET.get("language") if request.GET.get("language") in languages else ""
    state = request.GET.get("state") if request.GET.get("state") in State.values else ""
    rows = [
        row
        for row in translations.standings_of(_own_sources(request.user), {language} if language else None)
        if (row.state == state if state else row.state in OPEN_STATES)
    ]
    context = {
        "page_title": _("Translations"),
        "header_title": _("Translations"),
        "header_icon": "globe",
        "breadcrumbs_items": [{"url": "", "label": _("Translations")}],
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "languages": languages,
        "language": language,
        "states": State.choices,
        "state": state,
    }
    return render(request, "home/admin/translation_report.html", context)


@require_safe
def dead_link_report(request):
    """Links that lead nowhere on published pages that the reader may change."""
    if not page_permission_policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    own = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    rows = dead_links.on_pages(Page.objects.filter(pk__in=own.values("pk")), request)
    if request.user.has_perm("wagtailredirects.change_redirect"):
        rows += dead_links.of_redirects(request)
    context = {
        "page_title": _("Links that lead nowhere"),
        "header_title": _("Links that lead nowhere"),
        "header_icon": "link",
        "breadcrumbs_items": [{"url": "", "label": _("Links that lead nowhere")}],
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
    }
    return render(request, "home/admin/dead_link_report.html", context)


def _own_sources(user):
    pages = page_permission_policy.instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    return (
        Page.objects.filter(pk__in=pages.values("pk"), locale__language_code=translations.SOURCE, live=True)
        .filter(depth__gt=1)
        .order_by("path")
    )

"""Addresses of the site before this one: `/en/events?id=549`. Which page each means is edited as redirects.

One redirect for one language is enough: the other languages lead to the translations of its page.
"""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.languages import PREFIX_OF

LONGEST_ID = 9


def target_of(index: Page, number: str, request) -> str:
    """Where the old address of this number leads in the index's language; empty for an unknown number."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
        return ""
    old = {code: f"/{prefix}/{index.slug}?id={number}" for code, prefix in PREFIX_OF.items()}
    rows = {each.old_path: each for each in _redirects(old.values())}
    own = rows.get(old[index.locale.language_code])
    if own:
        return _address(own, request)
    for each in rows.values():
        page = each.redirect_page and each.redirect_page.get_translation_or_none(index.locale)
        if page and page.live:
            return page.get_url(request) or ""
    return ""


def _redirects(paths):
    return Redirect.objects.filter(old_path__in=list(paths)).select_related("redirect_page")


def _address(redirect, request):
    page = redirect.redirect_page
    if page:
        return (page.specific.get_url(request) or "") if page.live else ""
    return redirect.redirect_link

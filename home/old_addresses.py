"""Addresses of the site before this one: redirects, which editors see and change under Settings, Redirects.

A redirect for one language is enough: the other languages lead to the translations of its page. The site
before did not tell capitals from small letters, so neither do its addresses here.
"""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from portal.languages import LANGUAGE_OF

# `/en/index` of the last site, `/en_index.asp` of the one before.
LANGUAGE = re.compile(r"^/(en|tc|sc)(?=[/_])", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    url: str
    is_permanent: bool

    def response(self):
        return (HttpResponsePermanentRedirect if self.is_permanent else HttpResponseRedirect)(self.url)


class OldAddressMiddleware:
    """Asked only for what nothing else answers, so that no redirect can hide a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        target = find(request.get_full_path(), request)
        return target.response() if target else response


def find(address: str, request=None) -> Target | None:
    """Where an address leads: by its own redirect, with the query or without, else by another language's."""
    written = uri_to_iri(Redirect.normalise_path(address, decode_unicode=False))
    if "\0" in written:
        return None
    asked = list(dict.fromkeys([written, written.partition("?")[0]]))
    spellings = {each: _in_other_languages(each) for each in asked}
    rows = _rows([*asked, *(other for others in spellings.values() for other in others)], request)
    own = [rows.get(each.lower()) for each in asked]
    targets = [_target(row, request) for row in own if row]
    locale = _locale_of(written)
    others = [rows.get(other.lower()) for each in asked for other in spellings[each]]
    targets += [_target(row, request, locale) for row in others if row and locale]
    return next((each for each in targets if each and each.url != getattr(request, "path", None)), None)


def _in_other_languages(address):
    match = LANGUAGE.match(address)
    own = match[1].lower() if match else None
    return [f"/{prefix}{address[match.end() :]}" for prefix in LANGUAGE_OF if prefix != own] if match else []


def _locale_of(address):
    match = LANGUAGE.match(address)
    return match and Locale.objects.filter(language_code=LANGUAGE_OF[match[1].lower()]).first()


def _rows(addresses, request):
    """Redirects by address in small letters, in one query; one of this site or spelt alike goes first."""
    wanted = Q(old_path__in=addresses) | Q(folded__in=[each.lower() for each in addresses])
    rows = Redirect.get_for_site(Site.find_for_request(request)).annotate(folded=Lower("old_path"))
    found = rows.filter(wanted).select_related("redirect_page").order_by("pk")
    best_last = sorted(found, key=lambda row: (row.old_path in addresses, row.site_id is not None))
    return {row.old_path.lower(): row for row in best_last}


def _target(row, request, locale=None):
    """Where the redirect leads, or in `locale` the translation of its page; None if nothing stands there."""
    page = row.redirect_page
    if locale:
        page = page and page.get_translation_or_none(locale)
        url = _address(page, request)
    else:
        url = _address(page, request, row) if page else row.redirect_link
    return Target(url, row.is_permanent) if url else None


def _address(page: Page | None, request, row: Redirect | None = None) -> str:
    if page is None or not page.live:
        return ""
    if row and row.redirect_page_route_path:
        return row.link or ""
    return page.specific_deferred.get_url(request) or ""

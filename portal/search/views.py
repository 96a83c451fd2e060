"""The search page of the site. All of its state stands in the address."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal import limits
from portal.languages import LANGUAGE_OF, lang_tag, prefix_for
from portal.listing import Listing, page_of
from portal.search import kinds, query, searching
from portal.search.highlighting import excerpt, marked
from portal.search.models import SearchEntry

SHOWN_OF_EACH, PER_PAGE = 4, 20
# A minute's searches from one network; a person never gets there.
MOST_SEARCHES, WINDOW_SECONDS = 120, 60


@dataclass(frozen=True)
class Result:
    title: SafeString
    excerpt: SafeString
    url: str
    tag: str  # the language it is written in, where that is not the reader's
    language: str
    when: str


@dataclass(frozen=True)
class Group:
    kind: kinds.Kind
    count: int
    url: str
    results: list[Result]


@require_safe
def results(request):
    if wait := limits.hit(
        "search", limits.client_network(request), limit=MOST_SEARCHES, window=WINDOW_SECONDS
    ):
        response = render(
            request, "search/results.html", {"is_limited": True, "hides_search": True}, status=429
        )
        response["Retry-After"] = str(wait)
        return response
    asked = query.read(request.GET.get("q", ""))
    language = LANGUAGE_OF[prefix_for(get_language())]
    found = searching.search(asked, language)
    listing = Listing(reverse("search:results"), {"q": asked.asked, "kind": request.GET.get("kind", "")[:20]})
    context = {
        "asked": asked,
        "found": found,
        "total": len(found.hits),
        "chosen": listing.values["kind"],
        "longest": query.LONGEST,
        "hides_search": True,
        "choices": _choices(found, listing),
        "all_url": listing.url(kind=""),
        **_shown(found, listing, request.GET.get("page"), language),
    }
    return render(request, "search/results.html", context)


def _choices(found, listing):
    """Every group that has something, as a link that shows it alone; none where there is one group only."""
    counts = found.counts()
    present = [kind for kind in kinds.in_order() if counts[kind.code]]
    if len(present) < 2:
        return []
    chosen = listing.values["kind"]
    groups = [
        (kind.label, counts[kind.code], listing.url(kind=kind.code), chosen == kind.code) for kind in present
    ]
    return [("", len(found.hits), listing.url(kind=""), not chosen), *groups]


def _shown(found, listing, number, language):
    """One group by pages, or the beginning of each; the results are fetched in one query."""
    counts, chosen = found.counts(), listing.values["kind"]
    present = [kind for kind in kinds.in_order() if counts[kind.code]]
    if not chosen and len(present) == 1:
        chosen = present[0].code
    if chosen:
        page = page_of([hit.pk for hit in found.hits if hit.kind == chosen], number, per_page=PER_PAGE)
        results = _results(page.object_list, found, language)
        page.object_list = [results[pk] for pk in page.object_list if pk in results]
        return {"page": page if page.object_list else None, "groups": []}
    first = {
        kind.code: [hit.pk for hit in found.hits if hit.kind == kind.code][:SHOWN_OF_EACH] for kind in present
    }
    results = _results([pk for pks in first.values() for pk in pks], found, language)
    groups = [
        Group(
            kind,
            counts[kind.code],
            listing.url(kind=kind.code),
            [results[pk] for pk in first[kind.code] if pk in results],
        )
        for kind in present
    ]
    return {"page": None, "groups": groups}


def _results(pks, found, language) -> dict[int, Result]:
    phrases = found.query.phrases
    return {
        entry.pk: Result(
            title=marked(entry.title, phrases),
            excerpt=excerpt(entry.text, phrases),
            url=entry.url,
            tag="" if entry.language == language else lang_tag(entry.language),
            language=entry.get_language_display(),
            when=entry.when,
        )
        for entry in (SearchEntry.objects.filter(pk__in=pks) if pks else ())
    }

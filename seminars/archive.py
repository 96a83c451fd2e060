"""The public list of seminars: coming ones, past ones by page, and what visitors may narrow it to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page as Pages
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.dates import local
from portal.facets import Facet, Select, narrow
from portal.listing import Chip, page_of
from seminars.models.option import AttendanceOption
from seminars.models.seminar import DeliveryLanguage, Seminar, Topic

PAST_PER_PAGE = 25


@dataclass(frozen=True)
class Row:
    """As much of a seminar as the filters ask for."""

    page_pk: int
    starts_at: object
    is_past: bool
    year: str
    mode: frozenset[str]
    language: frozenset[str]
    topic: frozenset[str]


@dataclass(frozen=True)
class Archive:
    upcoming: list
    past: Pages
    count: int
    selects: list[Select]
    chips: list[Chip]


def read(pages, query, path: str) -> Archive:
    """`pages` are the live seminar pages of one language."""
    rows = list(_rows(pages))
    narrowed = narrow(rows, _facets(rows), query, path)
    coming = sorted((row for row in narrowed.rows if not row.is_past), key=lambda row: row.starts_at)
    past = sorted((row for row in narrowed.rows if row.is_past), key=lambda row: row.starts_at, reverse=True)
    past_page = page_of(past, query.get("page"), per_page=PAST_PER_PAGE)
    shown = [row.page_pk for row in [*coming, *past_page.object_list]]
    found = {page.pk: page for page in pages.filter(pk__in=shown).select_related("seminar", "locale")}
    past_page.object_list = [found[row.page_pk] for row in past_page.object_list]
    upcoming = [found[row.page_pk] for row in coming]
    return Archive(upcoming, past_page, len(narrowed.rows), narrowed.selects, narrowed.chips)


def _rows(pages) -> Iterable[Row]:
    now = timezone.now()
    facts = pages.order_by().values_list(
        "pk",
        "seminar_id",
        *(
            f"seminar__{name}"
            for name in ("starts_at", "ends_at", "state", "languages_of_delivery", "topics")
        ),
    )
    facts, modes = list(facts), {}
    for seminar, mode in AttendanceOption.objects.order_by().values_list("seminar_id", "mode"):
        modes.setdefault(seminar, set()).add(mode)
    for pk, seminar, starts_at, ends_at, state, languages, topics in facts:
        # A postponed seminar still comes, whatever its old date says.
        is_past = ends_at <= now and state != Seminar.State.POSTPONED
        yield Row(
            pk,
            starts_at,
            is_past,
            str(local(starts_at).year),
            frozenset(modes.get(seminar, ())),
            frozenset(languages),
            frozenset(topics),
        )


def _facets(rows):
    years = sorted({row.year for row in rows}, reverse=True)
    return [
        Facet("year", _("Year"), [(year, year) for year in years], lambda row: {row.year}),
        Facet("mode", _("Way to attend"), AttendanceOption.Mode.choices, lambda row: row.mode),
        Facet("language", _("Language"), DeliveryLanguage.choices, lambda row: row.language),
        Facet("topic", _("Topic"), Topic.choices, lambda row: row.topic),
    ]

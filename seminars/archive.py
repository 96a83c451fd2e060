"""The public list of seminars: coming ones, past ones by page, and what visitors may narrow it to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page as Pages
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.dates import local
from portal.listing import Chip, Listing, page_of
from seminars.models.option import AttendanceOption
from seminars.models.seminar import DeliveryLanguage, Seminar, Topic

PAST_PER_PAGE = 25
NAMES = ("year", "mode", "language", "topic")


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

    def fits(self, name: str, value: str) -> bool:
        own = getattr(self, name)
        return value == own if name == "year" else value in own


@dataclass(frozen=True)
class Select:
    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Archive:
    upcoming: list
    past: Pages
    count: int
    selects: list[Select]
    chips: list[Chip]


def read(pages, query, path: str) -> Archive:
    """`pages` are the live seminar pages of one language. A value that nobody offers shows nothing."""
    rows = list(_rows(pages))
    asked = {name: query[name] for name in NAMES if query.get(name)}
    fitting = [row for row in rows if all(row.fits(name, value) for name, value in asked.items())]
    coming = sorted((row for row in fitting if not row.is_past), key=lambda row: row.starts_at)
    past = sorted((row for row in fitting if row.is_past), key=lambda row: row.starts_at, reverse=True)
    past_page = page_of(past, query.get("page"), per_page=PAST_PER_PAGE)
    shown = [row.page_pk for row in [*coming, *past_page.object_list]]
    found = {page.pk: page for page in pages.filter(pk__in=shown).select_related("seminar", "locale")}
    past_page.object_list = [found[row.page_pk] for row in past_page.object_list]
    selects = _selects(rows, asked)
    listing = Listing(path, asked)
    labels = {select.name: dict(select.choices) for select in selects}
    chips = [listing.chip(name, labels[name].get(value, value)) for name, value in asked.items()]
    return Archive([found[row.page_pk] for row in coming], past_page, len(fitting), selects, chips)


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


def _selects(rows, asked):
    """Only what occurs is offered: a choice that shows nothing helps nobody."""
    years = sorted({row.year for row in rows}, reverse=True)
    sets = (
        ("mode", _("Way to attend"), AttendanceOption.Mode.choices),
        ("language", _("Language"), DeliveryLanguage.choices),
        ("topic", _("Topic"), Topic.choices),
    )
    found = [Select("year", _("Year"), [(year, year) for year in years], asked.get("year", ""))]
    for name, label, choices in sets:
        occurring = set().union(*(getattr(row, name) for row in rows)) if rows else set()
        offered = [(code, str(text)) for code, text in choices if code in occurring]
        found.append(Select(name, label, offered, asked.get(name, "")))
    return [select for select in found if select.choices]

"""What of the pages the search knows, and how it follows them.

Only what is published and open to everybody has entries. A page type that is more than its words adds its own
`entries_of`, here or in the app it belongs to.
"""

from collections.abc import Iterator
from functools import singledispatch

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from wagtail.models import Page
from wagtail.search.index import SearchField

from home import figures
from home.locales import with_locale
from home.models import (
    CasePage,
    CaseTerm,
    CeremonyPage,
    FAQPage,
    FiguresPage,
    HomePage,
    NewsPage,
    ResourcesPage,
)
from home.models.figures import figure_sets_to_read
from home.models.resources import resources_to_read
from portal.dates import day, local
from portal.search import index, kinds
from portal.texts import localized

PREFIX = "page"


def register() -> None:
    kinds.register("page", pgettext_lazy("kind of result", "Pages"), order=10)
    kinds.register("question", _("Questions and answers"), order=20)
    kinds.register("case", _("Success cases"), order=35)
    kinds.register("document", _("Forms and documents"), order=37)
    kinds.register("news", _("News"), order=40)
    kinds.register_source(PREFIX, write_all)


@singledispatch
def entries_of(page) -> list[index.Entry]:
    """The entries of a published page, which comes as its own type and with its locale."""
    return [entry(page)]


@entries_of.register
def of_home(page: HomePage):
    return [entry(page, title=page.hero_title or page.title)]


@entries_of.register
def of_news(page: NewsPage):
    return [entry(page, kind="news", date=page.date, when=page.shown_date)]


@entries_of.register
def of_case(page: CasePage):
    """Also found by the names of what it is filtered by."""
    labels = (page.get_industry_display(), str(page.process), str(page.technology))
    text = "\n".join((words_of(page), *labels))
    return [entry(page, kind="case", text=text, date=page.as_of, when=page.shown_as_of)]


@entries_of.register
def of_ceremony(page: CeremonyPage):
    return [entry(page, date=page.date, when=page.shown_date)]


@entries_of.register
def of_library(page: ResourcesPage):
    """The page by its lead, and each of its documents where it stands in the list."""
    documents = [
        entry(
            page,
            kind="document",
            title=str(resource),
            text=localized(resource, "note").text,
            part=resource.anchor,
            date=resource.dated,
            when=resource.shown_date,
        )
        for resource in resources_to_read()
    ]
    return [entry(page, text=page.lead), *documents]


@entries_of.register
def of_figures(page: FiguresPage):
    """The page by its lead, and each set of figures where it stands on the page."""
    sets = [
        entry(
            page,
            title=str(row),
            text=figures.words_of(row),
            part=f"chart-{row.code}",
            date=row.as_of,
            when=day(row.as_of),
        )
        for row in figure_sets_to_read()
    ]
    return [entry(page, text=page.lead), *sets]


@entries_of.register
def of_questions(page: FAQPage):
    """The page itself by its lead only: its questions are found one by one."""
    questions = [
        entry(
            page,
            kind="question",
            title=item["question"],
            text="\n".join(lines_in(item.bound_blocks["answer"].block, item["answer"])),
            part=item["anchor"],
        )
        for category in page.categories
        for item in category.value["questions"]
    ]
    return [entry(page, text=page.lead), *questions]


def entry(page, *, kind="page", title="", text=None, part="", date=None, when="") -> index.Entry:
    anchor = f"#{part}" if part else ""
    changed = page.last_published_at
    return index.Entry(
        kind=kind,
        language=page.locale.language_code,
        family=f"{page.translation_key}{anchor}",
        title=title or page.title,
        url=f"{page.url}{anchor}",
        text=words_of(page) if text is None else text,
        date=date or (local(changed).date() if changed else None),
        when=when,
        part=part,
    )


def words_of(page) -> str:
    """All that is written on a page besides its title: what its type names in `search_fields`."""
    names = [field for field in page.get_search_fields() if isinstance(field, SearchField)]
    lines = []
    for field in names:
        value = field.get_value(page) if field.field_name != "title" else ""
        lines += value if isinstance(value, list) else [value]
    return "\n".join(filter(None, (" ".join(str(line).split()) for line in lines if line)))


def lines_in(block, value) -> list[str]:
    return [" ".join(line.split()) for line in block.get_searchable_content(value)]


def refresh(pages) -> list[str]:
    """Write the entries of these pages anew; those that are not for everybody have none."""
    sources = {pk: f"{PREFIX}:{pk}" for pk in pages.values_list("pk", flat=True)}
    if not sources:
        return []
    shown = pages.live().public().filter(alias_of=None, depth__gt=1)
    found = {page.pk: page for page in shown.specific()}
    for pk, source in sources.items():
        index.replace(source, _written(found[pk]) if pk in found else ())
    return list(sources.values())


def refresh_below(page) -> None:
    """The page and all under it: their addresses, or who may read them, have changed."""
    refresh(Page.objects.filter(path__startswith=page.path))


def refresh_library() -> None:
    refresh(Page.objects.filter(resourcespage__isnull=False))


def refresh_figures() -> None:
    refresh(Page.objects.filter(figurespage__isnull=False))


def refresh_cases_with(term: CaseTerm) -> None:
    using = CasePage.objects.filter(Q(process=term) | Q(technology=term))
    refresh(Page.objects.filter(pk__in=using.values("pk")))


def forget(page) -> None:
    index.replace(f"{PREFIX}:{page.pk}", ())


def write_all() -> Iterator[str]:
    for pk in Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            # Whoever publishes the page in this moment comes after us.
            page = Page.objects.select_for_update(of=("self",)).filter(pk=pk)
            if page.first():
                yield from refresh(Page.objects.filter(pk=pk))


def _written(page):
    with_locale(page)
    if not page.url:
        return []
    with override(page.locale.language_code):
        return entries_of(page)

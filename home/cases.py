"""The list of success cases, narrowed to what a visitor looks for."""

from dataclasses import dataclass

from django.core.paginator import Page as Pages
from django.utils.translation import gettext as _

from portal.facets import Facet, Select, narrow
from portal.industries import Industry
from portal.listing import Chip, page_of

PER_PAGE = 12
FACTS = ("pk", "industry", "process_id", "technology_id")


@dataclass(frozen=True)
class CaseList:
    page: Pages
    count: int
    selects: list[Select]
    chips: list[Chip]


def read(pages, terms, query, path: str) -> CaseList:
    """`pages` are the cases of one language in their order, `terms` their processes and technologies."""
    terms = {term.pk: term for term in terms}
    narrowed = narrow(pages.values_list(*FACTS, named=True), _facets(terms), query, path)
    page = page_of([row.pk for row in narrowed.rows], query.get("page"), per_page=PER_PAGE)
    found = pages.model.objects.select_related("locale").in_bulk(page.object_list)
    page.object_list = [found[pk] for pk in page.object_list]
    return CaseList(page, len(narrowed.rows), narrowed.selects, narrowed.chips)


def _facets(terms):
    by_label = sorted(terms.values(), key=str)

    def among(kind):
        return [(term.code, str(term)) for term in by_label if term.kind == kind]

    return [
        Facet("industry", _("Industry"), Industry.choices, lambda row: {row.industry}),
        Facet("process", _("Process"), among("process"), lambda row: {terms[row.process_id].code}),
        Facet(
            "technology", _("Technology"), among("technology"), lambda row: {terms[row.technology_id].code}
        ),
    ]

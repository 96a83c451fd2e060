"""The library of forms and documents as a visitor narrows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.facets import Facet, Select, narrow
from portal.listing import Chip


@dataclass(frozen=True)
class Library:
    groups: list[tuple[str, str, list]]  # code, heading, resources
    count: int
    selects: list[Select]
    chips: list[Chip]


def read(rows, query, path: str) -> Library:
    """`rows` are resources with their `open_files`, the newest first."""
    if not rows:
        return Library([], 0, [], [])
    narrowed = narrow(rows, _facets(rows), query, path)
    by_group = [
        (code, label, [row for row in narrowed.rows if row.group == code])
        for code, label in type(rows[0]).Group.choices
    ]
    groups = [each for each in by_group if each[2]]
    return Library(groups, len(narrowed.rows), narrowed.selects, narrowed.chips)


def _facets(rows):
    formats = sorted({each.format for row in rows for each in row.open_files})
    languages = type(rows[0].open_files[0]).Language.choices
    return [
        Facet("group", _("Group"), type(rows[0]).Group.choices, lambda row: {row.group}),
        Facet("language", _("Language"), languages, lambda row: {each.language for each in row.open_files}),
        Facet(
            "format",
            _("Format"),
            [(each, each.upper()) for each in formats],
            lambda row: {each.format for each in row.open_files},
        ),
    ]

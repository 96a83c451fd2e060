"""The only writer of search entries. Call it in the transaction of the change that it follows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from portal.search import kinds
from portal.search.folding import fold
from portal.search.models import SearchEntry

WRITTEN = ("family", "kind", "language", "title", "text", "url", "date", "when", "folded_title", "folded")


@dataclass(frozen=True)
class Entry:
    """A place as it is found. `text` is plain, a passage per line; `family` names it in all languages.

    `date` puts newer things first; `when` is what the reader sees of it, in the entry's language.
    """

    kind: str
    language: str
    family: str
    title: str
    url: str
    text: str = ""
    date: datetime.date | None = None
    when: str = ""
    part: str = ""


@transaction.atomic
def replace(source: str, entries: Iterable[Entry]) -> None:
    """Let these, and no others, be the entries of a source; none takes it out of the search."""
    rows = {entry.part: _row(source, entry) for entry in entries}
    standing = SearchEntry.objects.filter(source=source)
    (standing.exclude(part__in=rows) if rows else standing).delete()
    if rows:
        # Two publications at once must not leave an entry twice.
        SearchEntry.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["source", "part"],
            update_fields=WRITTEN,
        )


def rebuild() -> int:
    """Write everything anew and drop what no source knows; returns how many entries there are then."""
    for prefix, write_all in kinds.sources.items():
        written = set(write_all())
        standing = SearchEntry.objects.filter(source__startswith=f"{prefix}:")
        for source in set(standing.values_list("source", flat=True)) - written:
            replace(source, ())
    return SearchEntry.objects.count()


def _row(source, entry):
    # PostgreSQL takes no NUL in a text.
    title, text = (" ".join(entry.title.split()).replace("\0", ""), entry.text.replace("\0", ""))
    folded_title = fold(title)
    return SearchEntry(
        source=source,
        part=entry.part,
        family=entry.family,
        kind=entry.kind,
        language=entry.language,
        title=title,
        text=text,
        url=entry.url,
        date=entry.date,
        when=entry.when,
        folded_title=folded_title,
        folded=folded_title + fold(text),
    )

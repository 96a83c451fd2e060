"""Links on published pages that lead nowhere, for editors to change.

Read from what the pages hold: Wagtail's index of references forgets who links to a page when that is deleted,
and knows no address that was typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField

from home.blocks import LinkBlock
from home.goals import Goals
from home.locales import with_locale
from portal.languages import prefix_for


@dataclass(frozen=True)
class Link:
    """One link as it is kept; the first of `page`, `document` and `address` that is set is where it leads."""

    words: str
    page: int | None = None
    document: int | None = None
    address: str = ""


@dataclass(frozen=True)
class DeadLink:
    title: str
    edit_url: str
    place: str
    words: str
    reason: str


def on_pages(pages, request) -> list[DeadLink]:
    """Of the published ones among `pages`, in the order of the site."""
    goals = Goals(request)
    published = map(with_locale, pages.filter(live=True).order_by("path").specific())
    return [
        DeadLink(
            f"{page.title} ({page.locale})",
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            place,
            link.words,
            reason,
        )
        for page in published
        for place, link in _links_of(page)
        if (reason := _why_dead(link, goals, page))
    ]


def of_redirects(request) -> list[DeadLink]:
    """Addresses that shall lead to a page that readers cannot open."""
    goals = Goals(request)
    return [
        DeadLink(
            row.old_path,
            reverse("wagtailredirects:edit", args=[row.pk]),
            _("Redirect"),
            row.title or "",
            reason,
        )
        for row in Redirect.objects.order_by("old_path")
        if (reason := _why_redirect(row, goals))
    ]


def _why_redirect(row, goals) -> str:
    if not row.redirect_page_id and not row.redirect_link:
        # Wagtail's form takes a redirect that leads nowhere; one to a deleted page goes with it.
        return _("Neither a page nor an address is chosen.")
    return _why_dead(Link("", page=row.redirect_page_id, address=row.redirect_link), goals)


def _why_dead(link, goals, source=None) -> str:
    """A sentence for the editor; empty where the link is good."""
    if link.page:
        return _why_page(link.page, goals, source)
    if link.document:
        return "" if str(link.document) in goals.documents else _("The document was deleted.")
    if not link.address:
        return _("The page was deleted.")
    if goals.is_missing(link.address):
        return _("Nothing stands at %(address)s.") % {"address": link.address}
    return ""


def _why_page(pk, goals, source):
    if pk not in goals.pages:
        return _("The page was deleted.")
    title, live, key = goals.pages[pk]
    if live or (source and (key, source.locale_id) in goals.live):
        return ""
    return _("“%(title)s” is not published.") % {"title": title}


def _links_of(page) -> Iterator[tuple[str, Link]]:
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            block, value = field.stream_block, getattr(page, field.name).raw_data
            found = _in_block(block, list(value), page)
        elif isinstance(field, RichTextField):
            found = _in_text(getattr(page, field.name))
        else:
            continue
        yield from ((str(field.verbose_name).capitalize(), link) for link in found)


def _in_block(block, value, page) -> Iterator[Link]:
    """By the values as they are kept: chosen pages and documents would cost queries for each page."""
    if isinstance(block, LinkBlock):
        path = value.get("path")
        address = f"/{prefix_for(page.locale.language_code)}/{path}" if path else ""
        yield Link(value.get("label", ""), page=value.get("page"), address=address)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_text(value)
    elif isinstance(block, blocks.URLBlock) and value:
        yield Link("", address=value)
    elif isinstance(block, DocumentChooserBlock):
        yield Link("", document=value or -1)
    else:
        for child, part in _parts(block, value):
            yield from _in_block(child, part, page)


def _parts(block, value):
    if isinstance(block, blocks.StreamBlock):
        return [
            (block.child_blocks[row["type"]], row["value"])
            for row in value
            if row["type"] in block.child_blocks
        ]
    if isinstance(block, blocks.ListBlock):
        return [(block.child_block, row["value"] if _is_wrapped(row) else row) for row in value]
    if isinstance(block, blocks.StructBlock):
        return [(child, value[name]) for name, child in block.child_blocks.items() if name in value]
    return []


def _is_wrapped(row):
    """Lists are kept with an id for each row, or, by earlier programs and by ours, as the bare values."""
    return isinstance(row, dict) and row.get("type") == "item" and "value" in row


def _in_text(html) -> Iterator[Link]:
    for link in BeautifulSoup(html or "", "html.parser").find_all("a"):
        kind, number = link.get("linktype"), link.get("id", "")
        number = int(number) if number.isdecimal() else None
        if kind == "page":
            yield Link(link.get_text(), page=number)
        elif kind == "document":
            yield Link(link.get_text(), document=number or -1)
        elif link.get("href"):
            yield Link(link.get_text(), address=link["href"])

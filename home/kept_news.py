"""Pieces of news that were begun on one screen and kept: three drafts that may be taken up there again."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from home import releasing
from home.models import NewsIndexPage, NewsPage

SHOWN_BLOCKS = ("text", "image")
MOST_SHOWN = 12


@dataclass(frozen=True)
class KeptNews:
    """`pages` are the newest versions, English first, translations of each other; one below each parent."""

    pages: tuple[NewsPage, ...]
    parents: tuple[Page, ...]

    @property
    def title(self) -> str:
        return self.pages[0].title

    @property
    def seen(self) -> str:
        """What a form was opened on: another version in between has another number."""
        return " ".join(str(page.latest_revision_id) for page in self.pages)

    @property
    def block_ids(self) -> list[str]:
        """Of text and picture, the same in all languages; empty where there is none yet."""
        found = {block["type"]: block["id"] for page in self.pages for block in page.body.raw_data}
        return [found.get(kind, "") for kind in SHOWN_BLOCKS]


def of_user(user) -> list[KeptNews]:
    """All that this person may go on with, the newest first; for whoever may not add news, none."""
    parents = releasing.parents_for(user, NewsIndexPage)
    drafts = NewsPage.objects.filter(
        live=False, first_published_at=None, path__startswith=parents[0].path, depth=parents[0].depth + 1
    )
    found = [_family(page, parents) for page in drafts.order_by("-latest_revision_created_at")[:MOST_SHOWN]]
    return [kept for kept in found if kept and not why_not(kept, user)]


def find(user, page_id) -> KeptNews | None:
    parents = releasing.parents_for(user, NewsIndexPage)
    page = NewsPage.objects.filter(pk=page_id).first()
    return page and _family(page, parents)


def why_not(kept: KeptNews, user) -> str:
    """A sentence for the editor; empty where the screen may be opened."""
    if any(page.live for page in kept.pages):
        return _("“%(title)s” is on the site already: change each language on its own page.") % {
            "title": kept.title
        }
    if not all(_may_change(page, user) for page in kept.pages):
        return _("“%(title)s” waits for a second editor, or is locked: see its pages.") % {
            "title": kept.title
        }
    if not all(_is_simple(page) for page in kept.pages):
        return _(
            "“%(title)s” has more than one text and one picture by now: go on with each page on its own."
        ) % {"title": kept.title}
    return ""


def _family(page, parents):
    siblings = NewsPage.objects.filter(translation_key=page.translation_key).select_related(
        "locale", "latest_revision"
    )
    under = {each.locale_id: each for each in siblings if each.latest_revision}
    found = [under.get(parent.locale_id) for parent in parents]
    if not all(found):
        return None
    return KeptNews(tuple(map(_newest, found)), tuple(parents))


def _may_change(page, user):
    rights = page.permissions_for_user(user)
    # Whoever reviews a page may change it there; three at once would leave the reviews behind.
    return rights.can_edit() and not rights.page_locked() and not page.workflow_in_progress


def _newest(page):
    newest = page.latest_revision.as_object()
    newest.locale = page.locale
    return newest


def _is_simple(page):
    kinds = [block["type"] for block in page.body.raw_data]
    pictures = [block["value"]["image"] for block in page.body.raw_data if block["type"] == "image"]
    is_shown = kinds in ([], *([kind] for kind in SHOWN_BLOCKS), [*SHOWN_BLOCKS])
    return is_shown and not any(picture["decorative"] for picture in pictures)

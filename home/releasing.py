"""Pages in several languages that are made in one sitting, and published or submitted by one press."""

from itertools import chain, count

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.text import slugify
from wagtail.models import Page

from home import own_addresses

ORDER = [code for code, _name in settings.LANGUAGES]
LONGEST_SLUG = 60


class Ending(models.TextChoices):
    """What the last press does with the new pages."""

    PUBLISH = "publish"
    SUBMIT = "submit"
    KEEP = "keep"


def in_order(pages) -> list:
    """English first: a translation that is published before its source would count as behind."""
    return sorted(pages, key=lambda page: ORDER.index(page.locale.language_code))


def parents_for(user, model) -> list[Page]:
    """The pages of this type, one a language, below each of which this person may add; else refused."""
    found = {}
    for page in in_order(model.objects.select_related("locale").order_by("path")):
        found.setdefault(page.locale_id, page)
    parents = list(found.values())
    if not parents:
        raise Http404
    if not all(page.permissions_for_user(user).can_add_subpage() for page in parents):
        raise PermissionDenied
    return parents


def endings_for(user, parents) -> list[Ending]:
    """Who may not publish submits. The first is what the button does."""
    may_publish = all(page.permissions_for_user(user).can_publish_subpage() for page in parents)
    may_submit = all(page.get_workflow() for page in parents)
    offered = {Ending.PUBLISH: may_publish, Ending.SUBMIT: may_submit, Ending.KEEP: True}
    return [ending for ending, is_offered in offered.items() if is_offered]


def end(pages, ending: Ending, *, user) -> None:
    """Wagtail itself refuses whoever may not publish. Call it in a transaction: all of them, or none."""
    for page in in_order(pages):
        if ending == Ending.PUBLISH:
            page.get_latest_revision().publish(user=user)
        elif ending == Ending.SUBMIT:
            page.get_workflow().start(page, user)


def free_slug(title: str, parents, *, otherwise: str) -> str:
    """The same address in all languages, so that the language switch is easy to follow."""
    base = slugify(title)[:LONGEST_SLUG].strip("-") or otherwise
    taken = set()
    for parent in parents:
        taken |= set(Page.objects.child_of(parent).values_list("slug", flat=True))
    names = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken and not _is_ours(name, parents))


def _is_ours(slug, parents):
    return any(own_addresses.refusal(parent, slug) for parent in parents)

"""What goes with a page that is deleted: who links to it, and where its address leads afterwards.

A link in a text is bound to the page, not to its address, so that no redirect mends it.
"""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django_tasks_db.models import DBTaskResult
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex
from wagtail.tasks import update_reference_index_task

from home.navigation import FRONT_PAGE_DEPTH

# More would be a page nobody may take away in passing; the rest is counted.
MOST_LISTED = 50
MOST_WAITING = 500


@dataclass
class Link:
    """A page, or a row that is none, with the fields of it that link to what is to go."""

    title: str
    edit_url: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Leaving:
    """The addresses that are left, and the page that they shall lead to."""

    addresses: tuple[str, ...]
    target: Page


def links_to(page, user) -> list[Link]:
    """Who links to the page, or to one below it, from outside of what is deleted."""
    write_waiting_references()
    return _links_to(page, user)


def linked_among(pages, user) -> list[Page]:
    """Those of the pages that others link to."""
    write_waiting_references()
    return [page for page in pages if _links_to(page, user)]


def _links_to(page, user):
    going = set(_going(page).values_list("pk", flat=True))
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Page), to_object_id__in=map(str, going)
    )
    finder = AdminURLFinder(user)
    return [
        Link(_name(source), finder.get_edit_url(source) or "", _places(found))
        for source, found in references.group_by_source_object()
        if not isinstance(source, Redirect) and not (isinstance(source, Page) and source.pk in going)
    ]


def leads_here(page) -> int:
    """How many other addresses, as of the site before, lead to the page or below it."""
    return _redirects_to(page).count()


def leave(page, target) -> Leaving:
    """To be asked before the page goes: afterwards nobody knows its addresses."""
    pages = _going(page).filter(Q(live=True) | Q(pk=page.pk)).specific(defer=True)
    own = [each.get_url() for each in pages if each.get_url()]
    redirected = _redirects_to(page).values_list("old_path", flat=True)
    addresses = dict.fromkeys([*(Redirect.normalise_path(url) for url in own), *redirected])
    return Leaving(tuple(addresses), target)


def lead_on(leaving: Leaving) -> None:
    """For one language: in the others home.old_addresses leads to the target's translation."""
    for address in leaving.addresses:
        standing = Redirect.objects.filter(old_path=address)
        if not standing.update(redirect_page=leaving.target, redirect_link="", redirect_page_route_path=""):
            Redirect.objects.create(old_path=address, redirect_page=leaving.target)


def is_in_navigation(page) -> bool:
    return page.live and page.depth == FRONT_PAGE_DEPTH + 1


def _going(page):
    return Page.objects.filter(path__startswith=page.path)


def _redirects_to(page):
    return Redirect.objects.filter(redirect_page__path__startswith=page.path)


def _name(source):
    if isinstance(source, Page):
        return f"{source.specific_deferred.get_admin_display_title()} ({source.locale})"
    return str(source)


def _places(references):
    return list(dict.fromkeys(reference.describe_source_field() for reference in references))


def write_waiting_references():
    """Tasks keep the index of references: what was saved a moment ago may still wait for the worker."""
    waiting = DBTaskResult.objects.ready().filter(task_path=update_reference_index_task.module_path)
    calls = waiting.order_by("enqueued_at").values_list("args_kwargs", flat=True)[:MOST_WAITING]
    for arguments in {tuple(call["args"]) for call in calls}:
        try:
            update_reference_index_task.func(*arguments)
        except ObjectDoesNotExist:
            # Deleted since.
            continue

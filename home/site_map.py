"""A readable map of the site: every page of one language that is open to everybody, as a tree."""

from dataclasses import dataclass, field

from django.utils.translation import get_language
from wagtail.models import Page, Site

from portal.languages import LANGUAGE_OF, prefix_for

# A longer list, as of news, has a page of its own with dates and filters.
MOST_LISTED = 12


@dataclass
class Entry:
    title: str
    url: str
    children: list["Entry"] = field(default_factory=list)

    @property
    def listed(self):
        return self.children if len(self.children) <= MOST_LISTED else []

    @property
    def hidden(self) -> int:
        return len(self.children) - len(self.listed)


def tree(request) -> list[Entry]:
    """What stands under the front page of the active language, in the order of the editors."""
    front = _front_page(request)
    if front is None:
        return []
    pages = Page.objects.filter(path__startswith=front.path, alias_of=None).live().public()
    top, open_branches = Entry(front.title, front.get_url(request)), []
    for page in pages.exclude(pk=front.pk).order_by("path").select_related("locale"):
        # What stands under a page that is not shown belongs to the nearest one that is.
        while open_branches and not page.path.startswith(open_branches[-1][0]):
            open_branches.pop()
        entry = Entry(page.title, page.get_url(request))
        (open_branches[-1][1] if open_branches else top).children.append(entry)
        open_branches.append((page.path, entry))
    return top.children


def _front_page(request):
    site = Site.find_for_request(request)
    language = LANGUAGE_OF[prefix_for(get_language())]
    homes = site.root_page.get_translations(inclusive=True).live() if site else Page.objects.none()
    return homes.filter(locale__language_code=language).select_related("locale").first()

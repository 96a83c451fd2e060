"""What the page shell links to: the children of the front page in the active language.

With "Show in menus" ticked a page stands in the main navigation, else at the foot of the page.
"""

from django.core.cache import cache
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from home import contact
from portal.navigation import Contact, Link, Shell

CACHE_KEY = "home.navigation"
# A publication forgets it at once; the time only bounds what a lost cache message can do.
CACHE_SECONDS = 300
FRONT_PAGE_DEPTH = 2


def shell(request) -> Shell:
    found = contact.current()
    main, about = [], []
    for title, url, in_menus in _entries(get_language()):
        link = Link(title, url, current=request is not None and request.path.startswith(url))
        (main if in_menus else about).append(link)
    return Shell(
        main=tuple(main),
        about=tuple(about),
        contact=Contact(
            name=gettext("Secretariat of the Cleaner Production Partnership Programme"),
            telephone=found.telephone,
            email=found.email,
        ),
    )


def forget() -> None:
    cache.delete(CACHE_KEY)


def _entries(language):
    """Title, address and place of the front page's children; one query, then the cache."""
    known = cache.get(CACHE_KEY)
    if known is None:
        known = {}
        for page in _children_of_front_pages():
            if url := page.url:
                entry = (page.title, url, page.show_in_menus)
                known.setdefault(page.locale.language_code, []).append(entry)
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known.get(language, ())


def _children_of_front_pages():
    pages = Page.objects.filter(depth=FRONT_PAGE_DEPTH + 1, live=True, view_restrictions=None)
    return pages.select_related("locale").order_by("path")

"""The locales by their ids, without a query for every page that a page links to."""

from django.core.cache import cache
from wagtail.models import Locale

CACHE_KEY = "home.locales"
CACHE_SECONDS = 3600


def with_locale(page):
    """The page with its locale set; its address needs it."""
    known = cache.get(CACHE_KEY)
    if known is None or page.locale_id not in known:
        known = {locale.pk: locale for locale in Locale.objects.all()}
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    page.locale = known[page.locale_id]
    return page


def forget(**kwargs) -> None:
    cache.delete(CACHE_KEY)

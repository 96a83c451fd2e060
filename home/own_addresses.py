"""Addresses that the portal answers itself: a page of the same address would never be seen by a reader.

They are read from the URL configuration, so that a new screen of the portal is known here without an entry.
"""

from functools import cache

from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver, resolve
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.views import serve

from portal.languages import PREFIX_OF, ShortPrefix, prefix_for

# As in `/home/search/`: the front page of a language, then what stands in the address after the language.
FRONT_PAGE = 2


def is_ours(url_path: str) -> bool:
    """Whether the portal answers in place of a page with this path in the tree."""
    below = "/".join(url_path.split("/")[FRONT_PAGE:])
    if not below:
        return False
    found = resolve(f"/{next(iter(PREFIX_OF.values()))}/{below}")
    return found.func is not serve or below.split("/")[0] in _kept_by_parts_of_the_portal()


def refusal(parent: Page, slug: str) -> str:
    """What to tell who gives a page this slug below `parent`; empty where a page may stand there."""
    url_path = f"{parent.url_path}{slug}/"
    if not slug or not is_ours(url_path):
        return ""
    address = "/".join(["", prefix_for(parent.locale.language_code), *url_path.split("/")[FRONT_PAGE:]])
    return _(
        "The portal itself answers at %(address)s, so that readers would never see this page. "
        "Choose another slug, for example “about-%(slug)s”."
    ) % {"address": address, "slug": slug}


def refuse_to_save(sender, instance, raw=False, **kwargs):
    """Where no form of ours asks: wagtail-localize shows the sentence beside the translated slug."""
    if raw or not isinstance(instance, Page) or not is_ours(instance.url_path):
        return
    # Whoever stands there already can still be moved, renamed and taken down.
    if not Page.objects.filter(pk=instance.pk, url_path=instance.url_path).exists():
        raise ValidationError({"slug": refusal(instance.get_parent(), instance.slug)})


@cache
def _kept_by_parts_of_the_portal():
    """`office` keeps all that is below it, also what no screen answers yet."""
    (languages,) = (each for each in get_resolver().url_patterns if isinstance(each.pattern, ShortPrefix))
    parts = (str(each.pattern) for each in languages.url_patterns if isinstance(each, URLResolver))
    return frozenset(part.split("/")[0] for part in parts if part)

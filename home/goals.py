"""Whether something stands where an address of this site leads, for readers and for the report on links."""

from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.documents import get_document_model
from wagtail.models import Page, Site
from wagtail.views import serve

from home import old_addresses
from portal.languages import LANGUAGE_OF, PREFIX_OF, prefix_for, split_prefix


class Goals:
    """What links may lead to. Each kind is read once, and only where an address asks for it."""

    def __init__(self, request=None):
        self.request = request

    def is_missing(self, address: str) -> bool:
        """Whether it is an address of ours where readers find nothing; other sites are not asked."""
        return self._is_own(address) and not self._answers(unquote(urlsplit(address).path))

    @cached_property
    def pages(self) -> dict:
        """Number -> title, whether published, translation key."""
        return {row[0]: row[1:4] for row in self._rows}

    @cached_property
    def live(self) -> set:
        """(translation key, locale) of what is published."""
        return {(row[3], row[4]) for row in self._rows if row[2]}

    @cached_property
    def documents(self) -> set[str]:
        return {str(pk) for pk in get_document_model().objects.values_list("pk", flat=True)}

    @cached_property
    def _rows(self):
        pages = Page.objects.filter(depth__gt=1)
        return list(
            pages.values_list(
                "pk", "title", "live", "translation_key", "locale_id", "locale__language_code", "url_path"
            )
        )

    @cached_property
    def _addresses(self):
        return {_address(row[5], row[6]) for row in self._rows if row[2]}

    @cached_property
    def _hosts(self):
        return {*Site.objects.values_list("hostname", flat=True), _admin_host()}

    def _is_own(self, address):
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        is_file = parts.path.startswith((settings.STATIC_URL, settings.MEDIA_URL))
        is_web = parts.scheme in {"", "http", "https"} and parts.path.startswith("/")
        return is_web and not is_file and (not parts.hostname or parts.hostname in self._hosts)

    def _answers(self, path):
        if split_prefix(path)[0] not in LANGUAGE_OF:
            # The site adds the language of the reader; what it answers without one has an own address.
            own = _resolved(path)
            return self._view_answers(own) if own else self._answers(f"/{PREFIX_OF['en']}{path}")
        path = path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"
        found = _resolved(path)
        if found and found.func is not serve:
            return self._view_answers(found)
        return path in self._addresses or bool(old_addresses.find(path.rstrip("/"), self.request))

    def _view_answers(self, found):
        number = found.kwargs.get("document_id")
        return number is None or str(number) in self.documents


def _admin_host():
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname


def _resolved(path):
    try:
        return resolve(path)
    except Resolver404:
        return None


def _address(language, url_path):
    return "/".join(["", prefix_for(language), *url_path.split("/")[2:]])

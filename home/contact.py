"""The Secretariat's contact for footer and pages, without a query per page."""

from dataclasses import dataclass

from django.core.cache import cache

from home.models.contact import CACHE_KEY, CACHE_SECONDS, ContactSettings
from portal.texts import Text, localized

FIELDS = [field.name for field in ContactSettings._meta.concrete_fields if field.name != "id"]


@dataclass(frozen=True)
class Contact:
    telephone: str
    email: str
    address: Text
    hours: Text

    @property
    def telephone_link(self) -> str:
        return "tel:" + self.telephone.replace(" ", "")

    def __bool__(self):
        return bool(self.telephone or self.email or self.address.text)


def current() -> Contact:
    """The contact in the active language; every part is empty until an editor fills it in."""
    row = cache.get(CACHE_KEY)
    if row is None:
        row = ContactSettings.objects.values(*FIELDS).first() or dict.fromkeys(FIELDS, "")
        cache.set(CACHE_KEY, row, CACHE_SECONDS)
    return Contact(row["telephone"], row["email"], localized(row, "address"), localized(row, "hours"))

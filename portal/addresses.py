"""Whole addresses of pages for what is read elsewhere: a mail or a calendar entry has no request."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def whole(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL + path


def page_in(language: str, name: str, *args) -> str:
    """The page of this URL name as a reader of this language should open it."""
    with translation.override(language):
        return whole(reverse(name, args=args))

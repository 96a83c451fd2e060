"""One page of each kind that readers come to, in three languages."""

from django.utils import translation
from wagtail.models import Page

from seminars.models import SeminarPage
from tests.bench.rows import upcoming_seminar

LANGUAGES = {"en": "en", "tc": "zh-hant", "sc": "zh-hans"}


def addresses():
    """(kind, prefix, path) of what is measured."""
    for prefix, code in LANGUAGES.items():
        with translation.override(code):
            yield "home", prefix, f"/{prefix}/"
            yield "text", prefix, _page("programme", code).url
            yield "pictures", prefix, _page("ceremony-2024", code).url
            yield "seminar", prefix, _seminar_page(code).url


def _page(slug, code):
    return Page.objects.live().get(slug=slug, locale__language_code=code)


def _seminar_page(code):
    return SeminarPage.objects.live().get(seminar=upcoming_seminar(), locale__language_code=code)

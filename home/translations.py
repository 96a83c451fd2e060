"""Which translation is behind.

The English version of a page is the one the others are measured against. A translation is *behind* when the
published words of the English page changed after the translation was last published, however either was made:
by hand, with wagtail-localize, or by the demonstration loader. Publishing English again without a change,
moving it, or renaming its address does not count. Who has looked and finds nothing to change publishes the
translation again.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page

from home.models.translation import ContentChange

SOURCE = settings.LANGUAGE_CODE
# Page's own columns are about place and state; the words are the title, what search engines see, and what
# the page types add.
WORDS_OF_PAGE = frozenset({"title", "seo_title", "search_description"})


class State(models.TextChoices):
    IN_STEP = "in_step", pgettext_lazy("translation", "In step")
    BEHIND = "behind", pgettext_lazy("translation", "Behind")
    DRAFT = "draft", pgettext_lazy("translation", "Not published")
    MISSING = "missing", pgettext_lazy("translation", "Missing")


@dataclass(frozen=True)
class Standing:
    """One language of one page. `page` is None where there is no version in that language."""

    source: Page
    language: str
    language_name: str | Promise
    state: State
    page: Page | None = None
    changed_at: datetime | None = None


def digest_of(page) -> str:
    not_words = {field.name for field in Page._meta.concrete_fields} - WORDS_OF_PAGE
    not_words |= {page._meta.pk.name, "pk", "comments"}
    data = page.specific.serializable_data()
    words = {name: value for name, value in data.items() if name not in not_words}
    canonical = json.dumps(words, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def note_publication(page, *, at=None, written_at=None) -> None:
    """Keep the moment at which a page's published words last changed.

    Of a page that readers never saw, that is when they were written (`written_at`): pages that are made
    together may be approved in any order, and a translation that is published first is not behind.
    """
    digest = digest_of(page)
    change = ContentChange.objects.filter(page_id=page.pk).first()
    if change and change.digest == digest:
        return
    first_seen = written_at if change is None else None
    changed_at = first_seen or at or timezone.now()
    ContentChange.objects.update_or_create(
        page_id=page.pk, defaults={"digest": digest, "changed_at": changed_at}
    )


def annotate_behind(pages):
    """Add `translation_behind` to a queryset of pages."""
    newer = ContentChange.objects.filter(
        page__translation_key=OuterRef("translation_key"),
        page__locale__language_code=SOURCE,
        page__live=True,
        changed_at__gt=OuterRef("last_published_at"),
    )
    return pages.annotate(translation_behind=Exists(newer) & Q(live=True) & ~Q(locale__language_code=SOURCE))


def open_drafts_beside(page):
    """Versions of the page in other languages whose newest words readers do not see yet."""
    others = page.get_translations().select_related("locale").order_by("locale_id")
    return others.filter(Q(has_unpublished_changes=True) | Q(live=False))


def standings_of(sources, languages=None) -> list[Standing]:
    """Every wanted language of every English page in `sources`, in a fixed number of queries."""
    sources = list(sources.annotate(words_changed_at=F("content_change__changed_at")))
    names = {locale.language_code: str(locale) for locale in Locale.objects.all()}
    wanted = [code for code, _name in settings.LANGUAGES if code != SOURCE and code in names]
    if languages:
        wanted = [code for code in wanted if code in languages]
    siblings = annotate_behind(
        Page.objects.filter(
            translation_key__in=[page.translation_key for page in sources], locale__language_code__in=wanted
        )
    ).select_related("locale")
    found = {(page.translation_key, page.locale.language_code): page for page in siblings}
    return [
        _standing(page, code, names[code], found.get((page.translation_key, code)))
        for page in sources
        for code in wanted
    ]


def standing_of(page) -> list[Standing]:
    """The standings of the page's whole family; empty while there is no English version."""
    return standings_of(
        Page.objects.filter(translation_key=page.translation_key, locale__language_code=SOURCE)
    )


def _standing(source, code, name, page):
    if page is None or page.alias_of_id:
        state = State.MISSING
    elif not page.live:
        state = State.DRAFT
    elif page.translation_behind:
        state = State.BEHIND
    else:
        state = State.IN_STEP
    return Standing(source, code, name, state, page, source.words_changed_at)

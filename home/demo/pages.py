"""Loads the demonstration pages: real pages, published in three languages as translations of each other.

A page that stands already, whoever edited it since, is left alone; so is a front page that has a headline.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Locale, Page

from home.demo import en, facts, figures, library, pictures, zh_hans, zh_hant
from home.models import (
    CaseIndexPage,
    CasePage,
    CaseTerm,
    CeremonyIndexPage,
    CeremonyPage,
    ContactPage,
    ContactSettings,
    ContentPage,
    FAQPage,
    FiguresPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    ResourcesPage,
)

# English first: a translation published before its source would count as behind.
LANGUAGES = {"en": en, "zh-hant": zh_hant, "zh-hans": zh_hans}
FAMILY = uuid.UUID("6c1b7c1e-5f0b-4b5e-9d59-7b2a53c1a0d4")


@dataclass(frozen=True)
class Sheet:
    """One page in all languages. `facts` are the fields that do not depend on the language."""

    key: str
    model: type[Page]
    slug: str
    parent: str = "home"
    in_menus: bool = False
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def translation_key(self):
        return uuid.uuid5(FAMILY, self.key)


SHEETS = [
    Sheet("programme", ContentPage, "programme", in_menus=True),
    Sheet("scheme", ContentPage, "recognition-scheme", in_menus=True),
    Sheet("cases", CaseIndexPage, "success-cases", in_menus=True),
    Sheet("news", NewsIndexPage, "news", in_menus=True),
    Sheet("faq", FAQPage, "faq", in_menus=True),
    Sheet("resources", ResourcesPage, "resources"),
    Sheet("figures", FiguresPage, "figures"),
    Sheet("ceremonies", CeremonyIndexPage, "ceremonies"),
    Sheet("contact", ContactPage, "contact"),
    Sheet("privacy", ContentPage, "privacy"),
    Sheet("accessibility", ContentPage, "accessibility"),
    Sheet(
        "news-extension",
        NewsPage,
        "policy-address-2024",
        parent="news",
        facts=(("date", datetime.date(2024, 10, 16)), ("month_only", True), ("category", "programme")),
    ),
    Sheet(
        "news-awards",
        NewsPage,
        "awards-2024",
        parent="news",
        facts=(("date", datetime.date(2024, 10, 31)), ("category", "scheme")),
    ),
    Sheet(
        "news-round",
        NewsPage,
        "round-2025",
        parent="news",
        facts=(("date", datetime.date(2025, 5, 14)), ("category", "scheme")),
    ),
    Sheet(
        "ceremony-2015",
        CeremonyPage,
        "ceremony-2015",
        parent="ceremonies",
        facts=(("date", datetime.date(2015, 10, 29)),),
    ),
    Sheet(
        "ceremony-2024",
        CeremonyPage,
        "ceremony-2024",
        parent="ceremonies",
        facts=(("date", datetime.date(2024, 10, 31)),),
    ),
    Sheet(
        "case-plating",
        CasePage,
        "plating-line",
        parent="cases",
        facts=facts.case(
            "metal", "surface-treatment", "water-recycling", "HKD", 950_000, 210_000, effluent=9_400, waste=12
        ),
    ),
    Sheet(
        "case-dyeing",
        CasePage,
        "dye-house",
        parent="cases",
        facts=facts.case(
            "textiles", "dyeing", "heat-recovery", "CNY", 860_000, 430_000, co2=310, water=18_500
        ),
    ),
    Sheet(
        "case-printing",
        CasePage,
        "printing-plant",
        parent="cases",
        facts=facts.case("printing", "printing-coating", "low-voc", "HKD", 1_200_000, 400_000, voc=8_600),
    ),
]


def load():
    load_contact()
    facts.load_terms()
    library.load()
    figures.load()
    drawings = pictures.load()
    for language, words in LANGUAGES.items():
        with transaction.atomic():
            load_language(Locale.objects.get(language_code=language), words.PAGES, drawings)


def load_language(locale, words, drawings):
    home = HomePage.objects.get(locale=locale)
    # By their keys, as the words name them.
    pages = {"home": home, **drawings}
    new = []
    for sheet in SHEETS:
        standing = Page.objects.filter(translation_key=sheet.translation_key, locale=locale).first()
        if standing is None:
            standing = _add(sheet, words[sheet.key], pages[sheet.parent], locale)
            new.append(sheet)
        pages[sheet.key] = standing
    # Links between pages can be set only when all of them stand.
    for sheet in new:
        _fill(pages[sheet.key], words[sheet.key], pages)
    if not home.hero_title:
        _fill(home, words["home"], pages)


def _add(sheet, words, parent, locale):
    plain = {name: value for name, value in words.items() if isinstance(value, str)}
    page = sheet.model(
        slug=sheet.slug,
        locale=locale,
        translation_key=sheet.translation_key,
        show_in_menus=sheet.in_menus,
        live=False,
        **plain,
        **{name: _fact(sheet.model, name, value) for name, value in sheet.facts},
    )
    return parent.add_child(instance=page)


def _fact(model, name, value):
    """Facts name rows by their codes."""
    is_term = model._meta.get_field(name).related_model is CaseTerm
    return CaseTerm.objects.get(code=value) if is_term else value


def _fill(page, words, pages):
    for name, value in words.items():
        setattr(page, name, _resolved(name, value, page, pages))
    page.save_revision().publish()


def _resolved(name, value, page, pages):
    """The value with keys of pages and drawings turned into ids, in the raw form that a StreamField reads."""
    field = page._meta.get_field(name)
    if field.get_internal_type() != "JSONField":
        return value
    typed = [item if isinstance(item, tuple) else (_single_type(field), item) for item in value]
    raw = [{"type": kind, "value": _with_ids(content, pages)} for kind, content in typed]
    return field.stream_block.to_python(raw)


def _single_type(field):
    (only,) = field.stream_block.child_blocks
    return only


def _with_ids(value, pages):
    if isinstance(value, list):
        return [_with_ids(item, pages) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"label", "page", "path"}:
        return {**value, "page": pages[value["page"]].pk if value["page"] else None}
    if value.keys() == {"image", "description", "caption"}:
        return {**value, "image": pages[value["image"]].pk}
    return {key: _with_ids(item, pages) for key, item in value.items()}


def load_contact():
    settings = ContactSettings.load()
    if settings.telephone or settings.email:
        return
    settings.telephone = "+852 2000 0000"
    settings.email = "secretariat@portal.example"
    for suffix, words in (("en", en), ("zh_hant", zh_hant), ("zh_hans", zh_hans)):
        for name, value in words.CONTACT.items():
            setattr(settings, f"{name}_{suffix}", value)
    settings.save()

import re
from functools import cache
from pathlib import Path

from django import template
from django.core.exceptions import DisallowedHost
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, pgettext
from wagtail.models import Page

from portal import addresses, dates, languages, navigation, texts
from portal.accounts import telephones
from portal.office import menu

register = template.Library()

BREAK = mark_safe("<wbr>")
# Language and place, as the Open Graph writes them.
LOCALE_NAMES = {"en": "en_GB", "zh-hant": "zh_HK", "zh-hans": "zh_CN"}
LONGEST_QUERY = 2000
MARKS = Path(__file__).resolve().parents[1] / "frontend" / "marks"


@cache
def _drawing(name):
    """A mark as inline SVG, so that it takes the colour of its text."""
    svg = re.sub(r"\s*\n\s*", "", (MARKS / f"{name}.svg").read_text())
    return re.sub(r'^<svg xmlns="[^"]+"', "", svg)


@register.simple_tag
def icon(name, size=""):
    """`{% icon "calendar" %}`, `{% icon "check" "s" %}`: decoration beside words, never instead of them."""
    css = "cp-icon" + (f" cp-icon--{size}" if size else "")
    # Only our own files are marked safe; the name picks one of them.
    return mark_safe(f'<svg class="{css}" aria-hidden="true" focusable="false"{_drawing(name)}')  # noqa: S308


@register.simple_tag
def mark():
    """The two banks and the current, for the wordmark."""
    return mark_safe(f'<svg aria-hidden="true" focusable="false"{_drawing("brand")}')  # noqa: S308


@register.filter
def hk_date(moment):
    return dates.day_and_weekday(moment) if moment else ""


@register.filter
def hk_table_date(moment):
    return dates.table_day(moment) if moment else ""


@register.filter
def hk_datetime(moment):
    return dates.full(moment) if moment else ""


@register.filter
def hk_time(moment):
    return dates.clock_time(moment) if moment else ""


@register.filter
def hk_stamp(moment):
    return dates.stamp(moment) if moment else ""


@register.simple_tag
def moment(value, zone=True):
    """A date with weekday and, for an instant, its time: each part stays whole where there is room."""
    if not value:
        return ""
    english = dates.language_now() == "en"
    parts = [dates.weekday(value), dates.day(value)] if english else [dates.day_and_weekday(value)]
    if hasattr(value, "hour"):
        parts = [*parts[:-1], f"{parts[-1]},", dates.clock_time(value)] if english else parts
        parts += [] if english else [dates.clock_time(value)]
        if zone:
            parts = [*parts[:-1], parts[-1] + ("," if english else "，"), dates.zone()]
    spans = format_html_join(
        " " if english else BREAK, '<span class="cp-part">{}</span>', ((part,) for part in parts)
    )
    return format_html('<time datetime="{}">{}</time>', dates.iso(value), spans)


@register.simple_tag
def colon(end=False):
    """At the `end` of a line no language needs the space."""
    mark = texts.colon()
    return mark.rstrip() if end else mark


@register.simple_tag
def comma():
    """Between facts in a line."""
    return pgettext("between facts in a line", ", ")


@register.simple_block_tag
def brackets(content):
    """` (…)` after a word in English, `（…）` in Chinese, which needs no space."""
    inside = mark_safe(content.strip())  # noqa: S308 - rendered, so escaped, already
    return format_html(" ({})" if dates.language_now() == "en" else "（{}）", inside)


@register.simple_block_tag
def pagehead(content):
    """The sand head of a public page, around its way back and its title."""
    inside = mark_safe(content)  # noqa: S308 - rendered, so escaped, already
    return render_to_string("components/pagehead.html", {"content": inside})


@register.simple_tag
def gap():
    return texts.gap()


@register.simple_tag
def tile_parts(value):
    """Above, in and below the big figure of a date tile, in the order of the language."""
    at = dates.local(value)
    if dates.language_now() == "en":
        return dates.weekday(at, short=True), at.day, f"{dates.MONTHS_EN[at.month - 1]} {at.year}"
    return f"{at.year}年{at.month}月", at.day, dates.weekday(at)


@register.simple_tag
def text(row, name, plain=False):
    """A text that stands in three columns; one borrowed from another language says so by `lang`.

    `plain` leaves the markup out, for mails.
    """
    found = texts.localized(row, name)
    if plain or not found.is_fallback or not found.text:
        return found.text
    return format_html('<span lang="{}">{}</span>', languages.lang_tag(found.language), found.text)


@register.filter
def telephone(stored):
    return telephones.display(stored) if stored else ""


@register.filter
def soft_breaks(address):
    """A mail address may break after its @ and before a dot, not inside a word."""
    broken = conditional_escape(address).replace("@", "@<wbr>").replace(".", "<wbr>.")
    return mark_safe(broken)  # noqa: S308 - escaped above


@register.filter
def unbroken(words):
    """A telephone number within a sentence stays on one line."""
    return (words or "").replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def lang_tag(code):
    return languages.lang_tag(code)


@register.simple_tag(takes_context=True)
def shell(context):
    return navigation.shell_for(context.get("request"))


@register.simple_tag
def share_facts():
    """What a site that shows a link to this page asks for: a picture in its language, names of languages."""
    here = dates.language_now()
    others = [name for code, name in LOCALE_NAMES.items() if code != here]
    picture = f"share-{languages.PREFIX_OF[here]}.png"
    return {"locale": LOCALE_NAMES[here], "others": others, "picture": picture}


@register.simple_tag(takes_context=True)
def office_menu(context):
    """The staff menu with the reader's place in it."""
    request = context["request"]
    match = request.resolver_match
    here = {match.view_name, *match.namespaces} if match else set()
    return [
        {"item": item, "current": not here.isdisjoint({item.url_name, *item.namespaces})}
        for item in menu.items_for(request.user)
    ]


@register.simple_tag(takes_context=True)
def language_links(context):
    """This page in the three languages. `exact` says that the link leads to this very page."""
    request = context.get("request")
    page = context.get("page")
    if request and isinstance(page, Page) and page.pk:
        exact = _page_urls(page, request)
    else:
        exact = _view_urls(request)
    return [
        {
            "code": code,
            "tag": languages.LANG_TAG_OF[code],
            "label": languages.LANGUAGE_NAMES[code],
            "note": "" if code in exact else languages.NOT_THIS_PAGE[code],
            "url": exact.get(code, f"{get_script_prefix()}{prefix}/"),
            "exact": code in exact,
            "current": code == get_language(),
        }
        for code, prefix in languages.PREFIX_OF.items()
    ]


def _page_urls(page, request):
    translations = page.get_translations(inclusive=True).live().select_related("locale")
    urls = {each.locale.language_code: each.get_url(request) for each in translations}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request):
    """Our own addresses differ in their first segment only."""
    word, rest = languages.split_prefix(request.path_info) if request else (None, "")
    if word not in languages.LANGUAGE_OF:
        return {}
    query = request.META.get("QUERY_STRING", "")
    # What is longer than any list of ours asks for would only be repeated three times.
    tail = rest + (f"?{query}" if 0 < len(query) <= LONGEST_QUERY else "")
    start = get_script_prefix()
    return {code: f"{start}{prefix}{tail}" for code, prefix in languages.PREFIX_OF.items()}


@register.simple_tag(takes_context=True)
def absolute(context, url):
    try:
        return context["request"].build_absolute_uri(url)
    except DisallowedHost:
        # The page that refuses a host must not name it.
        return addresses.whole(url)


@register.simple_tag(takes_context=True)
def has_errors(context):
    """Whether the page's form came back with errors: its title then begins with "Error:"."""
    if context.get("error_title"):
        return True
    form = context.get("form")
    return bool(getattr(form, "is_bound", False) and form.errors)


@register.simple_tag
def page_numbers(page):
    """1 … 4 5 6 … 20, with the paginator's ELLIPSIS between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_block_tag
def capture(content):
    """The words of a block under a name, where one block is needed twice: in the title and in attributes."""
    plain = strip_tags(content).replace('"', "&quot;").strip()
    return mark_safe(plain)  # noqa: S308 - escaped by the engine that rendered it

from django import template
from django.utils.safestring import mark_safe

from home import contact, page_links, slots, structured
from home.navigation import FRONT_PAGE_DEPTH
from portal import dates
from portal.structured import block

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context, name):
    return slots.render(name, context["request"])


@register.simple_tag(takes_context=True)
def page_data(context, page, trail=()):
    """What search engines read of the page, for what has an address."""
    request = context["request"]
    if getattr(request, "is_preview", False):
        return ""
    return mark_safe("".join(block(each) for each in structured.data_of(page, request, trail)))  # noqa: S308 - blocks are escaped


@register.simple_tag(takes_context=True)
def readable(context, text):
    """Rich text, with links only to where readers find something."""
    return page_links.readable(text, context.get("request"))


@register.simple_tag(takes_context=True)
def address_of(context, link):
    """Where a button that an editor made leads; empty where readers would find nothing."""
    return link.address(page_links.goals_of(context.get("request")))


@register.simple_tag
def secretariat():
    return contact.current()


@register.simple_tag
def trail_of(page):
    """The pages between the front page and this one; no query where there can be none."""
    if page.depth <= FRONT_PAGE_DEPTH + 1:
        return ()
    return page.get_ancestors().filter(depth__gt=FRONT_PAGE_DEPTH).live().select_related("locale")


@register.simple_tag(takes_context=True)
def links_to(context, pages):
    """For the way back above a title."""
    return [{"url": page.get_url(context["request"]), "label": page.title} for page in pages]


@register.filter
def news_date(news):
    return news.shown_date


@register.filter
def news_eyebrow(news):
    """Above its title: when, and what it is about."""
    return " · ".join(filter(None, [news.shown_date, news.get_category_display()]))


@register.filter
def news_datetime(news):
    return f"{news.date:%Y-%m}" if news.month_only else f"{news.date:%Y-%m-%d}"


@register.filter
def updated_on(page):
    return dates.day(page.last_published_at) if page.last_published_at else ""


@register.filter
def anchor(heading):
    """The place of a heading in its page: the editor's short name, else one that never changes."""
    return heading.value["anchor"] or f"part-{heading.id[:8]}"


@register.filter
def at(row, place):
    """The cell of a table's row; a row shorter than the others has nothing there."""
    return row[place] if row and place < len(row) else ""

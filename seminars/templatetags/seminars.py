import re

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from portal import dates
from portal.structured import block
from portal.texts import localized
from seminars import availability, materials, permissions, structured
from seminars.weather import showing

register = template.Library()

# Where a Chinese title may break: after a colon or the programme's name, before a bracket.
PHRASE_ENDS = re.compile(r"(：|，|計劃(?!（)|计划(?!（))(?=.)|(?=（)")


@register.filter
def phrases(text):
    """A title whose Chinese phrases stay whole: break points are marked with <wbr>."""
    escaped = conditional_escape(str(text))
    if get_language() == "en":
        return escaped
    return mark_safe(PHRASE_ENDS.sub(r"\1<wbr>", escaped))  # noqa: S308 - escaped above


@register.filter
def entries(item):
    """The activities of a rundown line, one by one, in the active language."""
    return [line.strip() for line in localized(item, "activities").text.splitlines() if line.strip()]


@register.filter
def hk_day(moment):
    """The date of an instant in Hong Kong, without its time."""
    return dates.local(moment).date()


@register.filter
def telephone_link(number):
    return "tel:" + re.sub(r"[^\d+]", "", number)


@register.filter
def joined(words):
    """`Putonghua and Cantonese`, `普通話及粵語`."""
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    comma, last = (", ", gettext(" and ")) if get_language() == "en" else ("、", gettext(" and "))
    return comma.join(words[:-1]) + last + words[-1]


@register.simple_tag
def availability_of(seminar):
    return availability.of(seminar)


@register.simple_tag
def public_materials(seminar):
    """What everybody may have of a seminar that is over."""

    def path_of(material):
        return reverse("seminars:material", args=[seminar.uuid, material.uuid])

    return materials.shown(permissions.public_materials(seminar), path_of) if seminar.was_held else []


@register.simple_tag
def weather_banners(seminar):
    return showing.banners(seminar)


@register.simple_tag
def event_data(seminar, page, people):
    """The Event for search engines."""
    organisers = [each for each in people["organisations"] if each.part == "organiser"]
    event = structured.event_of(seminar, path=page.url, lead=page.lead, organisers=organisers)
    return block(event)


@register.simple_tag
def weather_rules(seminar):
    """The announced rules as words, each once, with the ways to attend that it binds."""
    rules = {}
    for option in seminar.options.all():
        if option.weather_triggers:
            key = (
                tuple(option.weather_triggers),
                option.weather_decision_time,
                option.weather_if_in_force,
                option.weather_if_hoisted_later,
                option.weather_effect,
            )
            rules.setdefault(key, []).append(option)
    return [_rule(options) for options in rules.values()]


def _rule(options):
    first = options[0]
    comma = ", " if get_language() == "en" else "，"
    return {
        "places": [localized(option, "label").text for option in options],
        "effect": first.get_weather_effect_display(),
        "triggers": gettext("{first}, or {second}").format(
            first=comma.join(map(str, first.trigger_labels[:-1])), second=first.trigger_labels[-1]
        )
        if len(first.trigger_labels) > 1
        else first.trigger_labels[0],
        "time": dates.clock_time(first.weather_decision_time),
        "if_in_force": first.weather_if_in_force,
        "if_hoisted_later": first.weather_if_hoisted_later,
    }

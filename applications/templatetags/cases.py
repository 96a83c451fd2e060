from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language

from applications.desk import case_checks, case_copies, case_reading
from applications.models import Status
from portal.files.models import StoredFile
from portal.files.policy import TYPES
from portal.languages import lang_tag

register = template.Library()

COLOURS = {
    Status.SUBMITTED: "grey",
    Status.IN_VERIFICATION: "blue",
    Status.CLARIFICATION_REQUESTED: "yellow",
    Status.IN_ASSESSMENT: "",
    Status.PUBLIC_NOTICE: "",
    Status.COMMENDED: "green",
    Status.NOT_COMMENDED: "grey",
    Status.INELIGIBLE: "red",
    Status.WITHDRAWN: "grey",
}


@register.filter
def tag_colour(status):
    return COLOURS.get(status, "")


@register.filter
def file_tone(stored):
    if stored.state == StoredFile.State.CLEAN:
        return "wait" if case_checks.is_unscanned(stored) else "ok"
    return "wait" if stored.state in {StoredFile.State.PENDING, StoredFile.State.ERROR} else "bad"


@register.filter
def file_colour(stored):
    return {"ok": "green", "wait": "yellow", "bad": "red"}[file_tone(stored)]


@register.filter
def type_name(stored):
    return TYPES[stored.detected_type].plain_name if stored.detected_type in TYPES else stored.detected_type


@register.filter
def left_out_because(code, name):
    return case_copies.reason_text(code, name)


@register.simple_tag
def names_of(identity):
    return case_reading.names(identity)


@register.simple_tag
def spoken(text):
    """A text with its `lang` where that differs from the page's."""
    if not text.text or text.language == get_language():
        return text.text
    return format_html('<span lang="{}">{}</span>', lang_tag(text.language), text.text)


@register.simple_tag
def case_link(name, case, *parts, back="", **query):
    """The address of a page of this case, carrying the way back to the list along."""
    query = {key: value for key, value in {**query, "back": back}.items() if value}
    return reverse(name, args=[case.uuid, *parts]) + (f"?{urlencode(query)}" if query else "")

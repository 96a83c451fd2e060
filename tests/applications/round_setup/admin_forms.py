"""What a browser sends from a screen of Wagtail's admin."""

import re
from html import unescape

NAME, VALUE, TYPE = (re.compile(rf'(?<=\s){name}="([^"]*)"') for name in ("name", "value", "type"))


def form_of(page):
    """What a browser would send back unchanged."""
    html = page.content.decode()
    html = re.sub(r"<template.*?</template>", "", html[html.index('id="w-editor-form"') :], flags=re.S)
    data = {}
    for tag, attributes in re.findall(r"<(input|select|textarea)\b([^>]*)>", html):
        name = NAME.search(attributes)
        if not name:
            continue
        if tag == "input":
            kind = TYPE.search(attributes)
            if kind and kind[1] == "checkbox" and " checked" not in attributes:
                continue
            value = VALUE.search(attributes)
            data[name[1]] = unescape(value[1]) if value else ("on" if kind and kind[1] == "checkbox" else "")
    for name, inner in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        data[name] = unescape(inner).removeprefix("\n")
    for name, inner in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        data[name] = unescape(chosen[1]) if chosen else ""
    return data


def values_of(form):
    """The same of a form that no page shows: Wagtail takes a second to write one."""
    data = _posted(form)
    for formset in form.formsets.values():
        for each in (formset.management_form, *formset.forms):
            data |= _posted(each)
    return data


def _posted(form):
    posted = {}
    for field in form:
        value = field.field.prepare_value(field.value())
        if value is True:
            posted[field.html_name] = "on"
        elif value is not False:
            posted[field.html_name] = "" if value is None else str(value)
    return posted


def errors_of(page):
    """Every error sentence that a screen shows."""
    pattern = r'<(p|div|li)[^>]*class="error-message[^"]*"[^>]*>(.*?)</\1>'
    found = re.findall(pattern, page.content.decode(), re.S)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", unescape(each)).split()) for _tag, each in found]
    return [each for each in plain if each]


def with_row(data, prefix, **fields):
    """The form with one more row of an inline panel."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {"id": "", "ORDER": str(number + 1), "DELETE": "", **fields}
    return (
        data
        | {f"{prefix}-{number}-{name}": value for name, value in row.items()}
        | {f"{prefix}-TOTAL_FORMS": str(number + 1)}
    )


def number_of(data, prefix, field, value):
    """The place of the row that has this value."""
    return next(
        number
        for number in range(int(data[f"{prefix}-TOTAL_FORMS"]))
        if data[f"{prefix}-{number}-{field}"] == value
    )

"""Widgets whose value is an answer as questions.answers shapes it: exactly as typed, never judged here."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.questions import answers
from portal.forms import DateParts

BLANK_ROWS = 2
MORE_ROWS = 5
# What the widgets below add to a question's key for the parts of a date and the cells of a table.
PART = re.compile(r"_(?:day|month|year)$|-\d+-[^-]+$")


def keys_in(names: Iterable[str]) -> set[str]:
    """Keys of questions whose fields may bear these names in a form."""
    names = set(names)
    return names | {PART.sub("", name) for name in names}


class TypedText(forms.TextInput):
    def value_from_datadict(self, data, files, name):
        return answers.as_typed(data.get(name) or "")


class TypedLines(forms.Textarea):
    def value_from_datadict(self, data, files, name):
        return answers.as_typed(data.get(name) or "")


class TypedChoice(forms.RadioSelect):
    def value_from_datadict(self, data, files, name):
        return answers.as_typed(data.get(name) or "")


class TypedSelect(forms.Select):
    def value_from_datadict(self, data, files, name):
        return answers.as_typed(data.get(name) or "")


class TypedChoices(forms.CheckboxSelectMultiple):
    def value_from_datadict(self, data, files, name):
        return [answers.as_typed(each) for each in super().value_from_datadict(data, files, name) or []]


class Agreement(forms.CheckboxInput):
    """A ticked box is the answer `yes`."""

    def __init__(self, attrs=None):
        super().__init__(attrs, check_test=lambda value: value == "yes")

    def format_value(self, value):
        return "yes"

    def value_from_datadict(self, data, files, name):
        return "yes" if data.get(name) == "yes" else ""


class TypedDate(DateParts):
    """{"day", "month", "year"}, each as typed."""

    def decompress(self, value):
        value = value or {}
        return [value.get("day", ""), value.get("month", ""), value.get("year", "")]

    def value_from_datadict(self, data, files, name):
        return {part: answers.as_typed(data.get(f"{name}_{part}") or "") for part in ("day", "month", "year")}


class Money(forms.MultiWidget):
    """{"amount", "currency"}."""

    template_name = "applications/widgets/money.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        choices = [("", _("Choose")), *answers.CURRENCIES.items()]
        amount = TypedText(attrs={"class": "govuk-input govuk-input--width-10", "inputmode": "decimal"})
        currency = TypedSelect(choices=choices, attrs={"class": "govuk-select"})
        super().__init__({"amount": amount, "currency": currency}, attrs)

    def decompress(self, value):
        value = value or {}
        return [value.get("amount", ""), value.get("currency", "")]

    def value_from_datadict(self, data, files, name):
        amount, currency = super().value_from_datadict(data, files, name)
        return {"amount": amount, "currency": currency}


class Rows(forms.Widget):
    """A list of {column code: text}; filled rows come back, and some blank ones to fill."""

    template_name = "applications/widgets/rows.html"
    use_fieldset = True

    blank = BLANK_ROWS
    can_add = False  # whether the page has somebody who answers the button for more rows
    by_script_alone = False  # whether that is the page's script only, without which the button stays hidden

    def __init__(self, columns, limit, attrs=None):
        super().__init__(attrs)
        self.columns, self.limit = columns, limit

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        filled = list(value or [])
        blank = max(0, min(self.blank, self.limit - len(filled)))
        has_room = self.can_add and len(filled) + blank < self.limit
        context["widget"] |= {
            "limit": self.limit,
            "has_room": has_room,
            "by_script_alone": self.by_script_alone,
        }
        identity = (attrs or {}).get("id", f"id_{name}")
        context["widget"]["rows"] = [
            {
                "number": number + 1,
                "cells": [
                    self._cell(name, identity, number, place, row) for place in range(len(self.columns))
                ],
            }
            for number, row in enumerate(filled + [{}] * blank)
        ]
        return context

    def anchor_of(self, identity, number, place=0):
        """The id of a cell; the first carries the one that links in the error summary lead to."""
        return f"{identity}-{number}-{self.columns[place]['code']}" if number or place else f"{identity}_0"

    def _cell(self, name, identity, number, place, row):
        column = self.columns[place]
        return {
            "name": f"{name}-{number}-{column['code']}",
            "id": self.anchor_of(identity, number, place),
            "column": column,
            "value": row.get(column["code"], ""),
        }

    def value_from_datadict(self, data, files, name):
        rows, number = [], 0
        if not self.columns:
            return rows
        while f"{name}-{number}-{self.columns[0]['code']}" in data and number < 200:
            row = {
                column["code"]: answers.as_typed(data.get(f"{name}-{number}-{column['code']}") or "")
                for column in self.columns
            }
            if any(row.values()):
                rows.append(row)
            number += 1
        return rows

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-0-{self.columns[0]['code']}" not in data

    def id_for_label(self, id_, index=None):
        return f"{id_}_0"

"""Fields that forgive how people type: full-width digits, spaces in codes, commas in numbers."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.text import fold_code, fold_width

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def no_web_address(value):
    """A name goes into mails to addresses that anybody may type: it must not carry a link there."""
    if WEB_ADDRESS.search(value):
        raise forms.ValidationError(_("Enter a name without a web address."), code="web_address")


class CodeField(forms.CharField):
    """Registration numbers, references, one-time codes: compared without width, spaces and case."""

    def to_python(self, value):
        return fold_code(super().to_python(value))


class EmailField(forms.EmailField):
    def to_python(self, value):
        return fold_width(super().to_python(value))


class PhoneField(forms.CharField):
    widget = forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20"})

    def to_python(self, value):
        return fold_width(super().to_python(value))


def plain_number(value):
    """`１,２３４.５` as `1234.5`; anything that is no number stays for the message."""
    return fold_width(value).replace(",", "").replace(" ", "") if isinstance(value, str) else value


class IntegerField(forms.IntegerField):
    def __init__(self, *, prefix="", suffix="", **options):
        self.prefix, self.suffix = prefix, suffix
        super().__init__(**options)

    def to_python(self, value):
        return super().to_python(plain_number(value))


class DecimalField(forms.DecimalField):
    def __init__(self, *, prefix="", suffix="", **options):
        self.prefix, self.suffix = prefix, suffix
        super().__init__(**options)

    def to_python(self, value):
        return super().to_python(plain_number(value))


class DateParts(forms.MultiWidget):
    """Day, month and year apart. Its value is one text, `2026-3-31`, with what was typed in each part."""

    template_name = "forms/widgets/date_parts.html"

    def __init__(self, attrs=None):
        parts = (("day", 2), ("month", 2), ("year", 4))
        super().__init__(
            {
                name: forms.TextInput(
                    attrs={"inputmode": "numeric", "class": f"govuk-input govuk-input--width-{width}"}
                )
                for name, width in parts
            },
            attrs,
        )

    def decompress(self, value):
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        parts = str(value or "").split("-", 2)
        year, month, day = parts + [""] * (3 - len(parts))
        return [day, month, year]

    def value_from_datadict(self, data, files, name):
        day, month, year = (
            (part or "").replace("-", " ").strip() for part in super().value_from_datadict(data, files, name)
        )
        return f"{year}-{month}-{day}" if day or month or year else ""

    def value_omitted_from_data(self, data, files, name):
        return all(f"{name}{part}" not in data for part in self.widgets_names)


class DateField(forms.DateField):
    widget = DateParts
    default_error_messages = {
        "incomplete": _("Enter a day, a month and a year"),
    }

    def to_python(self, value):
        if not isinstance(value, str) or not value:
            return super().to_python(value)
        year, month, day = (fold_width(part).rstrip("年月日") for part in [*value.split("-", 2), "", ""][:3])
        if not (year and month and day):
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            if len(year) != 4:
                raise ValueError(year)
            return date(int(year), _month(month), int(day))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class ClockField(forms.TimeField):
    """A time of the day, 24 hours: `17:00`, `9.30`, `１７：００`."""

    widget = forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"})
    default_error_messages = {"invalid": _("Enter a time like 17:00.")}

    def to_python(self, value):
        if isinstance(value, str):
            value = fold_width(value).replace("：", ":").replace(".", ":").strip()
        return super().to_python(value)


def _month(text):
    """`3`, `03`, `March` or `mar`."""
    start = text[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else int(text)

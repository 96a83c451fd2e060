"""Telephone numbers: Hong Kong and the Mainland by domain facts 6.6, every other country by its plan."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EXTENSION = re.compile(
    r"(?:;ext=|ext\.?|extension|x|#|轉|转|內線|内线|分機|分机)\s*(\d{1,6})\s*$", re.IGNORECASE
)
# On the Mainland an extension often follows the number after a dash.
MAINLAND_WITH_EXTENSION = re.compile(r"^(0\d{2,3}[- ]?\d{7,8})-(\d{1,6})$")
HONG_KONG = re.compile(r"^[2-9]\d{7}$")
MAINLAND_MOBILE = re.compile(r"^1[3-9]\d{9}$")
MAINLAND_FIXED = re.compile(r"^0(\d{2,3}\d{7,8})$")


class Country(models.TextChoices):
    HONG_KONG = "HK", gettext_lazy("Hong Kong (+852)")
    MAINLAND = "CN", gettext_lazy("Mainland (+86)")
    MACAO = "MO", gettext_lazy("Macao (+853)")
    OTHER = "", gettext_lazy("Other: enter the number with + and the country code")


def parse(text: str, country: str = Country.HONG_KONG) -> str:
    """The number in E.164, with `;ext=12` where it has an extension.

    A number that begins with + or 00 says its country itself. Raises ValidationError with what to do.
    """
    number = unicodedata.normalize("NFKC", text).strip()
    extension = ""
    if found := EXTENSION.search(number):
        extension, number = f";ext={found[1]}", number[: found.start()]
    elif country == Country.MAINLAND and (found := MAINLAND_WITH_EXTENSION.match(number)):
        extension, number = f";ext={found[2]}", found[1]
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") or (number.startswith("00") and not number.startswith("000")):
        return _international(digits.removeprefix("00")) + extension
    if country == Country.HONG_KONG:
        return _hong_kong(digits) + extension
    if country == Country.MAINLAND:
        return _mainland(digits) + extension
    if country == Country.OTHER:
        raise ValidationError(
            _("Start the telephone number with + and the country code, like +65 6123 4567.")
        )
    return _by_plan(digits, country) + extension


def display(stored: str) -> str:
    """`+85221234567;ext=12` as people write it: `+852 2123 4567 ext. 12`."""
    number, _separator, extension = stored.partition(";ext=")
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return stored
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {extension}" if extension else shown


def _international(digits):
    if digits.startswith("852"):
        return _hong_kong(digits[3:])
    if digits.startswith("86"):
        return _mainland(digits[2:])
    return _by_plan(f"+{digits}", None)


def _hong_kong(digits):
    digits = digits.removeprefix("852") if len(digits) == 11 else digits
    if not HONG_KONG.match(digits):
        raise ValidationError(_("Enter a Hong Kong telephone number with 8 digits, like 2123 4567."))
    return f"+852{digits}"


def _mainland(digits):
    if digits.startswith("86") and len(digits) >= 12:
        digits = digits[2:]
    if MAINLAND_MOBILE.match(digits):
        return f"+86{digits}"
    # Behind +86 people leave the trunk zero out.
    fixed = MAINLAND_FIXED.match(digits if digits.startswith("0") else f"0{digits}")
    if not fixed or (digits.startswith("1") and not digits.startswith("10")):
        raise ValidationError(
            _(
                "Enter a Mainland mobile number with 11 digits, like 138 1234 5678, "
                "or a fixed line with its area code, like 0769 2123 4567."
            )
        )
    return f"+86{fixed[1]}"


def _by_plan(number, country):
    problem = ValidationError(_("Check the telephone number: it does not fit the country chosen."))
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise problem from None
    if not phonenumbers.is_possible_number(parsed):
        raise problem
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

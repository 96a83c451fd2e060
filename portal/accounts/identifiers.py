"""Registration numbers of companies. Shapes and check digits: domain facts 6.4 and 6.5 (GB 32100-2015)."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HK_NUMBER = re.compile(r"^(?:\d{8}|[A-Z]\d{7})$")
# Number, branch, and then the rest of the certificate number: 12345678-000-01-11-1.
HK_CERTIFICATE = re.compile(r"^(\d{8})\d{3}(?:\d{5})?$")
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC = re.compile(f"^[{USCC_ALPHABET}]{{18}}$")
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise(text: str) -> str:
    """Upper case, half width, without spaces, dashes and invisible characters."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        each
        for each in folded
        if unicodedata.category(each) not in {"Pd", "Cf", "Zs", "Zl", "Zp", "Cc"} and each != "−"
    )


def hk_registration(text: str) -> str:
    """The eight characters of a Hong Kong business registration number.

    Takes the long certificate number too. Raises ValidationError with a sentence that says what to do.
    """
    number = normalise(text)
    if certificate := HK_CERTIFICATE.match(number):
        number = certificate[1]
    if not HK_NUMBER.match(number):
        raise ValidationError(
            _(
                "Enter the first 8 digits of the number on the business registration certificate, "
                "for example 12345678."
            ),
            code="hk_registration",
        )
    return number


def mainland_registration(text: str) -> str:
    """A unified social credit code whose check character is right. Raises ValidationError otherwise."""
    code = normalise(text)
    if not USCC.match(code):
        raise ValidationError(
            _(
                "Enter the unified social credit code as on the business licence: 18 digits and letters. "
                "The letters I, O, S, V and Z are never used."
            ),
            code="uscc_shape",
        )
    if code[17] != uscc_check_character(code[:17]):
        raise ValidationError(
            _(
                "One character of the unified social credit code is not right. "
                "Compare all 18 with the business licence."
            ),
            code="uscc_check",
        )
    return code


def uscc_check_character(first_17: str) -> str:
    total = sum(
        USCC_ALPHABET.index(each) * weight for each, weight in zip(first_17, USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[(31 - total % 31) % 31]


def has_ordinary_organisation_code(code: str) -> bool:
    """Whether position 17 follows GB 11714. Older codes may not: worth a second look, never a refusal."""
    total = sum(int(each, 36) * weight for each, weight in zip(code[8:16], ORGANISATION_WEIGHTS, strict=True))
    return code[16] == "0123456789X0"[11 - total % 11]

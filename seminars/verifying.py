"""Codes of certificates of attendance, and what they tell a stranger: that somebody was there, not who."""

import re
import secrets
import unicodedata

from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from portal import addresses
from portal.forms import fold_code
from seminars.models import AttendanceCertificate

# Neither I, L, O nor U: nothing that is read for something else, and no words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
READ_AS = str.maketrans("ILO", "110")
IDEOGRAPH = re.compile("CJK |HIRAGANA|KATAKANA|HANGUL")


def new_code() -> str:
    """60 bits: nobody finds one by trying."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """As it is printed: `7K2M-9QXD-4RTA`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def fold(typed: str) -> str:
    """What was typed or scanned, as codes are stored, whatever its width, case and grouping."""
    return re.sub(r"[^0-9A-Z]", "", fold_code(typed)).translate(READ_AS)


def find(typed: str) -> AttendanceCertificate | None:
    """None for whatever is no certificate, no more or never: the answer does not say which."""
    code = fold(typed)
    if len(code) != LENGTH:
        return None
    found = AttendanceCertificate.objects.select_related("sign_up__seminar").filter(code=code)
    return found.exclude(sign_up__name="").first()


def address_of(certificate: AttendanceCertificate, language: str) -> str:
    """Where it is verified, without typing."""
    return f"{page_address(language)}?{urlencode({'code': in_groups(certificate.code)})}"


def page_address(language: str) -> str:
    """The page where any code is verified."""
    with translation.override(language):
        return addresses.whole(reverse("seminars:verify"))


def initials(name: str) -> str:
    """`Chan Siu Ming` as `C. S. M.`, `陳小文` as `陳○○`: enough to compare, too little to learn."""
    return " ".join(_initial(word) for word in unicodedata.normalize("NFC", name).split())


def _initial(word):
    if IDEOGRAPH.match(unicodedata.name(word[0], "")):
        return word[0] + "○" * (len(word) - 1)
    return f"{word[0].upper()}."

"""A slip of the hand in the domain of an address: asked about once, then taken as it stands.

It looks at what was typed and at nothing else, so it says nothing about whom the portal knows.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.base import Form

# Services that many people here have their address with.
COMMON = (
    *(
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "icloud.com",
        "protonmail.com",
    ),
    *(
        "yahoo.com",
        "yahoo.com.hk",
        "netvigator.com",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "139.com",
    ),
    *("sina.com", "sohu.com", "aliyun.com"),
)
# One letter away from one of those, and right.
RIGHT = frozenset((*COMMON, "mail.com", "email.com", "ymail.com", "cloud.com"))
# In shorter names one other letter is another name: 183.com, line.com.
LONG_ENOUGH = 5


def meant_by(address: str) -> str:
    """The address with the domain that was probably meant; empty where it is right for all that we know."""
    local, at, domain = address.rpartition("@")
    domain = domain.lower()
    if not at or domain in RIGHT:
        return ""
    found = next((common for common in COMMON if _is_slip(domain, common)), "")
    return f"{local}@{found}" if found else ""


def _is_slip(typed, common):
    name = common.partition(".")[0]
    if len(name) < LONG_ENOUGH and typed.partition(".")[0] != name:
        return False
    return is_one_off(typed, common)


def is_one_off(one: str, other: str) -> bool:
    """One character more, less or another, or two neighbours the wrong way round."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return True
    return (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )


class AsksAboutAddress(Form):
    """A form with an `email` field. What was asked about comes back with it: sent again, it is taken."""

    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self):
        typed = self.cleaned_data["email"]
        meant = meant_by(typed)
        # What stood there before has been looked at already.
        if meant and typed not in {self.data.get("asked_about"), self.initial.get("email")}:
            self.data = self.data.copy()
            self.data["asked_about"] = typed
            raise forms.ValidationError(
                _(
                    "Did you mean %(address)s? Correct the address, or send the form once more "
                    "if it is right as it stands."
                ),
                params={"address": meant},
                code="mistyped",
            )
        return typed

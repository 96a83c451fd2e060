"""Two quiet traps for programs, in forms that need no account: no puzzle, nothing from another host."""

import time

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from portal.forms.base import Form

STAMP_SALT = "forms.opened"
# Nobody reads and fills in a form faster; a program does.
FASTEST_HUMAN_SECONDS = 2


def new_stamp() -> str:
    """When the form was opened, for the initial value of `opened`."""
    return signing.dumps(int(time.time()), salt=STAMP_SALT)


class TrappedForm(Form):
    website = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_trapped(self):
        """Filled in what no person sees."""
        return bool(self.data.get("website", "").strip())

    def clean(self):
        if not self.is_trapped and not self._took_time():
            # Fresh stamp for the page that comes back; what was typed stays.
            self.data = {**self.data.dict(), "opened": new_stamp()}
            raise forms.ValidationError(_("Please look over your details and send the form once more."))
        return self.cleaned_data

    def _took_time(self):
        try:
            opened = signing.loads(self.data.get("opened", ""), salt=STAMP_SALT)
        except signing.BadSignature:
            return False
        return time.time() - opened >= FASTEST_HUMAN_SECONDS

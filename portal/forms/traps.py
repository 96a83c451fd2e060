"""Quiet traps for programs, in forms that need no account: no picture to read, nothing from another host."""

import time

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.forms import proof_of_work
from portal.forms.base import Form

STAMP_SALT = "forms.opened"
# Nobody reads and fills in a form faster; a program does.
FASTEST_HUMAN_SECONDS = 2


def new_stamp() -> str:
    """When the form was opened, for the initial value of `opened`."""
    return signing.dumps(int(time.time()), salt=STAMP_SALT)


class TrappedForm(Form):
    """A form with an `email` field; `network` is the sender's, as `limits.client_network` names it."""

    website = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, network="", **kwargs):
        super().__init__(*args, **kwargs)
        self.network = network
        if settings.PROOF_OF_WORK:
            asked = {"data-work": proof_of_work.BITS, "data-busy": _("One moment…")}
            self.fields["work"] = forms.CharField(required=False, widget=forms.HiddenInput(attrs=asked))

    @property
    def is_trapped(self):
        """Filled in what no person sees."""
        return bool(self.data.get("website", "").strip())

    def clean(self):
        if self.is_trapped:
            return self.cleaned_data
        seconds = self._seconds_open()
        if seconds < FASTEST_HUMAN_SECONDS:
            # Fresh stamp for the page that comes back; what was typed stays.
            self.data = {**self.data.dict(), "opened": new_stamp(), "work": ""}
            raise forms.ValidationError(_("Please look over your details and send the form once more."))
        if "work" in self.fields and not self.errors:
            self._ask_for_work(seconds)
        return self.cleaned_data

    def _ask_for_work(self, seconds):
        # As the browser sent them: what it worked for.
        sent = (self.data.get(name, "") for name in ("opened", "email", "work"))
        if proof_of_work.is_done(*sent):
            return
        if seconds < proof_of_work.WAIT_SECONDS:
            raise forms.ValidationError(
                _(
                    "Programs are flooding this form just now. Please wait half a minute, "
                    "then send it once more: what you typed is still here."
                )
            )
        if wait := proof_of_work.wait_instead(self.network):
            minutes = -(-wait // 60)
            raise forms.ValidationError(
                ngettext(
                    "Programs are flooding this form just now. Please turn JavaScript on, "
                    "or send the form once more in a minute.",
                    "Programs are flooding this form just now. Please turn JavaScript on, "
                    "or send the form once more in %(minutes)s minutes.",
                    minutes,
                )
                % {"minutes": minutes}
            )

    def _seconds_open(self):
        try:
            return time.time() - signing.loads(self.data.get("opened", ""), salt=STAMP_SALT)
        except signing.BadSignature:
            return 0

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.dates import HONG_KONG
from portal.forms import DateField, Form
from portal.forms.fields import fold_width


class ExtensionForm(Form):
    """A closing time that is later than the one there is, and why."""

    day = DateField(label=_("New closing date"))
    clock = forms.CharField(
        label=_("Time"),
        max_length=10,
        help_text=_("Hong Kong time, 24 hours, for example 17:00"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "text"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Stands in the email that the companies get, and in the log"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_clock(self):
        typed = fold_width(self.cleaned_data["clock"]).replace("：", ":").replace(".", ":")
        try:
            return time.fromisoformat(typed if len(typed) > 4 else f"0{typed}")
        except ValueError:
            raise forms.ValidationError(_("Enter a time like 17:00.")) from None

    def closes_at(self) -> datetime:
        typed = datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"].replace(tzinfo=None))
        return timezone.make_aware(typed, HONG_KONG)

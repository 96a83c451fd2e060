from django import forms
from django.utils.translation import gettext_lazy as _

from applications.desk.case_forms import TextField
from portal.accounts.models import RegistrationClaim
from portal.forms import Form

VERIFIED, NOT_VERIFIED = "verified", "not"
KEEP, REMOVE = "keep", "remove"
State = RegistrationClaim.State


class VerificationForm(Form):
    names = {"verdict": _("whether the registration is right")}

    verdict = forms.ChoiceField(
        label=_("Does the registration agree with the certificate?"),
        choices=[
            (VERIFIED, _("Yes: names and numbers are as on the certificate")),
            (NOT_VERIFIED, _("No, or it cannot be seen")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the registration agrees with the certificate.")},
    )
    note = TextField(
        label=_("Note"),
        max_length=1000,
        required=False,
        help_text=_("For the office alone. The company is told nothing by this page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    document = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == NOT_VERIFIED and not cleaned.get("note"):
            self.add_error("note", _("Write in the note what does not agree."))
        return cleaned


class ClaimForm(Form):
    outcome = forms.ChoiceField(
        label=_("What should happen?"),
        choices=[
            (State.JOINED, _("Both belong to one company: add the claimant, who may then edit")),
            (State.GIVEN, _("The claimant acts for this company: make the claimant its owner")),
            (State.REFUSED, _("The claimant does not act for this company: refuse")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should happen.")},
    )
    owner = forms.ChoiceField(
        label=_("If the claimant becomes the owner, the owner until now"),
        choices=[(KEEP, _("stays and may edit")), (REMOVE, _("leaves the company at once"))],
        initial=KEEP,
        required=False,
        widget=forms.RadioSelect,
    )
    note = TextField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("For the office alone: neither side reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason.")},
    )

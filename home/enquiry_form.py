from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.enquiries import About, Enquiry
from portal.forms import EmailField, no_web_address
from portal.forms.traps import TrappedForm


class EnquiryForm(TrappedForm):
    about = forms.ChoiceField(label=_("What is it about?"), choices=About.choices, widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("Your message"),
        max_length=3000,
        help_text=_("In Chinese or English. Leave out identity card numbers and passwords."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=120,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    company = forms.CharField(
        label=_("Company or organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = EmailField(
        label=_("Email address"), max_length=254, help_text=_("The answer goes to this address.")
    )

    names = {
        "about": _("what your message is about"),
        "message": _("your message"),
        "name": _("your name"),
        "company": _("your company or organisation"),
        "email": _("your email address"),
    }

    def enquiry(self, language: str) -> Enquiry:
        data = self.cleaned_data
        return Enquiry(
            about=About(data["about"]),
            name=data["name"],
            company=data["company"],
            email=data["email"],
            message=data["message"],
            language=language,
        )

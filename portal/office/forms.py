from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.erasure import Reason
from portal.forms import EmailField, Form
from portal.mail.models import Message


class MailFilterForm(Form):
    """State of the mail list; all of it stands in the address."""

    mark_optional = False

    q = forms.CharField(label=_("Address or subject"), max_length=200, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), *Message.State.choices], required=False
    )


class PeopleFilterForm(Form):
    mark_optional = False

    q = forms.CharField(label=_("Name or address"), max_length=200, required=False)


class ErasePersonForm(Form):
    """The address is typed once more: a list of names is easily misread."""

    reason = forms.ChoiceField(
        label=_("Why the account is erased"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason.")},
    )
    email = EmailField(
        label=_("Email address of the person, once more"),
        error_messages={"required": _("Type the email address of the person.")},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email.lower() != self.person.email.lower():
            raise forms.ValidationError(
                _("This is not the address of the account. Compare it, and type it again.")
            )
        return email

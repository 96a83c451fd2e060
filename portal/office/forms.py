from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import Form
from portal.mail.models import Message


class MailFilterForm(Form):
    """State of the mail list; all of it stands in the address."""

    mark_optional = False

    q = forms.CharField(label=_("Address or subject"), max_length=200, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), *Message.State.choices], required=False
    )

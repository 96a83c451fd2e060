from django import forms
from django.utils.translation import gettext_lazy as _

from applications.cases import officers_by_name
from portal.accounts.models import User
from portal.forms import Form


class OfficerForm(Form):
    """Who should have a case. `seen` is who had it on the page that the answer comes from."""

    officer = forms.ModelChoiceField(
        label=_("Officer"),
        queryset=User.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=_("Nobody: give the case back"),
        error_messages={"invalid_choice": _("Choose an officer from the list.")},
    )
    seen = forms.ModelChoiceField(
        queryset=User.objects.all(), to_field_name="uuid", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers_by_name()

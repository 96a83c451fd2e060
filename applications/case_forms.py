from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.cases import officers_by_name
from portal.accounts.models import User
from portal.forms import Form


class PersonField(forms.ModelChoiceField):
    """A person by uuid; what is no uuid at all is as wrong as one that nobody has."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class OfficerForm(Form):
    """Who should have a case. `seen` is who had it on the page that the answer comes from."""

    officer = PersonField(
        label=_("Officer"),
        queryset=User.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=_("Nobody: give the case back"),
        error_messages={"invalid_choice": _("Choose an officer from the list.")},
    )
    seen = PersonField(
        queryset=User.objects.all(), to_field_name="uuid", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers_by_name()

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.desk import checklist, notes
from applications.desk.case_checks import Check
from applications.desk.cases import officers_by_name
from applications.models import CheckItem
from portal.accounts.models import User
from portal.forms import Form, count_characters, unify_line_ends

LONGEST_CHECK_NOTE = 2000
LONGEST_REASON = 2000


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


class OfficerForManyForm(OfficerForm):
    seen = None


class TextField(forms.CharField):
    """Several lines as they are kept: line ends unified before anything is counted or compared."""

    widget = forms.Textarea

    def to_python(self, value):
        return unify_line_ends(super().to_python(value)).strip()


class CheckForm(Form):
    """One line of the checklist. Its errors name the line, because the page has many."""

    state = forms.ChoiceField(
        label=_("Verdict"),
        choices=CheckItem.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a verdict."), "invalid_choice": _("Choose a verdict.")},
    )
    note = TextField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, check: Check, data=None):
        item = check.item
        super().__init__(
            data,
            prefix=f"check-{item.uuid}",
            initial={
                "state": item.state,
                "note": item.note,
                "seen": checklist.mark(item.state, item.note),
            },
        )
        self.check = check
        self.is_stale = False

    @staticmethod
    def is_in(data, check: Check) -> bool:
        return f"check-{check.item.uuid}-seen" in data

    def clean(self):
        cleaned = super().clean()
        note, names = cleaned.get("note", ""), {"item": self.check.title, "limit": LONGEST_CHECK_NOTE}
        if count_characters(note) > LONGEST_CHECK_NOTE:
            self.add_error("note", _("%(item)s: shorten the note to %(limit)d characters.") % names)
        if cleaned.get("state") in checklist.NEEDS_NOTE and not note:
            self.add_error("note", _("%(item)s: write in the note what is not in order.") % names)
        return cleaned

    @property
    def verdict(self) -> checklist.Verdict:
        given = self.cleaned_data
        return checklist.Verdict(
            self.check.item.uuid, CheckItem.State(given["state"]), given["note"], given["seen"]
        )

    def show_as_newest(self) -> None:
        """Keep what was typed and let the next press replace what is saved now."""
        item = self.check.item
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = checklist.mark(item.state, item.note)


class ReasonForm(Form):
    reason = TextField(label=_("Reason"), max_length=LONGEST_REASON)

    def __init__(self, *args, label=None, hint="", required=True, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text = label or field.label, hint
        field.required = field.widget.is_required = required
        field.error_messages["required"] = _("Write the reason.")


class NoteForm(Form):
    text = TextField(
        label=_("Note"),
        max_length=notes.LONGEST,
        error_messages={"required": _("Write the note first.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)


class NoteChangeForm(NoteForm):
    key = None
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

"""Forms of the round's screens. What was published is kept; a stale form overwrites nothing unasked."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from applications import rounds
from applications.round_setup import checking, published
from portal.audit import trail

# From the release on: closing is moved by extensions alone, and references with the prefix are given out.
FIXED_BY_RELEASE = ("opens_at", "closes_at", "grace_minutes", "reference_prefix", "year", "batch")


class GuardedForm(WagtailAdminModelForm):
    """Knows which state of the row it was made from, and says so when somebody saved in between."""

    obj_kind = ""
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen") != self.instance.version:
            # A second save means it: the form goes on from the newest state.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(self.instance.version)
            self.add_error(
                None,
                _(
                    "Somebody saved this after you opened it. What you typed is still here: compare it with "
                    "the saved state in another window, then save again to put yours in its place."
                ),
            )
        return cleaned

    def save(self, commit=True):
        changed = [name for name in self.changed_data if name != "seen"]
        changed += [name for name, formset in self.formsets.items() if formset.has_changed()]
        self.instance.version += 1
        saved = super().save(commit=commit)
        trail.record(
            f"{self.obj_kind}.changed",
            obj_kind=self.obj_kind,
            obj_uuid=saved.uuid,
            actor=self.for_user,
            changed=sorted(set(changed)),
        )
        return saved

    def refuse_removals(self, formset, kept, name_of):
        """Say of every row ticked for removal that stands in a published form why it stays."""
        for form in formset.deleted_forms:
            if form.instance.pk and kept(form.instance):
                self.add_error(None, published.removal_refused(name_of(form.instance)))


class RetiringForm(WagtailAdminModelForm):
    """A row that can be retired: hidden for new answers, and shown wherever it was answered."""

    retired = forms.BooleanField(
        label=_("Retired"),
        required=False,
        help_text=_("No longer asked. What was answered stays readable."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["retired"] = bool(self.instance.retired_at)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("retired"):
            self.instance.retired_at = None
        elif not self.instance.retired_at:
            self.instance.retired_at = rounds.database_now()
        return cleaned

    def clean_types(self):
        types = self.cleaned_data["types"]
        if sentence := checking.types_problem(types):
            raise forms.ValidationError(sentence)
        return types


class RoundForm(GuardedForm):
    obj_kind = "round"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_released:
            for name in FIXED_BY_RELEASE:
                self.fields[name].disabled = True

    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The round must close after it opens."))
        if all(formset.is_bound and formset.is_valid() for formset in self.formsets.values()):
            self._keep_what_is_published()
        return cleaned

    def _keep_what_is_published(self):
        kept = published.of(self.instance).uids
        for name, column in (("document_requirements", "name_en"), ("eligibility_items", "text_en")):
            self.refuse_removals(
                self.formsets[name],
                lambda row: str(row.uuid) in kept,
                lambda row, column=column: getattr(row, column),
            )
        for form in self.formsets["sections"].deleted_forms:
            if form.instance.pk and form.instance.questions.exists():
                self.add_error(
                    None,
                    _("Section “%(title)s” has questions. Remove or retire them on its own screen first.")
                    % {"title": form.instance.title_en},
                )

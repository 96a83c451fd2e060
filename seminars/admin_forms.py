from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.database_clock import database_now
from portal.texts import localized
from seminars import announcing, permissions
from seminars.models import Seminar

# Changes that people's calendars must follow.
CALENDAR_FACTS = {"starts_at", "ends_at", "venue_en", "venue_zh_hant", "venue_zh_hans", "title_en"}
# Written by seminars.seats, seminars.mail_settings and seminars.afterwards while an editor has the form open.
KEPT_OF_SEMINAR = (
    *("state", "revision", "next_queue_number", "previous_start", "company_cap"),
    *("link_hours_before", "reminds_day_before", "reminds_hour_before"),
    *("survey_link", "follow_up_at", "certificates_at", "certificate_minutes"),
)
KEPT_OF_OPTION = ("state", "capacity", "join_link")


class SeminarForm(WagtailAdminModelForm):
    """Facts only: what the seats module writes is read again under the lock before anything is saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if options := self.formsets.get("options"):
            options.error_messages["too_few_forms"] = _("Add a way to attend: online, or a venue.")

    def clean(self):
        cleaned = super().clean()
        for option in self._removed("options"):
            if option.sign_ups.exists():
                self.add_error(
                    None,
                    _("“%(option)s” cannot be removed: people have signed up for it.")
                    % {"option": localized(option, "label")},
                )
        for question in self._removed("questions"):
            if question.seminar.sign_ups.filter(answers__has_key=str(question.uuid)).exists():
                self.add_error(
                    None,
                    _("“%(question)s” cannot be removed: people have answered it.")
                    % {"question": localized(question, "label")},
                )
        if self.instance.pk:
            self._refuse_what_people_rely_on(cleaned)
        if cleaned.get("by_invitation") and not self._has_codes():
            self.add_error("by_invitation", _("Add an invitation code, or nobody can sign up."))
        return cleaned

    def _refuse_what_people_rely_on(self, cleaned):
        """Compared with what stands in the database: the page may be older than a change that was told."""
        known = Seminar.objects.get(pk=self.instance.pk)
        if not announcing.is_announced(known, database_now()):
            return
        self._refuse(self, known, known, announcing.TOLD_OF_SEMINAR, cleaned)
        options = {option.pk: option for option in known.options.all()}
        for form in self.formsets["options"].forms if "options" in self.formsets else []:
            if form.instance.pk in options and form.is_valid():
                row = options[form.instance.pk]
                self._refuse(form, known, row, announcing.told_of(row), form.cleaned_data)

    def _refuse(self, form, seminar, row, names, cleaned):
        may_run = self.for_user is not None and permissions.can_run_seminars(self.for_user)
        for name in names:
            if name in cleaned and not announcing.is_same(row, name, cleaned[name]):
                form.add_error(name, announcing.refusal(seminar, name, may_run=may_run))

    def _removed(self, name):
        formset = self.formsets.get(name)
        if not formset or not formset.is_bound or not formset.is_valid():
            return []
        return [form.instance for form in formset.deleted_forms if form.instance.pk]

    def _has_codes(self):
        formset = self.formsets.get("invitation_codes")
        if not formset or not formset.is_valid():
            return True  # its own message comes first
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        return any(form.cleaned_data.get("code") for form in kept)

    @transaction.atomic
    def save(self, commit=True):
        if self.instance.pk:
            self._keep_what_seats_wrote()
        seminar = super().save(commit=commit)
        for page in seminar.pages.select_related("locale"):
            title = localized(seminar, "title", page.locale.language_code).text
            seminar.pages.filter(pk=page.pk).update(title=title, draft_title=title)
        return seminar

    def _keep_what_seats_wrote(self):
        now = Seminar.objects.select_for_update(of=("self",), no_key=True).get(pk=self.instance.pk)
        for name in KEPT_OF_SEMINAR:
            setattr(self.instance, name, getattr(now, name))
        is_announced = announcing.is_announced(now, database_now())
        for name in announcing.TOLD_OF_SEMINAR if is_announced else ():
            setattr(self.instance, name, getattr(now, name))
        if any(getattr(self.instance, name) != getattr(now, name) for name in CALENDAR_FACTS):
            self.instance.revision += 1
        options = {option.pk: option for option in now.options.all()}
        for form in self.formsets["options"].forms if "options" in self.formsets else []:
            if form.instance.pk in options:
                known = options[form.instance.pk]
                told = announcing.told_of(known) if is_announced else ()
                for name in (*KEPT_OF_OPTION, *told):
                    setattr(form.instance, name, getattr(known, name))

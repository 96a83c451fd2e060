from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.desk.case_forms import TextField
from applications.desk.visits import Plan, Report
from applications.models import SiteVisit
from portal import dates
from portal.forms import DateField, Form, fold_width

LONGEST_PEOPLE, LONGEST_FINDINGS, LONGEST_PLACE = 1000, 10_000, 300


class HongKongTimeField(forms.CharField):
    """`14:30`, `9.30`, `0930`, and the same in full width."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})

    def to_python(self, value):
        typed = fold_width(super().to_python(value)).replace(".", ":").replace(" ", "")
        if not typed:
            return None
        if ":" not in typed:
            typed = f"{typed[:-2]}:{typed[-2:]}"
        hour, _colon, minute = typed.partition(":")
        try:
            if not (hour.isascii() and minute.isascii() and len(minute) == 2):
                raise ValueError(typed)
            return time(int(hour), int(minute))
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                _("Enter the time with hours and minutes, for example 14:30."), code="invalid"
            ) from None


class PlanForm(Form):
    names = {"day": _("the date of the visit"), "at": _("the time of the visit"), "place": _("the place")}

    day = DateField(label=_("Date"))
    at = HongKongTimeField(label=_("Time"), help_text=_("Hong Kong time, for example 14:30"))
    place = forms.CharField(
        label=_("Place"),
        max_length=LONGEST_PLACE,
        help_text=_("Factory or office, with the address if it is not the company's own."),
    )
    people = TextField(
        label=pgettext_lazy("visit", "People"),
        max_length=LONGEST_PEOPLE,
        required=False,
        help_text=_("Who visits and who receives, a line each."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def initial_of(visit: SiteVisit) -> dict:
        at = dates.local(visit.visited_at)
        return {
            "day": at.date(),
            "at": f"{at:%H:%M}",
            "place": visit.place,
            "people": visit.people,
            "findings": visit.findings,
            "result": visit.result,
            "version": visit.version,
        }

    @property
    def base_version(self) -> int:
        return self.cleaned_data["version"] or 0

    @property
    def plan(self) -> Plan:
        return Plan(self._visited_at, self.cleaned_data["place"], self.cleaned_data["people"])

    @property
    def _visited_at(self):
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"], dates.HONG_KONG)


class ReportForm(PlanForm):
    names = {**PlanForm.names, "findings": _("what was found")}

    findings = TextField(
        label=_("Findings"),
        max_length=LONGEST_FINDINGS,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    result = forms.ChoiceField(label=_("Result"), choices=SiteVisit.Result.choices, widget=forms.RadioSelect)

    @property
    def report(self) -> Report:
        given = self.cleaned_data
        return Report(
            self._visited_at,
            given["place"],
            given["people"],
            given["findings"],
            SiteVisit.Result(given["result"]),
        )


class CancelForm(Form):
    names = {"reason": _("why the visit is cancelled")}

    reason = TextField(label=_("Reason"), max_length=LONGEST_PEOPLE)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def base_version(self) -> int:
        return self.cleaned_data["version"] or 0

"""The one screen on which a person decides about a session under a weather warning."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from seminars import change_forms, changes, permissions
from seminars.models import WarningFeed, WeatherWatch
from seminars.views.answers import busy
from seminars.views.changes import said
from seminars.weather import watching
from seminars.weather.rule import decide_by, decision_instant

KINDS = {
    "go_ahead": changes.GoAhead,
    "move_online": changes.MoveOnline,
    "postpone": changes.Postpone,
    "cancel": changes.CancelOption,
}
LABELS = {
    "go_ahead": pgettext_lazy("weather decision", "Go ahead: the session takes place as announced"),
    "move_online": pgettext_lazy("weather decision", "Move this session online"),
    "postpone": pgettext_lazy("weather decision", "Postpone the whole seminar, with all ways to attend"),
    "cancel": pgettext_lazy("weather decision", "Cancel this session; the other ways to attend stay"),
}


class DecisionForm(change_forms.ChangeForm):
    decision = forms.ChoiceField(label=_("What happens?"), widget=forms.RadioSelect)
    join_link = forms.URLField(
        label=_("Link to join, if you move it online"), required=False, max_length=500, assume_scheme="https"
    )
    field_order = ["decision", "join_link"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.possible = {name: kind for name, kind in KINDS.items() if self._is_allowed(kind)}
        self.fields["decision"].choices = [(name, LABELS[name]) for name in self.possible]
        if "move_online" not in self.possible:
            del self.fields["join_link"]

    def _is_allowed(self, kind):
        try:
            kind.require_allowed(self.seminar, self.seminar_option, database_now())
        except changes.ChangeRefused:
            return False
        return True

    def change(self):
        return self.change_of(
            self.cleaned_data["decision"], self.note(), self.cleaned_data.get("join_link", "")
        )

    def change_of(self, name, note, join_link=""):
        extra = {"join_link": join_link} if name == "move_online" else {}
        # To postpone concerns everybody, whatever session the warning is about.
        option_id = None if name == "postpone" else self.seminar_option.pk
        return KINDS[name](option_id=option_id, note=note, **extra)

    def previews(self):
        """(words of the choice, what people would get) for each choice, without a sentence of one's own."""
        return [
            (LABELS[name], changes.preview(self.seminar, self.change_of(name, {}))) for name in self.possible
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def decide(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    seminar = option.seminar
    form = DecisionForm(request.POST or None, seminar=seminar, option=option)
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                made = changes.make(
                    seminar, form.change(), actor=request.user, seen=form.cleaned_data["seen"]
                )
            except changes.ChangeRefused as refusal:
                form.add_error(None, ValidationError(str(refusal)))
                code = 409
            except OperationalError:
                busy(form)
                code = 503
            else:
                messages.success(request, said(made))
                return redirect("office_seminars:detail", uuid=seminar.uuid)
    return render(
        request, "seminars/office/weather.html", {"form": form, **_context(seminar, option)}, status=code
    )


def _context(seminar, option):
    signals = watching.signals_for(option) if option.weather_triggers else []
    newest = option.watches.select_related("change", "decided_by").last()
    return {
        "seminar": seminar,
        "option": option,
        "watch": newest,
        "is_open": newest is not None and newest.outcome == WeatherWatch.Outcome.OPEN,
        "signals": signals,
        "is_met": _is_met(option, signals),
        "follows": watching.follows_signals(option),
        "decide_by": decide_by(option),
        "announced": decision_instant(option),
        "feed": WarningFeed.objects.filter(pk=1).first(),
        "not_in_feed": "extreme" in option.weather_triggers,
    }


def _is_met(option, signals):
    """Before the announced time nobody can know what will still be in effect then."""
    announced = decision_instant(option)
    return announced is not None and database_now() >= announced and watching.is_met(option, signals)

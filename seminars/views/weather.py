"""The one screen on which a person decides about a session under a weather warning."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from portal.accounts.permissions import require_role
from portal.database_clock import database_now
from seminars import change_forms, changes, permissions
from seminars.models import WarningFeed, WeatherWatch
from seminars.views.changes import take_step
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


LAST_SESSION = pgettext_lazy("weather decision", "Cancel the seminar: no other way to attend is left")


class DecisionField(forms.ChoiceField):
    """Offers what can be decided now and takes what could be when the page was opened.

    Why that is no longer possible is said by the change itself: somebody else was quicker, mostly.
    """

    def valid_value(self, value):
        return value in KINDS


class DecisionForm(change_forms.ChangeForm):
    # The warnings that were in force when the page was opened, as codes with commas between them.
    warnings = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = DecisionField(label=_("What happens?"), widget=forms.RadioSelect)
    join_link = forms.URLField(
        label=_("Link to join, if you move it online"), required=False, max_length=500, assume_scheme="https"
    )
    field_order = ["decision", "join_link"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.possible = [name for name, kind in KINDS.items() if self._is_allowed(kind)]
        self.fields["decision"].choices = [(name, self._label(name)) for name in self.possible]
        if "move_online" not in self.possible:
            del self.fields["join_link"]

    def _is_allowed(self, kind):
        try:
            kind.require_allowed(self.seminar, self.seminar_option, database_now())
        except changes.ChangeRefused:
            return False
        return True

    def first_values(self):
        return {"warnings": ",".join(self._open_codes())}

    def _open_codes(self):
        watch = self.seminar_option.watches.filter(outcome=WeatherWatch.Outcome.OPEN).first()
        return watch.codes if watch else []

    def require_current(self):
        """Also where the warnings are gone, and where more have come to what is to go ahead."""
        super().require_current()
        seen = set(filter(None, self.cleaned_data["warnings"].split(",")))
        now = set(self._open_codes())
        came = self.cleaned_data["decision"] == "go_ahead" and now - seen
        if came or (seen and not now):
            raise changes.Stale(
                _("The warnings have changed since you opened this page. Look at them again, then decide.")
            )

    def look_again(self):
        super().look_again()
        self.data["warnings"] = ",".join(self._open_codes())

    @property
    def words(self):
        """What was decided, as it stands beside its button."""
        return self._label(self.cleaned_data["decision"])

    def _label(self, name):
        others = [each for each in self.seminar.options.all() if each.pk != self.seminar_option.pk]
        if name == "cancel" and all(each.is_cancelled for each in others):
            return LAST_SESSION
        return LABELS[name]

    @property
    def is_grave(self):
        return self.cleaned_data["decision"] != "go_ahead"

    def change(self):
        name = self.cleaned_data["decision"]
        extra = {"join_link": self.cleaned_data.get("join_link", "")} if name == "move_online" else {}
        # To postpone concerns everybody, whatever session the warning is about.
        option_id = None if name == "postpone" else self.seminar_option.pk
        return KINDS[name](option_id=option_id, note=self.note(), **extra)


@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*permissions.ACTORS)
def decide(request, uuid, option_uuid):
    option = permissions.get_option_for_running(request.user, uuid, option_uuid)
    seminar = option.seminar
    form = DecisionForm(request.POST or None, seminar=seminar, option=option)
    code, found = take_step(request, seminar, form)
    if code == 302:
        return redirect("office_seminars:detail", uuid=seminar.uuid)
    context = {"form": form, "seminar": seminar, "option": option, **found}
    if not found:
        context |= _facts(seminar, option)
    return render(request, "seminars/office/weather.html", context, status=code)


def _facts(seminar, option):
    signals = watching.signals_for(option) if option.weather_triggers else []
    newest = option.watches.select_related("change", "decided_by").last()
    return {
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

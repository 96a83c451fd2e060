"""Forms for what an organiser does to a seminar. `change()` gives the change that they describe."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import dates
from portal.forms import ClockField, DateField, Form
from portal.texts import SUFFIX_OF, localized
from seminars import changes
from seminars.changes.kinds import ADDRESS, LABEL, VENUE

LANGUAGES = (
    ("en", _("in English")),
    ("zh_hant", _("in Traditional Chinese")),
    ("zh_hans", _("in Simplified Chinese")),
)


class ChangeForm(Form):
    """What every change asks for: which state of the seminar was seen, and a sentence of one's own."""

    kind = None
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, seminar, option=None, **kwargs):
        self.seminar, self.seminar_option = seminar, option
        kwargs["initial"] = {**self.first_values(), "seen": seminar.revision}
        super().__init__(*args, **kwargs)
        for code, language in LANGUAGES:
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("A sentence to add to the mail, {language}").format(language=language),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.prepare(f"note_{code}")
        self.fields["note_en"].help_text = _(
            "In each language, please: where you leave one empty, its readers get the sentence as you wrote "
            "it in another."
        )

    def first_values(self):
        return {}

    def note(self):
        return {f"note_{code}": self.cleaned_data[f"note_{code}"] for code, _language in LANGUAGES}

    def borrowing_languages(self):
        """Whose readers would get the sentence in another language than the rest of their mail."""
        note = self.note()
        if not any(note.values()):
            return []
        return [code for code, suffix in SUFFIX_OF.items() if not note[f"note_{suffix}"]]

    def require_current(self):
        """Raises changes.Stale where things are not as the person saw them."""
        changes.require_newest(self.seminar, self.cleaned_data["seen"])

    def look_again(self):
        """The page says what has changed and shows how things stand: a second press is about that."""
        self.data = self.data.copy()
        self.data["seen"] = self.seminar.revision

    def change(self):
        option_id = self.seminar_option.pk if self.seminar_option else None
        return self.kind(option_id=option_id, note=self.note(), **self.values())

    def values(self):
        return {}


class PostponeForm(ChangeForm):
    kind = changes.Postpone


class CancelSeminarForm(ChangeForm):
    kind = changes.CancelSeminar


class CancelOptionForm(ChangeForm):
    kind = changes.CancelOption


class MoveOnlineForm(ChangeForm):
    kind = changes.MoveOnline
    join_link = forms.URLField(
        label=_("Link to join"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Sent by mail to people with a place only. You can also enter it later."),
    )

    def first_values(self):
        links = [each.join_link for each in self.seminar.options.all() if each.is_online]
        return {"join_link": self.seminar_option.join_link or next(filter(None, links), "")}

    def values(self):
        return {"join_link": self.cleaned_data["join_link"]}


class WhenForm(ChangeForm):
    """A date with its times, and until when people can sign up."""

    names = {
        "starts": _("the time at which it starts"),
        "ends": _("the time at which it ends"),
        "closing_time": _("the time at which sign-up closes"),
    }

    day = DateField(label=_("Date"))
    starts = ClockField(label=_("Starts at"), help_text=_("Hong Kong time, 24 hours, for example 17:00"))
    ends = ClockField(label=_("Ends at"))
    closing_day = DateField(label=_("Last day of sign-up"))
    closing_time = ClockField(label=_("Sign-up closes at"))

    def first_values(self):
        start, end, closing = (
            dates.local(each)
            for each in (self.seminar.starts_at, self.seminar.ends_at, self.seminar.sign_up_closes_at)
        )
        return {
            "day": start.date(),
            "starts": start.time(),
            "ends": end.time(),
            "closing_day": closing.date(),
            "closing_time": closing.time(),
        }

    def values(self):
        data = self.cleaned_data
        typed = {
            "starts_at": (data["day"], data["starts"]),
            "ends_at": (data["day"], data["ends"]),
            "sign_up_closes_at": (data["closing_day"], data["closing_time"]),
        }
        return {name: _instant(*parts, known=getattr(self.seminar, name)) for name, parts in typed.items()}


class RescheduleForm(WhenForm):
    kind = changes.Reschedule

    def first_values(self):
        """Times of the day as they were; the new date is what the person is here to enter."""
        values = super().first_values()
        return {name: value for name, value in values.items() if name not in {"day", "closing_day"}}


class FactsForm(WhenForm):
    kind = changes.ChangeFacts

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in zip(VENUE, LANGUAGES, strict=True):
            self._add_text(name, _("Venue, {language}").format(language=label[1]), required=True)
        for option in self._venues():
            place = localized(option, "label").text
            for name, (_code, language) in zip(LABEL, LANGUAGES, strict=True):
                label = _("Name of “{place}”, {language}").format(place=place, language=language)
                self._add_text(f"{name}_{option.pk}", label, required=True, lines=1, limit=120)
            for name, (_code, language) in zip(ADDRESS, LANGUAGES, strict=True):
                label = _("Address of “{place}”, {language}").format(place=place, language=language)
                self._add_text(f"{name}_{option.pk}", label, required=name == "address_en")
        # First what changes, then what the mail says about it.
        self.order_fields([name for name in self.fields if not name.startswith("note_")])

    def _add_text(self, name, label, *, required, lines=2, limit=500):
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        self.fields[name] = forms.CharField(label=label, required=required, max_length=limit, widget=widget)
        self.prepare(name)

    def _venues(self):
        return [option for option in self.seminar.options.all() if not option.is_online]

    def first_values(self):
        values = {**super().first_values(), **{name: getattr(self.seminar, name) for name in VENUE}}
        for option in self._venues():
            values |= {f"{name}_{option.pk}": getattr(option, name) for name in (*LABEL, *ADDRESS)}
        return values

    def values(self):
        data = self.cleaned_data
        return {
            **super().values(),
            "venue": {name: data[name] for name in VENUE},
            "addresses": {
                option.pk: {name: data[f"{name}_{option.pk}"] for name in (*LABEL, *ADDRESS)}
                for option in self._venues()
            },
        }


def _instant(day, clock, *, known):
    """The instant that was typed; the known one where they differ by seconds only, which nobody types."""
    typed = datetime.combine(day, clock, tzinfo=dates.HONG_KONG)
    return known if typed == known.replace(second=0, microsecond=0) else typed

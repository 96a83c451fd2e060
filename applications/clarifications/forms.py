"""Forms of the office for clarifications. A place is written `kind` or `kind:uid` in addresses and forms."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.clarifications import clarifying
from applications.clarifications.clarifying import Asked
from portal import dates
from portal.forms import DateField, Form

LONGEST_WAIT = timedelta(days=180)
LONGEST_TEXT = 3000


def code_of(kind: str, uid: str) -> str:
    return f"{kind}:{uid}" if uid else str(kind)


def chosen(codes: list[str], submission) -> list[tuple[str, str]]:
    """The (kind, uid) pairs that these codes name, each once, in the order of the form."""
    wanted = set(codes)
    return [place for place in _in_order(submission) if code_of(*place) in wanted]


def _in_order(submission):
    definition = submission.form_version.definition
    order = {"company": 0, "section": 1, "question": 1, "projects": 2, "project": 3, "document": 4}
    rank, number = {}, 0
    for section in definition["sections"]:
        for key in [section["uid"], *(each["key"] for each in section["questions"])]:
            rank[key] = number = number + 1
    for each in [*submission.content["projects"], *definition["documents"]]:
        rank[each.get("uuid") or each["uid"]] = number = number + 1
    return sorted(clarifying.askable(submission), key=lambda place: (order[place[0]], rank.get(place[1], 0)))


class DueField(DateField):
    """A day to answer by; its end is the deadline."""

    def clean(self, value):
        day = super().clean(value)
        if day is None:
            return None
        today = dates.local(rounds.database_now()).date()
        if not today < day <= today + LONGEST_WAIT:
            raise ValidationError(_("Choose a day after today, at most 180 days ahead."), code="day")
        return clarifying.end_of(day)


def carried(data) -> list[tuple[str, str]]:
    """What a page that chooses other places carries along of the questions written already."""
    return [
        (name, text) for name, text in data.items() if name.startswith(("kept-", "message", "due_", "key"))
    ]


def taken_up(places, data) -> dict:
    """What `carried` carried, as AskForm's initial: places that were chosen anew have no question yet."""
    codes = [code_of(place.target.kind, place.target.uid) for place in places]
    questions = {f"question-{number}": data.get(f"kept-{code}", "") for number, code in enumerate(codes)}
    due = DueField.widget().value_from_datadict(data, {}, "due")
    return questions | {"message": data.get("message", ""), "key": data.get("key", ""), "due": due}


class AskForm(Form):
    """One question per chosen place, and until when."""

    names = {"due": _("the day to answer by")}
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    message = forms.CharField(
        label=_("Introduction"),
        help_text=_("The company reads it above the questions."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due = DueField(label=_("Answer by"))

    def __init__(self, places, *args, **kwargs):
        """`places`: applications.clarifications.reading.Place of unsaved targets."""
        super().__init__(*args, **kwargs)
        self.places = places
        for number, place in enumerate(places):
            name, about = f"question-{number}", {"place": place.title}
            # What is wrong is the question, not the place it is about.
            self.names = self.names | {name: _("the question about “%(place)s”") % about}
            self.fields[name] = forms.CharField(
                label=place.title,
                help_text=place.within,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={"required": _("Write the question about “%(place)s”.") % about},
            )
            self.prepare(name)
        self.order_fields([*(f"question-{number}" for number in range(len(places))), "message", "due"])

    def clean_key(self):
        return self.cleaned_data["key"] or uuid4()

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Everything that was typed, field by field, for a page that only carries it along."""
        ours = ("question-", "message", "due_")
        return [(name, text) for name, text in self.data.items() if name.startswith(ours)]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Everything that was typed, each question by its place: for the page that chooses other places."""
        questions = [
            (f"kept-{code_of(place.target.kind, place.target.uid)}", self[f"question-{number}"].data or "")
            for number, place in enumerate(self.places)
        ]
        return questions + carried(self.data)

    @property
    def asked(self) -> list[Asked]:
        return [
            Asked(place.target.kind, place.target.uid, self.cleaned_data[f"question-{number}"])
            for number, place in enumerate(self.places)
        ]


class ExtendForm(Form):
    due = DueField(
        label=_("New day to answer by"), help_text=_("The time ends at 18:00, Hong Kong time, of that day.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The company can read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CancelForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The company can read it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

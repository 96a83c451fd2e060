from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts import telephones
from portal.database_clock import database_now
from portal.dates import HONG_KONG
from portal.forms import ClockField, DateField, EmailField, Form, IntegerField, PhoneField, no_web_address
from portal.forms.mistyped import AsksAboutAddress
from portal.forms.traps import TrappedForm
from portal.texts import localized
from seminars import questions
from seminars.availability import Places
from seminars.models import SignUp
from seminars.seats import Corrections, Details

CORRECTABLE = ("name", "company", "company_type", "phone", "question")


class DetailsForm(Form):
    """What a person tells and may correct afterwards."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=120,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    company = forms.CharField(
        label=_("Company or organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    company_type = forms.ChoiceField(
        label=_("Type of company"),
        choices=[("", _("Choose a type")), *SignUp.CompanyType.choices],
        widget=forms.Select,
    )
    phone = PhoneField(
        label=_("Telephone"),
        required=False,
        max_length=32,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        ),
        help_text=_("Only used if the seminar changes at short notice. Outside Hong Kong, begin with +."),
    )
    question = forms.CharField(
        label=_("A question for the speakers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    names = {
        "name": _("your name"),
        "company": _("your company or organisation"),
        "company_type": _("the type of your company"),
        "email": _("your email address"),
        "option": _("how you will attend"),
    }

    def __init__(self, *args, asked=(), **kwargs):
        """`asked`: the seminar's own questions."""
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for question in self.asked:
            self.fields[questions.name_of(question)] = questions.field_for(question)
            self.prepare(questions.name_of(question))

    @staticmethod
    def initial_of(sign_up, asked):
        typed = {name: getattr(sign_up, name) for name in CORRECTABLE}
        return typed | {questions.name_of(each): sign_up.answers.get(str(each.uuid), "") for each in asked}

    @property
    def corrections(self):
        return Corrections(**{name: self.cleaned_data[name] for name in CORRECTABLE}, answers=self.answers)

    @property
    def answers(self):
        """uuid of each question -> what was answered."""
        return {str(each.uuid): self.cleaned_data[questions.name_of(each)] for each in self.asked}

    @property
    def asked_fields(self):
        return [self[questions.name_of(each)] for each in self.asked]

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        digits = "".join(sign for sign in typed if sign.isdigit())
        mainland = len(digits) == 11 and digits.startswith("1")
        country = telephones.Country.MAINLAND if mainland else telephones.Country.HONG_KONG
        return telephones.parse(typed, country)


def option_label(each):
    label = localized(each.option, "label").text
    notes = {
        Places.FULL: _("{option} (full, waiting list open)"),
        Places.FEW: _("{option} (few places left)"),
    }
    return notes[each.places].format(option=label) if each.places in notes else label


class SeatForm(DetailsForm):
    """Somebody new at a seminar. Full is said before, and what to do then is asked here."""

    email = EmailField(label=_("Email address"), max_length=254)
    option = forms.ChoiceField(label=_("How will you attend?"), widget=forms.RadioSelect)
    if_full = forms.ChoiceField(
        label=_("If no place is free when your form reaches us"),
        choices=SignUp.IfFull.choices,
        initial=SignUp.IfFull.WAITING_LIST,
        widget=forms.RadioSelect,
    )

    field_order = ["name", "company", "company_type", "email", "phone", "option", "if_full", "question"]

    def __init__(self, *args, availability, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = {str(each.option.uuid): each for each in availability.options}
        self.fields["option"].choices = [(key, option_label(each)) for key, each in self.options.items()]
        if len(self.options) == 1:
            del self.fields["option"]
        if not self._online_helps():
            self.fields["if_full"].choices = [
                (SignUp.IfFull.WAITING_LIST, SignUp.IfFull.WAITING_LIST.label),
                (SignUp.IfFull.NEITHER, _("Do not sign me up")),
            ]

    def _online_helps(self):
        modes = {each.option.is_online for each in self.options.values()}
        return modes == {True, False}

    @property
    def chosen_option(self):
        key = self.cleaned_data.get("option") or next(iter(self.options))
        return self.options[key].option

    def details(self, language):
        data = self.cleaned_data
        return Details(
            name=data["name"],
            company=data["company"],
            company_type=data["company_type"],
            email=data["email"],
            phone=data["phone"],
            question=data["question"],
            if_full=data["if_full"],
            promotion_consent=data.get("promotion_consent", False),
            language=data.get("language") or language,
            answers=self.answers,
            invitation=data.get("invitation", ""),
        )


class SignUpForm(AsksAboutAddress, TrappedForm, SeatForm):
    """The public form: with the promotion box."""

    promotion_consent = forms.BooleanField(
        label=_("You may also write to me about later seminars and news of the programme."),
        required=False,
    )
    invitation = forms.CharField(
        label=_("Invitation code"),
        max_length=60,
        help_text=_("It stands in your invitation."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, by_invitation=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not by_invitation:
            del self.fields["invitation"]


class AddressForm(Form):
    """An address alone: for the link once more."""

    email = EmailField(label=_("Email address"), max_length=254)
    names = {"email": _("your email address")}


class NewAddressForm(AsksAboutAddress, AddressForm):
    """The address that somebody with a place changes to."""


# The organiser reads these, not the person whom they are about.
OFFICE_NAMES = {
    "name": pgettext_lazy("in an error message", "the name"),
    "company": pgettext_lazy("in an error message", "the company or organisation"),
    "company_type": pgettext_lazy("in an error message", "the type of company"),
    "email": pgettext_lazy("in an error message", "the email address"),
    "option": pgettext_lazy("in an error message", "how the person will attend"),
    "language": pgettext_lazy("in an error message", "the language of the mails"),
}


class CorrectionForm(AsksAboutAddress, DetailsForm):
    """What an organiser puts right for somebody who telephoned."""

    email = EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("If you change it, all mails go to the new one, and the person gets a new link at once."),
    )

    field_order = ["name", "company", "company_type", "email", "phone", "question"]
    names = OFFICE_NAMES

    @staticmethod
    def initial_of(sign_up, asked):
        return DetailsForm.initial_of(sign_up, asked) | {"email": sign_up.email}


class AddForm(SeatForm):
    """By hand, for somebody who telephoned."""

    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")],
        widget=forms.RadioSelect,
    )

    names = OFFICE_NAMES
    if_full_labels = {
        SignUp.IfFull.WAITING_LIST: _("Put the person on the waiting list"),
        SignUp.IfFull.ONLINE: _("Give an online place; if there is none, put the person on the waiting list"),
        SignUp.IfFull.NEITHER: _("Do not sign the person up"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "option" in self.fields:
            self.fields["option"].label = _("Way to attend")
        offered = self.fields["if_full"].choices
        self.fields["if_full"].choices = [(code, self.if_full_labels[code]) for code, _label in offered]


class AddOneForm(AsksAboutAddress, AddForm):
    """One person on a page of its own; of many, the report of the lines says what an address looks like."""


class PlacesForm(Form):
    """Capacities of what takes place, and the cap. An empty box means no limit, and says so."""

    company_cap = IntegerField(
        label=_("Places per company"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("Leave empty for no limit. The places of one company count across all ways to attend."),
    )

    def __init__(self, *args, seminar, **kwargs):
        self.seminar = seminar
        self.options = [each for each in seminar.options.all() if not each.is_cancelled]
        initial = {"company_cap": seminar.company_cap}
        initial |= {f"capacity_{option.pk}": option.capacity for option in self.options}
        super().__init__(*args, initial=initial, **kwargs)
        if self.is_bound:
            # A way to attend that was added after the page was opened keeps its places.
            # One that was taken off in the meantime stays, so that its changed number is not lost in silence.
            self.options = [each for each in seminar.options.all() if f"capacity_{each.pk}" in self.data]
        for option in self.options:
            self.fields[f"capacity_{option.pk}"] = IntegerField(
                label=_("Places: {option}").format(option=localized(option, "label")),
                required=False,
                min_value=0,
                max_value=100_000,
                help_text=_("Leave empty for no limit."),
            )
            self.prepare(f"capacity_{option.pk}")
        self.order_fields([f"capacity_{option.pk}" for option in self.options])

    @property
    def capacities(self):
        """Primary key of each way to attend -> places, None for no limit."""
        return {option.pk: self.cleaned_data[f"capacity_{option.pk}"] for option in self.options}


class CopyForm(Form):
    """When the new seminar starts; all its other times keep their distance from that."""

    day = DateField(label=_("Day of the new seminar"))
    time = ClockField(label=_("Starts at"), help_text=_("Hong Kong time, for example 14:30."))

    names = {"day": _("the day of the new seminar"), "time": _("the time at which it starts")}

    def clean(self):
        if (
            self.cleaned_data.get("day")
            and self.cleaned_data.get("time")
            and self.starts_at <= database_now()
        ):
            self.add_error("day", _("Choose a day in the future."))
        return self.cleaned_data

    @property
    def starts_at(self):
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=HONG_KONG)

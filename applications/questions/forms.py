"""Forms made from a form version. They read what was typed and show it; questions.answers judges it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from applications.drafts import completeness, projects
from applications.models import ProjectRecord
from applications.questions import widgets
from applications.questions.answers import LONG_LIMIT, ROW_LIMIT, YES_NO, is_tight
from applications.submissions import presenting
from portal.forms import Form
from portal.texts import localized

AUTOCOMPLETE = {
    "contact_name": "name",
    "contact_post": "organization-title",
    "contact_telephone": "tel",
    "contact_email": "email",
}


class QuestionField(forms.Field):
    """Takes any answer. `required_on_submit` only keeps "(optional)" away from the label."""

    prefix = suffix = ""

    def __init__(self, question, **options):
        self.question = question
        self.required_on_submit = question["required"]
        super().__init__(required=False, **options)


class SectionForm(Form):
    """One section. `typed()` is what to save; `complain()` adds what keeps it from being complete."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    has_tables = False  # whether buttons for more rows stand before the one that saves

    def __init__(self, section, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.section = section
        for question in section["questions"]:
            self.fields[question["key"]] = _field_for(question)
            self.prepare(question["key"])
        self.fields["is_completed"] = forms.ChoiceField(
            label=_("Have you completed this section?"),
            required=False,
            choices=[
                ("yes", _("Yes, I have completed this section")),
                ("no", _("No, I will come back to it later")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["is_completed"].required_on_submit = True
        self.prepare("is_completed")

    def offer_rows(self, key: str = "", *, by_script_alone: bool = False) -> None:
        """Let the page ask for more rows of its tables; the table of `key` has asked and gets them."""
        for name, field in self.fields.items():
            if isinstance(field.widget, widgets.Rows):
                field.widget.can_add = self.has_tables = True
                field.widget.by_script_alone = by_script_alone
                if name == key:
                    field.widget.blank = widgets.MORE_ROWS

    def next_row(self, key: str, data: dict) -> str:
        """The id of the first blank cell of a table; empty where there is no such table."""
        field = self.fields.get(key)
        if field is None or not isinstance(field.widget, widgets.Rows) or not field.widget.columns:
            return ""
        return field.widget.anchor_of(f"id_{key}", len(data[key]))

    def typed(self) -> dict:
        return {
            key: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
            for key, field in self.fields.items()
            if isinstance(field, QuestionField)
        }

    @property
    def says_completed(self) -> bool:
        return self.data.get(self.add_prefix("is_completed")) == "yes"

    def complain(self, data: dict, values: dict) -> bool:
        """Show every problem of the section at its field; True where there is any."""
        self.full_clean()
        for question in self.section["questions"]:
            sentence = completeness.problem_of(question, data, values)
            if sentence:
                self.add_error(question["key"], ValidationError(sentence))
        return bool(self.errors)


class ProjectForm(Form):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Minted with an empty page, so that the same page sent twice makes one record.
    page_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in projects.FIELDS:
            self.fields[name] = _project_field(name)
            self.prepare(name)

    def typed(self) -> dict:
        return {
            name: self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name in projects.FIELDS
        }

    def complain(self, entered: dict) -> bool:
        self.full_clean()
        for name, sentence in projects.problems(entered).items():
            self.add_error(name, ValidationError(sentence))
        return bool(self.errors)


class SubmitForm(Form):
    review = forms.CharField(widget=forms.HiddenInput)
    signer_name = forms.CharField(
        label=_("Full name of the person who signs"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    signer_role = forms.CharField(
        label=_("Post of the person who signs"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    agreed = forms.BooleanField(
        label=_("I have read the declaration and make it on behalf of the company"),
        error_messages={"required": _("Tick the box to make the declaration.")},
    )


def anchor_of(question: dict) -> str:
    """The id of the control of a question, as portal.forms gives it."""
    key = question["key"]
    if question["kind"] == "date":
        return f"id_{key}_0" if get_language() == "en" else f"id_{key}_2"
    grouped = {"yes_no", "one_of", "several_of", "money", "table"}
    return f"id_{key}_0" if question["kind"] in grouped else f"id_{key}"


def _field_for(question):
    field = QuestionField(
        question,
        label=str(localized(question, "label")),
        help_text=_hint(question),
        widget=_widget_for(question),
    )
    if question["kind"] == "long_text":
        field.max_length = question["limit"] or LONG_LIMIT
    elif is_tight(question):
        field.counted, field.max_length = True, question["limit"]
    if question["kind"] == "number":
        field.suffix = str(localized(question, "unit"))
    field.guidance = presenting.guidance(question)
    return field


def _hint(question):
    condition, hint = localized(question, "asked_if"), localized(question, "hint")
    return f"{condition} {hint}".strip()


def _widget_for(question):
    kind, key = question["kind"], question["key"]
    choices = [(each["code"], str(localized(each, "label"))) for each in question["choices"]]
    makers = {
        "long_text": lambda: widgets.TypedLines(attrs={"rows": 6}),
        "number": lambda: widgets.TypedText(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
        "money": widgets.Money,
        "date": widgets.TypedDate,
        "yes_no": lambda: widgets.TypedChoice(choices=list(YES_NO.items())),
        "one_of": lambda: widgets.TypedChoice(choices=choices),
        "several_of": lambda: widgets.TypedChoices(choices=choices),
        "declaration": widgets.Agreement,
        "table": lambda: widgets.Rows(question["columns"], question["limit"] or ROW_LIMIT),
        "telephone": lambda: widgets.TypedText(
            attrs={"type": "tel", "class": "govuk-input--width-20", **_autocomplete(key)}
        ),
        "email": lambda: widgets.TypedText(
            attrs={"type": "text", "inputmode": "email", "spellcheck": "false", **_autocomplete(key)}
        ),
    }
    return makers.get(kind, lambda: widgets.TypedText(attrs=_autocomplete(key)))()


def _autocomplete(key):
    return {"autocomplete": AUTOCOMPLETE[key]} if key in AUTOCOMPLETE else {}


def _project_field(name):
    column = ProjectRecord._meta.get_field(name)
    label = str(column.verbose_name)
    field = forms.Field(required=False, label=label[:1].upper() + label[1:], widget=_project_widget(name))
    field.required_on_submit = name in projects.REQUIRED
    field.suffix = str(projects.UNITS.get(name, ""))
    field.prefix = ""
    return field


def _project_widget(name):
    if name in projects.CHOICES:
        choices = projects.CHOICES[name].choices
        if len(choices) > 10:
            blank = [("", pgettext_lazy("choice", "Choose"))]
            return widgets.TypedSelect(choices=blank + choices)
        return widgets.TypedChoice(choices=choices)
    if name in projects.DATES:
        return widgets.TypedDate()
    if name in projects.RESULTS:
        return widgets.TypedText(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"})
    return widgets.TypedText(attrs={"class": "govuk-input--width-20"} if name == "project_number" else {})

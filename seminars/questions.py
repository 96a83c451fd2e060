"""The organiser's own questions as fields of a form, and their answers in words."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.texts import localized
from seminars.models import SeminarQuestion, SignUp

FEW = 7  # choices that stand as circles; more make a list to pick from
YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]


def name_of(question: SeminarQuestion) -> str:
    return f"question_{question.uuid.hex}"


def field_for(question: SeminarQuestion) -> forms.Field:
    label = localized(question, "label").text
    options = {
        "label": label,
        "required": question.is_required,
        "error_messages": {"required": _("Answer the question “%(question)s”") % {"question": label}},
    }
    if question.kind == SeminarQuestion.Kind.TEXT:
        return forms.CharField(max_length=500, **options)
    if question.kind == SeminarQuestion.Kind.YES_NO:
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **options)
    choices = [(code, localized(texts, "label").text) for code, texts in question.choice_rows]
    if len(choices) > FEW:
        return forms.ChoiceField(choices=[("", gettext_lazy("Choose one")), *choices], **options)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


def answer_texts(sign_up: SignUp, questions: Iterable[SeminarQuestion]) -> list[tuple[str, str]]:
    """(question, answer) in the active language, in the order of the form; an empty text for no answer."""
    return [(localized(each, "label").text, _text(each, sign_up)) for each in questions]


def _text(question, sign_up):
    value = sign_up.answers.get(str(question.uuid), "")
    if question.kind == SeminarQuestion.Kind.YES_NO:
        return str(dict(YES_NO).get(value, ""))
    if question.kind == SeminarQuestion.Kind.CHOICE:
        texts = dict(question.choice_rows).get(value)
        # A choice that was taken out of the question afterwards still says its code.
        return localized(texts, "label").text if texts else value
    return value

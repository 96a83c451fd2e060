"""Forms for threads, reply templates and entries of the questions page."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from applications.models import ReplyTemplate
from applications.support import reading as thread_reading
from applications.support import threads
from home import faq
from portal.forms import Form, ModelForm
from portal.texts import SUFFIX_OF


class KeyedForm(Form):
    """A form whose page minted a key, so that a double click sends once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_key(self):
        return self.cleaned_data["key"] or uuid4()


class AskForm(KeyedForm):
    """A question of a company about a place of its application, or about one question in it."""

    place = forms.ChoiceField(label=_("What is your question about?"), required=False)
    question_key = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("The Secretariat reads your question and the title of the part, not your draft."),
        max_length=threads.LONGEST,
        widget=forms.Textarea,
    )

    def __init__(self, definition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.fields["place"].choices = thread_reading.places(definition)
        self.fields["place"].required_on_submit = True

    def clean(self):
        cleaned = super().clean()
        place, key = cleaned.get("place", ""), cleaned.get("question_key", "")
        # Another part was chosen than the one whose question brought one here.
        if key and not threads.has_place(self.definition, place, key):
            cleaned["question_key"] = ""
        return cleaned


class MessageForm(KeyedForm):
    text = forms.CharField(
        label=_("Your message"), max_length=threads.LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )


class AnswerForm(KeyedForm):
    """The Secretariat's answer. A template is only filled into the box, and changed there."""

    template = forms.ModelChoiceField(
        label=_("Reply template"),
        queryset=ReplyTemplate.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=pgettext_lazy("reply template", "None"),
        error_messages={"invalid_choice": _("Choose a template from the list.")},
    )
    text = forms.CharField(
        label=pgettext_lazy("thread", "Answer"),
        max_length=threads.LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = ReplyTemplate.objects.filter(is_retired=False)


class TemplateForm(ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ReplyTemplate
        fields = ("name", "text_en", "text_zh_hant", "text_zh_hans", "is_retired")
        widgets = {
            f"text_{suffix}": forms.Textarea(attrs={"rows": 6, "lang": tag})
            for suffix, tag in (("en", "en"), ("zh_hant", "zh-Hant-HK"), ("zh_hans", "zh-Hans"))
        }
        labels = {
            "name": pgettext_lazy("of a thing", "Name"),
            "text_en": _("Text in English"),
            "text_zh_hant": _("Text in Traditional Chinese"),
            "text_zh_hans": _("Text in Simplified Chinese"),
            "is_retired": _("Do not offer it any more"),
        }
        error_messages = {"name": {"unique": _("Choose another name: a template has this one already.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for suffix in SUFFIX_OF.values():
            self.fields[f"text_{suffix}"].max_length = threads.LONGEST
            self.fields[f"text_{suffix}"].required_on_submit = True

    def clean(self):
        cleaned = super().clean()
        if not any((cleaned.get(f"text_{suffix}") or "").strip() for suffix in SUFFIX_OF.values()):
            self.add_error("text_en", ValidationError(_("Write the text in at least one language.")))
        return cleaned


class FaqForm(Form):
    """An entry for the questions page in up to three languages, typed anew."""

    category = forms.ChoiceField(label=_("Category"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = faq.categories(get_language())
        labels = {
            "en": (_("Question in English"), _("Answer in English")),
            "zh_hant": (_("Question in Traditional Chinese"), _("Answer in Traditional Chinese")),
            "zh_hans": (_("Question in Simplified Chinese"), _("Answer in Simplified Chinese")),
        }
        for suffix, (question, answer) in labels.items():
            self._add(f"question_{suffix}", question, faq.LONGEST_QUESTION, forms.TextInput())
            self._add(f"answer_{suffix}", answer, threads.LONGEST, forms.Textarea(attrs={"rows": 5}))

    def _add(self, name, label, limit, widget):
        self.fields[name] = forms.CharField(label=label, max_length=limit, widget=widget, required=False)
        self.prepare(name)

    def clean(self):
        cleaned = super().clean()
        for suffix in SUFFIX_OF.values():
            question, answer = cleaned.get(f"question_{suffix}"), cleaned.get(f"answer_{suffix}")
            if question and not answer and not self.errors.get(f"answer_{suffix}"):
                self.add_error(f"answer_{suffix}", ValidationError(_("Write the answer to this question.")))
            if answer and not question and not self.errors.get(f"question_{suffix}"):
                self.add_error(f"question_{suffix}", ValidationError(_("Write the question to this answer.")))
        if not self.errors and not self.texts:
            self.add_error(
                "question_en", ValidationError(_("Write a question and its answer in at least one language."))
            )
        return cleaned

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Language -> (question, answer) of what was typed."""
        return {
            language: (self.cleaned_data[f"question_{suffix}"], self.cleaned_data[f"answer_{suffix}"])
            for language, suffix in SUFFIX_OF.items()
            if self.cleaned_data.get(f"question_{suffix}")
        }

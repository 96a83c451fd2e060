import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import Form
from portal.texts import SUFFIX_OF, colon
from seminars import letters
from seminars.change_forms import LANGUAGES
from seminars.models import Letter


class LetterForm(Form):
    """A subject and a text for every language that somebody among the readers chose, and for no other."""

    # Minted with the empty form: the same letter, however often it is sent.
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, seminar, languages, letter=None, **kwargs):
        self.seminar = seminar
        words = dict(LANGUAGES)
        self.texts = [
            f"{part}_{SUFFIX_OF[code]}"
            for code in SUFFIX_OF
            if code in languages
            for part in ("subject", "body")
        ]
        known = {name: getattr(letter, name) for name in self.texts} if letter else {}
        super().__init__(*args, initial={"key": uuid.uuid4(), **known}, **kwargs)
        for name in self.texts:
            part, suffix = name.split("_", 1)
            self.fields[name] = _text(part, words[suffix])
            self.prepare(name)

    def clean(self):
        fields = letters.fields_of(self.seminar)
        for name in self.texts:
            allowed = fields if name.startswith("body") else ()
            try:
                letters.check(self.cleaned_data.get(name, ""), allowed=allowed)
            except letters.LetterRefused as refusal:
                self.add_error(name, f"{self.fields[name].label}{colon()}{refusal}")
        return self.cleaned_data

    @property
    def letter(self):
        """As typed, not saved."""
        texts = {name: self.cleaned_data[name] for name in self.texts}
        return Letter(uuid=self.cleaned_data["key"], **texts)


def _text(part, language):
    if part == "subject":
        return forms.CharField(label=_("Subject, {language}").format(language=language), max_length=150)
    return forms.CharField(
        label=_("Text, {language}").format(language=language),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

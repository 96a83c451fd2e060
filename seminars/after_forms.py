from pathlib import PurePath

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from portal.files.names import clean_name
from portal.files.refusals import Refused
from portal.forms import Form, IntegerField
from seminars.materials import POLICY, WORDS
from seminars.models import SeminarMaterial

WEB_ADDRESS = URLValidator(
    schemes=["https", "http"],
    code="no_web_address",
    message=_("Enter a whole web address, beginning with https://"),
)
LONGEST_LINK = 500
ADDRESS_BOX = {"type": "url", "spellcheck": "false", "autocomplete": "off"}


class WordsForm(Form):
    """What a material is called, and who may have it."""

    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    title_zh_hant = forms.CharField(
        label=_("Title in Traditional Chinese"),
        max_length=200,
        required=False,
        help_text=_("Left empty, readers see the title in another language."),
    )
    title_zh_hans = forms.CharField(label=_("Title in Simplified Chinese"), max_length=200, required=False)
    audience = forms.ChoiceField(
        label=_("Who may have it"),
        choices=SeminarMaterial.Audience.choices,
        widget=forms.RadioSelect,
        help_text=_("From the end of the seminar on."),
    )

    @property
    def words(self):
        return {name: self.cleaned_data[name] for name in WORDS}


class MaterialForm(WordsForm):
    title_en = forms.CharField(
        label=_("Title in English"),
        max_length=200,
        required=False,
        help_text=_("For a file, if it is left empty, the file’s own name."),
    )
    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": POLICY.accept})
    )
    link = forms.CharField(
        label=_("Or a link"),
        required=False,
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs=ADDRESS_BOX),
        validators=[WEB_ADDRESS],
        help_text=_(
            "For a recording, or what is published elsewhere already. Whoever has the link can open it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = POLICY.limits
        self.order_fields(["file", "link", *WORDS])
        self.link_left = ""

    def ask_for_the_file_again(self):
        """For an answer with errors elsewhere."""
        if self.files.get(self.add_prefix("file")) and "file" not in self.errors:
            self.add_error("file", _("Please choose the file again: browsers do not keep it."))

    def clean(self):
        """With each answer that has errors a browser forgets the chosen file: so it is taken at once, and a
        link that was entered beside it is left for a material of its own.
        """
        cleaned = super().clean()
        file, link = cleaned.get("file"), cleaned.get("link")
        if file:
            self.link_left = self.data.get(self.add_prefix("link"), "").strip()[:LONGEST_LINK]
            self.errors.pop("link", None)
            cleaned["link"] = link = ""
        elif not link and "link" not in self.errors and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or enter a link below."))
        if file and not cleaned.get("title_en") and "title_en" not in self.errors:
            cleaned["title_en"] = _title_of(file)
        elif link and not cleaned.get("title_en") and "title_en" not in self.errors:
            self.add_error("title_en", _("Enter a title for the link"))
        return cleaned


def _title_of(file):
    try:
        return PurePath(clean_name(file.name)).stem[:200]
    except Refused:  # the door for files says it in full
        return file.name[:200]


class LinkForm(WordsForm):
    link = forms.CharField(
        label=_("Link"),
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs=ADDRESS_BOX),
        validators=[WEB_ADDRESS],
    )


class TermsForm(Form):
    survey_link = forms.CharField(
        label=_("Address of the survey"),
        required=False,
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs=ADDRESS_BOX),
        validators=[WEB_ADDRESS],
        help_text=_("Those who attended find it in their mail and on their own pages."),
    )
    certificate_minutes = IntegerField(
        label=_("Least time online for a certificate"),
        required=False,
        min_value=1,
        max_value=600,
        suffix=_("minutes"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        help_text=_("Counts only where the list of the online platform told how long somebody was there."),
    )

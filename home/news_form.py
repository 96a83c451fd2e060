"""One piece of news in three languages on one screen."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminDateInput
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model, permissions
from wagtail.images.widgets import AdminImageChooser

from home import simplifying
from home.blocks import RICH_TEXT, ImageWithCaptionBlock, PictureBlock
from home.models import NewsPage
from home.models.news import Category
from home.photos import PhotoField
from home.simplified_boxes import ReadingForm
from portal.texts import SUFFIX_OF

NAMES = dict(settings.LANGUAGES)
LANG = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
WRITTEN, TOLD_OF_PICTURE = ("title", "summary", "text"), ("alt", "caption")
LONGEST_DESCRIPTION = 250


def _words(language, *, label, longest, rows=None, help_text="", required=True):
    attrs = {"lang": LANG[language]}
    widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
    return forms.CharField(
        label=label, max_length=longest, widget=widget, help_text=help_text, required=required
    )


def _fields_of(language):
    """What is written once for each language, in the order of the screen."""
    longest = {name: NewsPage._meta.get_field(name).max_length for name in ("title", "summary")}
    caption = ImageWithCaptionBlock().child_blocks["caption"].field
    summary = NewsPage._meta.get_field("summary")
    return {
        "title": _words(language, label=_("Title"), longest=longest["title"]),
        "summary": _words(
            language, label=_("Summary"), longest=longest["summary"], rows=3, help_text=summary.help_text
        ),
        "text": forms.CharField(
            label=_("Text"), required=False, widget=get_rich_text_editor_widget(features=RICH_TEXT)
        ),
        "alt": _words(
            language,
            label=_("What the picture shows"),
            longest=LONGEST_DESCRIPTION,
            rows=2,
            required=False,
            help_text=_("One sentence, for people who do not see it."),
        ),
        "caption": _words(language, label=_("Caption"), longest=caption.max_length, rows=2, required=False),
    }


class NewsForm(ReadingForm):
    date = forms.DateField(
        label=_("Date"), widget=AdminDateInput, help_text=NewsPage._meta.get_field("date").help_text
    )
    category = forms.ChoiceField(
        label=_("Category"),
        choices=[("", "---------"), *Category.choices],
        required=False,
        help_text=NewsPage._meta.get_field("category").help_text,
    )
    picture = forms.ModelChoiceField(None, label=_("Or take one that is here already"), required=False)

    def __init__(self, *args, user, languages, kept=None, **kwargs):
        super().__init__(*args, initial=_written_in(kept) if kept else None, **kwargs)
        self.kept = kept
        self.user, self.languages = user, languages
        self.fields["date"].initial = timezone.localdate
        may_choose = permissions.permission_policy.instances_user_has_permission_for(user, "choose")
        self.fields["picture"].queryset = may_choose
        self.fields["picture"].widget = AdminImageChooser()
        self.fields["picture"].widget.choices = ()
        if permissions.permission_policy.user_has_permission(user, "add"):
            # Made here: it writes its help text at once, in the language of the moment.
            self.fields["upload"] = PhotoField(label=_("Upload a picture"), required=False)
        for language in languages:
            for name, field in _fields_of(language).items():
                # Never empty where the Traditional is not: drafted by then.
                field.required &= language != simplifying.SIMPLIFIED
                field.label = format_lazy("{} · {}", field.label, NAMES[language])
                self.fields[f"{name}_{SUFFIX_OF[language]}"] = field
        self.mark_drafts()

    def rows(self):
        """The boxes of one thing side by side, a language each."""
        suffixes = [SUFFIX_OF[language] for language in self.languages]
        return [[self[f"{name}_{suffix}"] for suffix in suffixes] for name in WRITTEN]

    def rows_of_picture(self):
        suffixes = [SUFFIX_OF[language] for language in self.languages]
        return [[self[f"{name}_{suffix}"] for suffix in suffixes] for name in TOLD_OF_PICTURE]

    def words(self, language):
        """What was written in one language, by the names of WRITTEN and TOLD_OF_PICTURE."""
        names = (*WRITTEN, *TOLD_OF_PICTURE)
        return {name: self.cleaned_data[f"{name}_{SUFFIX_OF[language]}"] for name in names}

    def clean(self):
        """Keeps an uploaded picture also where something else is wrong: browsers do not send it again."""
        cleaned = super().clean()
        if upload := cleaned.get("upload"):
            cleaned["picture"] = _keep(upload, self.user)
            self.data["picture"] = cleaned["picture"].pk
        for language in self.languages:
            name = f"alt_{SUFFIX_OF[language]}"
            if name not in self.errors:
                self._look_at_description(name, cleaned.get("picture"), cleaned[name])
        return cleaned

    def _look_at_description(self, name, picture, words):
        if not picture:
            if words:
                self.add_error(name, _("There is no picture: add it, or empty this box."))
            return
        picture.contextual_alt_text, picture.decorative = words, False
        try:
            PictureBlock().clean(picture)
        except StructBlockValidationError as error:
            self.add_error(name, ValidationError(error.block_errors["alt_text"].messages))


def _written_in(kept):
    """What the form shows of drafts, by the names of its boxes."""
    first = kept.pages[0]
    shown = {"date": first.date, "category": first.category, "seen": kept.seen}
    for page in kept.pages:
        blocks = {block["type"]: block["value"] for block in page.body.raw_data}
        picture = blocks.get("image", {"image": {"image": None, "alt_text": ""}, "caption": ""})
        words = {
            "title": page.title,
            "summary": page.summary,
            "text": blocks.get("text", ""),
            "alt": picture["image"]["alt_text"],
            "caption": picture["caption"],
        }
        suffix = SUFFIX_OF[page.locale.language_code]
        shown |= {f"{name}_{suffix}": value for name, value in words.items()}
        shown["picture"] = shown.get("picture") or picture["image"]["image"]
    return shown


def _keep(upload, user):
    image = get_image_model()(
        title=upload.name.rsplit(".", 1)[0][:255],
        file=upload,
        uploaded_by_user=user,
        collection=permissions.permission_policy.collections_user_has_permission_for(user, "add").first(),
    )
    image._set_image_file_metadata()
    image.save()
    return image

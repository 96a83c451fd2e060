"""The blocks of content pages. Few, and general: what is special has its own page type."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from home import amounts
from home.locales import with_locale
from portal.languages import LANGUAGE_OF, prefix_for

# No headings (the heading block makes them, with an address) and no italics (Chinese has none).
INLINE = ["bold", "link", "document-link"]
RICH_TEXT = [*INLINE, "ul", "ol", "h3"]
ANCHOR = re.compile(r"^[a-z][a-z0-9-]*$")
# One word with an underscore, an ending, or a camera's letters and number.
FILE_NAME = re.compile(r"^(\S*_\S*|\S+\.(jpe?g|png|gif|webp|heic)|[a-z]{2,6}-?\d{3,}\S*)$", re.IGNORECASE)
LOCAL_PATH = re.compile(r"^([a-z0-9][a-z0-9-]*/)+(#[a-z][a-z0-9-]*)?$")

validate_anchor = RegexValidator(
    ANCHOR, _("Use small letters, figures and hyphens, for example who-can-apply.")
)
validate_path = RegexValidator(
    LOCAL_PATH,
    _("Write the address without the language, without a slash in front, with one at the end: apply/"),
)


class PathBlock(blocks.FieldBlock):
    """An address of ours without its language prefix; not a text, so translation leaves it alone."""

    def __init__(self, required=False, help_text=None, validators=(validate_path,), max_length=200, **kwargs):
        self.field = blocks.CharBlock(
            required=required, help_text=help_text, max_length=max_length, validators=validators
        ).field
        super().__init__(**kwargs)

    class Meta:
        default = ""


class AnchorBlock(PathBlock):
    def __init__(
        self, required=False, help_text=None, validators=(validate_anchor,), max_length=60, **kwargs
    ):
        super().__init__(
            required=required, help_text=help_text, validators=validators, max_length=max_length, **kwargs
        )


class LinkValue(blocks.StructValue):
    def address(self, goals) -> str:
        """The page's translation in the reader's language, else the page itself, else the local address.

        Empty where readers would find nothing, which `goals` (a home.goals.Goals) knows of what was typed.
        """
        page = self.get("page")
        if page:
            page = with_locale(page)
            if LANGUAGE_OF[prefix_for(get_language())] != page.locale.language_code:
                page = page.localized
            return page.url if page.live else ""
        path = self.get("path")
        if not path:
            return ""
        address = f"/{prefix_for(get_language())}/{path}"
        return "" if goals.is_missing(address) else address


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    path = PathBlock(
        label=_("Address"),
        required=False,
        help_text=_("For a screen that is not a page, without the language: apply/"),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["path"]):
            message = _("Choose a page or write an address, one of the two.")
            raise blocks.StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return value


class FigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("Figure"), max_length=40)
    what = blocks.CharBlock(label=_("What it counts"), max_length=120)
    as_of = blocks.CharBlock(
        label=_("As of"), max_length=80, help_text=_("A figure never stands without its date.")
    )
    source = blocks.CharBlock(label=_("Source"), max_length=160)

    class Meta:
        icon = "order"
        label = _("Figure")


# What a case can have cut or saved: the label and the amount with its unit, always a year's.
RESULTS = {
    "co2": (_("Carbon dioxide cut"), _("%(amount)s tonnes a year")),
    "voc": (_("Volatile organic compounds cut"), _("%(amount)s kg a year")),
    "nox": (_("Nitrogen oxides cut"), _("%(amount)s kg a year")),
    "dust": (_("Dust cut"), _("%(amount)s kg a year")),
    "energy": (_("Energy saved"), _("%(amount)s kWh a year")),
    "water": (_("Water saved"), _("%(amount)s m³ a year")),
    "effluent": (_("Effluent cut"), _("%(amount)s m³ a year")),
    "waste": (_("Solid waste cut"), _("%(amount)s tonnes a year")),
}


class ResultValue(blocks.StructValue):
    @property
    def what(self):
        return RESULTS[self["kind"]][0]

    @property
    def amount(self):
        return RESULTS[self["kind"]][1] % {"amount": amounts.number(self["number"])}


class ResultBlock(blocks.StructBlock):
    """A number with a unit that is known here: it is typed once and said in three languages."""

    kind = blocks.ChoiceBlock(
        label=_("What"),
        choices=[(code, what) for code, (what, _amount) in RESULTS.items()],
        help_text=_("CO₂ and solid waste in tonnes, other emissions in kg, energy in kWh, water in m³."),
    )
    number = blocks.DecimalBlock(
        label=_("Amount a year"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )

    class Meta:
        icon = "order"
        label = _("Result")
        value_class = ResultValue


class EntryBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(
        label=_("Mark"),
        choices=[
            ("factory", _("Factory")),
            ("leaf", _("Leaf")),
            ("seal", _("Seal")),
            ("people", _("People")),
            ("calendar", _("Calendar")),
            ("document", _("Document")),
        ],
    )
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=3)

    class Meta:
        icon = "user"
        label = _("Audience")

    def get_searchable_content(self, value):
        """Without the name of the mark, which is for editors."""
        written = [(block, value[name]) for name, block in self.child_blocks.items() if name != "icon"]
        return [line for block, part in written for line in block.get_searchable_content(part)]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    anchor = AnchorBlock(
        label=_("Short name"),
        required=False,
        help_text=_("For links to this place; the same in all three languages."),
    )

    class Meta:
        icon = "title"
        label = _("Heading")


class PictureBlock(ImageBlock):
    """Wagtail offers the name of the file as the description of a picture; no reader is told that."""

    class Meta:
        help_text = _(
            "Alt text: one sentence that says what the picture shows, for people who do not see it. "
            "Decorative: it shows nothing that the text does not say."
        )

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation or not value or value.decorative:
            return value
        if FILE_NAME.match(value.contextual_alt_text):
            message = _("“%(words)s” is the name of a file. Say in one sentence what the picture shows.")
            error = ValidationError(message, params={"words": value.contextual_alt_text})
            raise blocks.StructBlockValidationError(block_errors={"alt_text": error})
        return value


class ImageWithCaptionBlock(blocks.StructBlock):
    image = PictureBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "home/blocks/image.html"


class PhotoBlock(blocks.StructBlock):
    """A photo that says something: it has words for those who cannot see it, and for those who can."""

    image = ImageChooserBlock(label=_("Photo"))
    description = blocks.CharBlock(
        label=_("Description"),
        max_length=250,
        help_text=_("What the photo shows, for people who do not see it."),
    )
    caption = blocks.CharBlock(
        label=_("Caption"), max_length=200, help_text=_("Who, where, when; not the description again.")
    )

    class Meta:
        icon = "image"
        label = _("Photo")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Who said or wrote it"), max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "home/blocks/quote.html"


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "home/blocks/call_to_action.html"


class DetailsBlock(blocks.StructBlock):
    summary = blocks.CharBlock(label=_("Line that is always shown"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text that opens"), features=RICH_TEXT)

    class Meta:
        icon = "collapse-down"
        label = _("Details")
        template = "home/blocks/details.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE, required=False)


class FileBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    document = DocumentChooserBlock(label=_("File"))


class VideoBlock(blocks.StructBlock):
    """A plain link: no host but ours is ever asked for something by our pages."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    url = blocks.URLBlock(label=_("Address"))
    note = blocks.CharBlock(
        label=_("Note"), required=False, max_length=160, help_text=_("Length, language, who shows it.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "home/blocks/video.html"


class TimetableBlock(blocks.StaticBlock):
    """Facts of a round are shown from its rows; an editor says only where."""

    class Meta:
        icon = "date"
        label = _("Timetable of the round")
        admin_text = _(
            "Nothing to write here: the dates come from the round that is open, coming or just over."
        )
        template = "home/blocks/timetable.html"


class ContentBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        features=RICH_TEXT, label=_("Text"), icon="pilcrow", template="home/blocks/text.html"
    )
    image = ImageWithCaptionBlock()
    quote = QuoteBlock()
    table = TableBlock(
        label=_("Table"),
        icon="table",
        template="home/blocks/table.html",
        # The table editor knows none of our language codes and complains in the console.
        table_options={"language": "en-US"},
    )
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), icon="list-ol", template="home/blocks/steps.html")
    timetable = TimetableBlock()
    figures = blocks.ListBlock(
        FigureBlock(), label=_("Figures"), icon="order", template="home/blocks/figures.html"
    )
    details = DetailsBlock()
    call_to_action = CallToActionBlock()
    files = blocks.ListBlock(
        FileBlock(), label=_("Files"), icon="doc-full", template="home/blocks/files.html"
    )
    video = VideoBlock()


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    anchor = AnchorBlock(
        label=_("Short name"),
        required=True,
        help_text=_("For links to this place; the same in all three languages."),
    )
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT)

    class Meta:
        icon = "help"
        label = _("Question")


class CategoryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Category"), max_length=120)
    anchor = AnchorBlock(
        label=_("Short name"),
        required=True,
        help_text=_("For links to this place; the same in all three languages."),
    )
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Category")

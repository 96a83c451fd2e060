from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import figures
from home.panels import TranslationPanel, in_three
from portal.charts import Chart
from portal.texts import SUFFIX_OF, localized


def require_all_or_none(row, name):
    """A text in one language only would stand among words of another."""
    columns = [f"{name}_{suffix}" for suffix in SUFFIX_OF.values()]
    empty = [column for column in columns if not getattr(row, column)]
    if 0 < len(empty) < len(columns):
        raise ValidationError(
            dict.fromkeys(empty, _("Write this in all three languages, or leave it out in all."))
        )


class FigureSet(ClusterableModel):
    """Numbers that are drawn and listed together, typed once for all languages of the site."""

    class Shape(models.TextChoices):
        BARS = "bars", pgettext_lazy("chart", "Bars, one under the other")
        COLUMNS = "columns", pgettext_lazy("chart", "Columns, for a course in time")

    code = models.SlugField(
        _("short name"),
        max_length=40,
        unique=True,
        help_text=_(
            "For links and the name of the file, in English: labels-by-year. Better not changed later."
        ),
    )
    listed = models.BooleanField(
        _("show on the page"), default=True, help_text=_("Leave out while numbers are still missing.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=10, help_text=_("The lowest comes first.")
    )
    shape = models.CharField(_("drawn as"), max_length=10, choices=Shape, default=Shape.BARS)
    title_en = models.CharField(_("title (English)"), max_length=160)
    title_zh_hant = models.CharField(_("title (Traditional Chinese)"), max_length=160)
    title_zh_hans = models.CharField(_("title (Simplified Chinese)"), max_length=160)
    label_head_en = models.CharField(_("what a row is (English)"), max_length=40)
    label_head_zh_hant = models.CharField(_("what a row is (Traditional Chinese)"), max_length=40)
    label_head_zh_hans = models.CharField(_("what a row is (Simplified Chinese)"), max_length=40)
    number_head_en = models.CharField(_("what is counted (English)"), max_length=40)
    number_head_zh_hant = models.CharField(_("what is counted (Traditional Chinese)"), max_length=40)
    number_head_zh_hans = models.CharField(_("what is counted (Simplified Chinese)"), max_length=40)
    note_en = models.TextField(_("note (English)"), max_length=300, blank=True)
    note_zh_hant = models.TextField(_("note (Traditional Chinese)"), max_length=300, blank=True)
    note_zh_hans = models.TextField(_("note (Simplified Chinese)"), max_length=300, blank=True)
    as_of = models.DateField(_("figures as of"))
    source_en = models.CharField(_("source (English)"), max_length=200)
    source_zh_hant = models.CharField(_("source (Traditional Chinese)"), max_length=200)
    source_zh_hans = models.CharField(_("source (Simplified Chinese)"), max_length=200)
    illustrative = models.BooleanField(
        _("made-up example"),
        default=False,
        help_text=_("The figures are invented: page and file then say so in every language."),
    )

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("position"), FieldPanel("listed")]),
        in_three("title", _("Title")),
        FieldRowPanel([FieldPanel("shape"), FieldPanel("illustrative")]),
        MultiFieldPanel(
            [in_three("label_head", _("First column")), in_three("number_head", _("Second column"))],
            heading=_("Headings of the table"),
            help_text=_("For example: Year, Labels."),
        ),
        InlinePanel("figures", heading=_("Figures"), label=_("Figure"), min_num=1, max_num=40),
        in_three("note", _("Note: what the figures leave out, or how they were counted")),
        MultiFieldPanel(
            [FieldPanel("as_of"), in_three("source", _("Source"))],
            heading=_("Date and source"),
            help_text=_("A figure never stands without its date and source."),
        ),
    ]

    class Meta:
        verbose_name = _("set of figures")
        verbose_name_plural = _("sets of figures")
        ordering = ["position", "pk"]

    def __str__(self):
        return localized(self, "title").text

    def clean(self):
        super().clean()
        require_all_or_none(self, "note")

    @property
    def chart(self) -> Chart:
        return figures.chart_of(self)


class Figure(Orderable):
    class Precision(models.TextChoices):
        EXACT = "exact", pgettext_lazy("figure", "Exactly")
        OVER = "over", pgettext_lazy("figure", "More than")
        ABOUT = "about", pgettext_lazy("figure", "About")

    figure_set = ParentalKey(FigureSet, on_delete=models.CASCADE, related_name="figures")
    label_en = models.CharField(_("row (English)"), max_length=80)
    label_zh_hant = models.CharField(_("row (Traditional Chinese)"), max_length=80)
    label_zh_hans = models.CharField(_("row (Simplified Chinese)"), max_length=80)
    precision = models.CharField(
        _("precision"),
        max_length=5,
        choices=Precision,
        default=Precision.EXACT,
        help_text=_("As the source has it."),
    )
    number = models.DecimalField(
        _("number"), max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    note_en = models.CharField(_("note (English)"), max_length=120, blank=True)
    note_zh_hant = models.CharField(_("note (Traditional Chinese)"), max_length=120, blank=True)
    note_zh_hans = models.CharField(_("note (Simplified Chinese)"), max_length=120, blank=True)

    panels = [
        FieldRowPanel([FieldPanel(f"label_{suffix}") for suffix in SUFFIX_OF.values()]),
        FieldRowPanel([FieldPanel("precision"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel(f"note_{suffix}") for suffix in SUFFIX_OF.values()]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("figure")

    def __str__(self):
        return f"{localized(self, 'label')}: {self.number}"

    def clean(self):
        super().clean()
        require_all_or_none(self, "note")


class FiguresPage(Page):
    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title; search engines show them too."),
    )

    content_panels = [TranslationPanel(), *Page.content_panels, FieldPanel("lead")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    override_translatable_fields = [SynchronizedField("slug")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = _("Charts with their tables. What it shows: Snippets, sets of figures.")

    class Meta:
        verbose_name = _("page of figures")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sets"] = figure_sets_to_read()
        return context


def figure_sets_to_read():
    return list(FigureSet.objects.filter(listed=True).prefetch_related("figures"))


def get_figure_set(code: str, language: str) -> FigureSet | None:
    """The set as its page shows it: none where the page is away, or not for everybody."""
    pages = FiguresPage.objects.live().public().filter(locale__language_code=language)
    if not pages.exists():
        return None
    return FigureSet.objects.filter(listed=True, code=code).prefetch_related("figures").first()

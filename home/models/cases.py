from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import amounts, cases
from home.blocks import ContentBlock, ResultBlock
from home.locales import with_locale
from home.panels import TranslationPanel, in_three
from portal import dates
from portal.industries import Industry
from portal.texts import localized


class CaseTerm(models.Model):
    """A production process or a technology that cases are found by; editors add what is missing."""

    class Kind(models.TextChoices):
        PROCESS = "process", _("Process")
        TECHNOLOGY = "technology", _("Technology")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    code = models.SlugField(
        _("short name"),
        max_length=40,
        unique=True,
        help_text=_("For addresses of filtered lists, in English: heat-recovery. Better not changed later."),
    )
    label_en = models.CharField(_("name (English)"), max_length=80)
    label_zh_hant = models.CharField(_("name (Traditional Chinese)"), max_length=80)
    label_zh_hans = models.CharField(_("name (Simplified Chinese)"), max_length=80)

    panels = [FieldPanel("kind"), FieldPanel("code"), in_three("label", _("Name"))]

    class Meta:
        verbose_name = _("term of success cases")
        verbose_name_plural = _("terms of success cases")
        ordering = ["kind", "label_en"]

    def __str__(self):
        return localized(self, "label").text


class CaseQuerySet(PageQuerySet):
    def shown_in(self, case_index):
        """For everybody, the newest figures first."""
        return (
            self.live()
            .public()
            .child_of(case_index)
            .order_by(models.F("as_of").desc(nulls_last=True), "path")
        )


class CaseIndexPage(Page):
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
    subpage_types = ["home.CasePage"]
    max_count_per_parent = 1
    page_description = _("The list of success cases, to be narrowed by industry, process and technology.")

    class Meta:
        verbose_name = _("list of success cases")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["list"] = cases.read(
            CasePage.objects.shown_in(self), CaseTerm.objects.all(), request.GET, self.get_url(request)
        )
        return context


class CasePage(Page):
    """What one factory did, spent and gained. A figure that is not known is left out."""

    class Currency(models.TextChoices):
        HKD = "HKD", _("Hong Kong dollars (HK$)")
        CNY = "CNY", _("renminbi (RMB)")

    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One sentence for the list of cases: what was done and what came of it."),
    )
    company = models.CharField(
        _("company"),
        max_length=160,
        help_text=_("Or a description, where the company is not to be named: a dyeing factory."),
    )
    place = models.CharField(_("city or district"), max_length=80, blank=True)
    industry = models.CharField(_("industry"), max_length=10, choices=Industry)
    process = models.ForeignKey(
        CaseTerm,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("process"),
        limit_choices_to={"kind": CaseTerm.Kind.PROCESS},
        help_text=_("The step of production that was changed. New ones: Snippets, terms of success cases."),
    )
    technology = models.ForeignKey(
        CaseTerm,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("technology"),
        limit_choices_to={"kind": CaseTerm.Kind.TECHNOLOGY},
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.HKD)
    investment = models.DecimalField(
        _("investment"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The whole sum, with support: 1200000. Leave out what is not known."),
    )
    yearly_saving = models.DecimalField(
        _("saving a year"),
        max_digits=12,
        decimal_places=0,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    payback_years = models.DecimalField(
        _("payback period in years"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
        help_text=_("As the source has it; empty: investment divided by the saving a year."),
    )
    results = StreamField(
        [("result", ResultBlock())],
        verbose_name=_("what was cut or saved"),
        blank=True,
        max_num=6,
        help_text=_("Amounts a year, each as its source has it."),
    )
    as_of = models.DateField(
        _("figures as of"), null=True, blank=True, help_text=_("The month is shown, the day is not.")
    )
    source = models.CharField(
        _("source of the figures"), max_length=160, blank=True, help_text=_("Who measured or reported them.")
    )
    illustrative = models.BooleanField(
        _("made-up example"),
        default=False,
        help_text=_("Company and figures are invented: list and page then say so in every language."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(CaseQuerySet)()

    content_panels = [
        TranslationPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("illustrative"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("company"), FieldPanel("place")]),
                FieldPanel("industry"),
                # Lists instead of Wagtail's chooser, which would offer processes as technologies.
                FieldRowPanel(
                    [FieldPanel("process", widget=Select), FieldPanel("technology", widget=Select)]
                ),
            ],
            heading=_("Where and what"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("currency"),
                FieldRowPanel(
                    [FieldPanel("investment"), FieldPanel("yearly_saving"), FieldPanel("payback_years")]
                ),
                FieldPanel("results"),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")]),
            ],
            heading=_("Figures"),
            help_text=_("The same in all languages. A figure never stands without its date and source."),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("company"),
        index.SearchField("place"),
        index.SearchField("body"),
    ]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ("industry", "currency", "investment", "yearly_saving", "payback_years", "results")
    ] + [SynchronizedField("slug")]
    parent_page_types = ["home.CaseIndexPage"]
    subpage_types = []
    page_description = _("One factory: what it did, what it cost, what it saves.")

    class Meta:
        verbose_name = _("success case")

    def clean(self):
        super().clean()
        if not self.figures:
            return
        missing = {}
        if self.as_of is None:
            missing["as_of"] = _("Enter the month for which the figures hold.")
        if not self.source:
            missing["source"] = _("Enter who measured or reported the figures.")
        if missing:
            raise ValidationError(missing)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["index_url"] = with_locale(self.get_parent()).get_url(request)
        return context

    @property
    def payback(self) -> Decimal | None:
        if self.payback_years is not None:
            return self.payback_years
        if self.investment and self.yearly_saving:
            years = (self.investment / self.yearly_saving).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return max(years, Decimal("0.1"))
        return None

    @property
    def figures(self) -> list[tuple]:
        """(what, number) of all that is known, in the active language."""
        rows = []
        if self.investment:
            rows.append(
                (pgettext_lazy("figure", "Investment"), amounts.money(self.investment, self.currency))
            )
        if self.yearly_saving:
            rows.append((_("Saving a year"), amounts.money(self.yearly_saving, self.currency)))
        if self.payback:
            years = ngettext("%(years)s year", "%(years)s years", 1 if self.payback == 1 else 2)
            rows.append((_("Payback period"), years % {"years": amounts.number(self.payback)}))
        return rows + [(each.value.what, each.value.amount) for each in self.results]

    @property
    def shown_as_of(self) -> str:
        return dates.month(self.as_of) if self.as_of else ""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import ContentBlock
from home.panels import TranslationPanel
from portal import dates
from portal.listing import Listing, page_of

PER_PAGE = 20


class Category(models.TextChoices):
    PROGRAMME = "programme", pgettext_lazy("category of news", "The programme")
    SCHEME = "scheme", pgettext_lazy("category of news", "Recognition scheme")
    EVENTS = "events", pgettext_lazy("category of news", "Seminars and ceremonies")
    SITE = "site", pgettext_lazy("category of news", "This website")


class NewsQuerySet(PageQuerySet):
    def latest_in(self, news_index):
        return self.live().child_of(news_index).order_by("-date", "-first_published_at", "-pk")


class NewsIndexPage(Page):
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
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1
    page_description = _("The list of news, newest first.")

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pages = NewsPage.objects.latest_in(self)
        listing = Listing(self.get_url(request), {"category": request.GET.get("category", "")})
        chosen = listing.values["category"]
        shown = pages.filter(category=chosen) if chosen in Category else pages
        context["news"] = page_of(shown, request.GET.get("page"), per_page=PER_PAGE)
        context["categories"] = _categories(pages, listing)
        return context


def _categories(pages, listing):
    """Label, address and whether it is the one shown, of all that occurs; none where that is one only."""
    occurring = set(pages.order_by().values_list("category", flat=True))
    if len(occurring) < 2:
        return []
    chosen = listing.values["category"]
    kinds = [
        (each.label, listing.url(category=each), chosen == each) for each in Category if each in occurring
    ]
    return [(pgettext("categories of news", "All"), listing.url(category=""), chosen not in Category), *kinds]


class NewsPage(Page):
    date = models.DateField(_("date"), help_text=_("The day the news is about or was given out."))
    month_only = models.BooleanField(
        _("show the month only"), default=False, help_text=_("Where the day is not known or does not matter.")
    )
    category = models.CharField(
        _("category"),
        max_length=10,
        choices=Category,
        blank=True,
        help_text=_("Readers can narrow the list of news to it. Empty: under “All” only."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One sentence for the list of news; search engines show it too."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        TranslationPanel(),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("month_only"), FieldPanel("category")]),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("category")]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types = []
    page_description = _("One piece of news with its date.")

    class Meta:
        verbose_name = _("news page")

    @property
    def shown_date(self):
        """The day, or its month where the day is not known, in the active language."""
        return dates.month(self.date) if self.month_only else dates.day(self.date)

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import ContentBlock
from home.panels import TranslationPanel
from portal import dates

PER_PAGE = 20


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
        pages = Paginator(NewsPage.objects.latest_in(self), PER_PAGE)
        context["news"] = pages.get_page(request.GET.get("page"))
        return context


class NewsPage(Page):
    date = models.DateField(_("date"), help_text=_("The day the news is about or was given out."))
    month_only = models.BooleanField(
        _("show the month only"), default=False, help_text=_("Where the day is not known or does not matter.")
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
        FieldRowPanel([FieldPanel("date"), FieldPanel("month_only")]),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    override_translatable_fields = [SynchronizedField("slug")]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types = []
    page_description = _("One piece of news with its date.")

    class Meta:
        verbose_name = _("news page")

    @property
    def shown_date(self):
        """The day, or its month where the day is not known, in the active language."""
        return dates.month(self.date) if self.month_only else dates.day(self.date)

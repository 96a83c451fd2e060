from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import EntryBlock, FigureBlock, LinkBlock
from home.panels import TranslationPanel

from .news import NewsIndexPage, NewsPage

NEWS_SHOWN = 3


class HomePage(Page):
    hero_title = models.CharField(_("headline"), max_length=80, blank=True)
    hero_lead = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences under the headline; search engines show them too."),
    )
    actions = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("calls to action"),
        blank=True,
        max_num=2,
        help_text=_("The first is a button, the second a link."),
    )
    entries_title = models.CharField(_("heading of the audiences"), max_length=80, blank=True)
    entries = StreamField([("entry", EntryBlock())], verbose_name=_("audiences"), blank=True, max_num=3)
    figures = StreamField([("figure", FigureBlock())], verbose_name=_("figures"), blank=True, max_num=4)

    content_panels = [
        TranslationPanel(),
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("actions")],
            heading=_("Top of the page"),
        ),
        MultiFieldPanel([FieldPanel("entries_title"), FieldPanel("entries")], heading=_("Audiences")),
        FieldPanel("figures"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_lead"),
        index.SearchField("entries"),
        index.SearchField("figures"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    # No subpage_types: page types of the apps above name this one as their parent, it does not know them.
    page_description = _("The front page of one language.")

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        news_index = NewsIndexPage.objects.live().filter(locale_id=self.locale_id).first()
        context["news_index"] = news_index
        context["latest_news"] = NewsPage.objects.latest_in(news_index)[:NEWS_SHOWN] if news_index else ()
        return context

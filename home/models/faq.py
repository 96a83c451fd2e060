from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import CategoryBlock
from home.panels import TranslationPanel


class FAQPage(Page):
    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title; search engines show them too."),
    )
    categories = StreamField([("category", CategoryBlock())], verbose_name=_("categories"), blank=True)

    content_panels = [TranslationPanel(), *Page.content_panels, FieldPanel("lead"), FieldPanel("categories")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("categories")]
    override_translatable_fields = [SynchronizedField("slug")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = _("Questions and answers in categories; every question has its own address.")

    class Meta:
        verbose_name = _("questions page")

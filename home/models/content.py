from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import ContentBlock
from home.panels import TranslationPanel


class ContentPage(Page):
    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title; search engines show them too."),
    )
    notice = models.TextField(
        _("notice"),
        max_length=400,
        blank=True,
        help_text=_("Shown in a box above the text, for example that this is a draft."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)
    show_contents = models.BooleanField(
        _("list the headings beside the text"),
        default=True,
    )

    content_panels = [
        TranslationPanel(),
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("notice"),
        FieldPanel("body"),
        FieldPanel("show_contents"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("slug")]
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    page_description = _("Text with headings, tables, steps, files and pictures.")

    class Meta:
        verbose_name = _("content page")

    @property
    def headings(self):
        return [block for block in self.body if block.block_type == "heading"] if self.show_contents else []

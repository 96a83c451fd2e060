from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import pictures
from home.blocks import ContentBlock, PhotoBlock
from home.panels import TranslationPanel
from portal import dates


class CeremonyQuerySet(PageQuerySet):
    def shown_in(self, ceremony_index):
        return self.live().public().child_of(ceremony_index).order_by("-date", "path")


class CeremonyIndexPage(Page):
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
    subpage_types = ["home.CeremonyPage"]
    max_count_per_parent = 1
    page_description = _("Award ceremonies by year, the newest first.")

    class Meta:
        verbose_name = _("list of ceremonies")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        ceremonies = list(CeremonyPage.objects.shown_in(self).select_related("locale"))
        covers = pictures.prepared(filter(None, (page.cover_id for page in ceremonies)))
        for page in ceremonies:
            page.cover = covers.get(page.cover_id)
        context["years"] = _by_year(ceremonies)
        return context


class CeremonyPage(Page):
    date = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    summary = models.TextField(
        _("summary"), max_length=300, help_text=_("One sentence for the list; search engines show it too.")
    )
    photos = StreamField(
        [("photo", PhotoBlock())],
        verbose_name=_("photos"),
        blank=True,
        max_num=40,
        help_text=_("The first one also stands in the list of ceremonies."),
    )
    body = StreamField(ContentBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(CeremonyQuerySet)()

    content_panels = [
        TranslationPanel(),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("place")]),
        FieldPanel("summary"),
        FieldPanel("photos"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("place"),
        index.SearchField("body"),
        index.SearchField("photos"),
    ]
    override_translatable_fields = [SynchronizedField("date", overridable=False), SynchronizedField("slug")]
    parent_page_types = ["home.CeremonyIndexPage"]
    subpage_types = []
    page_description = _("One ceremony with its photos.")

    class Meta:
        verbose_name = _("ceremony")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        photos = [block.value for block in self.photos if block.value["image"]]
        images = pictures.prepared(photo["image"].pk for photo in photos)
        context["photos"] = [(images[photo["image"].pk], photo) for photo in photos]
        return context

    @property
    def cover_id(self) -> int | None:
        """The first photo's image by its id alone: the blocks would ask for the images of each page."""
        return self.photos.raw_data[0]["value"]["image"] if self.photos else None

    @property
    def shown_date(self) -> str:
        return dates.day(self.date)


def _by_year(pages):
    years = {}
    for page in pages:
        years.setdefault(page.date.year, []).append(page)
    return list(years.items())

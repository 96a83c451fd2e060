from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.documents.models import Document
from wagtail.models import CollectionViewRestriction, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home import resources
from home.panels import TranslationPanel, in_three
from portal import dates
from portal.texts import localized


class Resource(ClusterableModel):
    """A form, a guide or a publication with its files, the same for all languages of the site."""

    class Group(models.TextChoices):
        FORMS = "forms", pgettext_lazy("resources", "Forms and templates")
        GUIDES = "guides", pgettext_lazy("resources", "Guides")
        PUBLICATIONS = "publications", pgettext_lazy("resources", "Publications")
        PRESENTATIONS = "presentations", pgettext_lazy("resources", "Presentations")

    group = models.CharField(_("group"), max_length=15, choices=Group)
    title_en = models.CharField(_("title (English)"), max_length=160)
    title_zh_hant = models.CharField(_("title (Traditional Chinese)"), max_length=160)
    title_zh_hans = models.CharField(_("title (Simplified Chinese)"), max_length=160)
    note_en = models.TextField(_("note (English)"), max_length=300, blank=True)
    note_zh_hant = models.TextField(_("note (Traditional Chinese)"), max_length=300, blank=True)
    note_zh_hans = models.TextField(_("note (Simplified Chinese)"), max_length=300, blank=True)
    version = models.CharField(
        _("version"), max_length=20, blank=True, help_text=_("As it stands in the files: 2.1")
    )
    dated = models.DateField(_("date"), help_text=_("The day of this version."))
    listed = models.BooleanField(
        _("show in the library"), default=True, help_text=_("Leave out while files are still missing.")
    )

    panels = [
        FieldRowPanel([FieldPanel("group"), FieldPanel("listed")]),
        in_three("title", _("Title")),
        in_three("note", _("Note: what it is for")),
        FieldRowPanel([FieldPanel("version"), FieldPanel("dated")]),
        InlinePanel("files", heading=_("Files"), label=_("File"), min_num=1),
    ]

    class Meta:
        verbose_name = _("document of the library")
        verbose_name_plural = _("documents of the library")
        ordering = ["-dated", "title_en"]

    def __str__(self):
        return localized(self, "title").text

    @property
    def anchor(self) -> str:
        return f"document-{self.pk}"

    @property
    def shown_date(self) -> str:
        return dates.day(self.dated)


class FileQuerySet(models.QuerySet):
    def open_to_all(self):
        """What lies in a closed collection, or below one, is not even named."""
        files = self
        for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
            files = files.exclude(document__collection__path__startswith=path)
        return files


class ResourceFile(models.Model):
    class Language(models.TextChoices):
        EN = "en", "English"
        ZH_HANT = "zh-hant", "繁體中文"
        ZH_HANS = "zh-hans", "简体中文"
        SEVERAL = "several", _("Several languages")

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(_("language of the file"), max_length=10, choices=Language)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", verbose_name=_("file"))

    objects = FileQuerySet.as_manager()

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("document")])]

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.resource} ({self.get_language_display()})"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        # Asked of the store now, so that no reader waits for it.
        self.document.get_file_size()

    @property
    def format(self) -> str:
        return self.document.file_extension.lower()

    @property
    def is_marked(self) -> bool:
        """Whether the language's name stands in a language of its own."""
        return self.language != self.Language.SEVERAL


class ResourcesPage(Page):
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
    page_description = _(
        "Forms and documents to download. What it lists: Snippets, documents of the library."
    )

    class Meta:
        verbose_name = _("library of forms and documents")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["library"] = resources.read(resources_to_read(), request.GET, self.get_url(request))
        return context


def resources_to_read():
    """Listed resources with their open files as `open_files`, without those that have none."""
    files = ResourceFile.objects.open_to_all().select_related("document").order_by("pk")
    rows = Resource.objects.filter(listed=True).prefetch_related(
        models.Prefetch("files", files, to_attr="open_files")
    )
    return [row for row in rows if row.open_files]

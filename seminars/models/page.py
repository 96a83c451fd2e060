from django.db import models
from django.http import HttpResponseRedirect
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.models import HomePage
from home.panels import TranslationPanel
from portal import navigation
from portal.languages import prefix_for
from portal.texts import localized
from seminars import archive, old_addresses
from seminars.models.option import AttendanceOption
from seminars.models.seminar import Seminar

TEXT_FEATURES = ["bold", "link", "ol", "ul", "document-link"]


def breadcrumbs_of(page, request):
    """The pages above, from the home page down. The menu, which is cached, mostly knows them already."""
    home = {"url": f"/{prefix_for(get_language())}/", "label": pgettext("breadcrumb", "Home")}
    if page.depth == 3:
        return [home]
    for link in navigation.shell_for(request).main:
        if request.path.startswith(link.url):
            return [home, {"url": link.url, "label": link.label}]
    parent = page.get_parent()
    return [home, {"url": parent.url, "label": parent.title}]


class SeminarIndexPage(Page):
    """The list of seminars: upcoming first, then past."""

    introduction = models.TextField(
        _("introduction"), max_length=500, blank=True, help_text=_("One or two sentences above the list.")
    )

    content_panels = [TranslationPanel(), *Page.content_panels, FieldPanel("introduction")]
    parent_page_types = [HomePage]
    max_count_per_parent = 1
    page_description = _("The list of seminars.")
    subpage_types = ["seminars.SeminarPage"]

    override_translatable_fields = [TranslatableField("introduction"), SynchronizedField("slug")]

    class Meta:
        verbose_name = _("seminar index page")

    def serve(self, request, *args, **kwargs):
        number = request.GET.get("id")
        if number is None:
            return super().serve(request, *args, **kwargs)
        target = old_addresses.target_of(self, number, request)
        if target:
            return target.response()
        # Not for good: somebody may still enter where it leads.
        return HttpResponseRedirect(self.get_url(request))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pages = SeminarPage.objects.child_of(self).live()
        context["archive"] = archive.read(pages, request.GET, self.get_url(request))
        context["breadcrumbs"] = breadcrumbs_of(self, request)
        return context


class SeminarPage(Page):
    """What is written about a seminar in one language. Its facts are shown from the row, never typed here."""

    seminar = models.ForeignKey(Seminar, on_delete=models.PROTECT, related_name="pages")
    lead = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: what those who attend will know afterwards. Also shown in lists."),
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=TEXT_FEATURES, help_text=_("What the seminar is about.")
    )
    notes = RichTextField(
        _("further notes"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_(
            "Only what is special. Date, venue, places per company and the weather rule show by themselves."
        ),
    )

    # The title is the seminar's own, so that it is typed once for page, mails and calendar.
    content_panels = [TranslationPanel(), FieldPanel("lead"), FieldPanel("introduction"), FieldPanel("notes")]
    parent_page_types = ["seminars.SeminarIndexPage"]
    subpage_types = []
    page_description = _("Made by “New seminar”, which makes the pages of all three languages at once.")

    override_translatable_fields = [
        SynchronizedField("seminar", overridable=False),
        SynchronizedField("slug"),
    ]

    class Meta:
        verbose_name = _("seminar page")

    def clean(self):
        super().clean()
        self.title = localized(self.seminar, "title", self.locale.language_code).text

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        taken = AttendanceOption.objects.with_taken(seminar=self.seminar_id)
        options = models.Prefetch("options", taken)
        context["seminar"] = Seminar.objects.prefetch_related(options, "rundown").get(pk=self.seminar_id)
        context["people"] = context["seminar"].people()
        context["breadcrumbs"] = breadcrumbs_of(self, request)
        context["index_url"] = context["breadcrumbs"][-1]["url"] if context["breadcrumbs"] else ""
        return context

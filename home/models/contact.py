from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.blocks import ContentBlock
from home.panels import TranslationPanel

CACHE_KEY = "home.contact"
# A process may write an old row back in the moment of a change: an hour is the most it can stand.
CACHE_SECONDS = 3600


class ContactPage(Page):
    lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title; search engines show them too."),
    )
    body = StreamField(
        ContentBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Telephone, email and address come from Settings, Contact."),
    )

    content_panels = [TranslationPanel(), *Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("slug")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    page_description = _("How to reach the Secretariat.")

    class Meta:
        verbose_name = _("contact page")


@register_setting(icon="mail")
class ContactSettings(BaseGenericSetting):
    """How the Secretariat is reached. Pages read it by `home.contact.current()`, which asks the cache."""

    telephone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("With the country code: +852 2000 0000"),
        validators=[RegexValidator(r"^\+[0-9][0-9 ]{6,}$", _("Write + and the country code, then figures."))],
    )
    email = models.EmailField(_("email"), blank=True)
    address_en = models.TextField(_("address (English)"), blank=True, max_length=300)
    address_zh_hant = models.TextField(_("address (Traditional Chinese)"), blank=True, max_length=300)
    address_zh_hans = models.TextField(_("address (Simplified Chinese)"), blank=True, max_length=300)
    hours_en = models.CharField(_("office hours (English)"), blank=True, max_length=200)
    hours_zh_hant = models.CharField(_("office hours (Traditional Chinese)"), blank=True, max_length=200)
    hours_zh_hans = models.CharField(_("office hours (Simplified Chinese)"), blank=True, max_length=200)

    panels = [
        FieldPanel("telephone"),
        FieldPanel("email"),
        MultiFieldPanel(
            [FieldPanel("address_en"), FieldPanel("address_zh_hant"), FieldPanel("address_zh_hans")],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [FieldPanel("hours_en"), FieldPanel("hours_zh_hant"), FieldPanel("hours_zh_hans")],
            heading=_("Office hours"),
        ),
    ]

    class Meta:
        verbose_name = _("contact")

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        cache.delete(CACHE_KEY)

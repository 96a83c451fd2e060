from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail_localize.models import TranslationSource

from home import translations
from portal.texts import SUFFIX_OF


def in_three(name, heading, **options):
    """The three columns of one text, as portal.texts.localized reads them; side by side."""
    fields = [FieldPanel(f"{name}_{suffix}") for suffix in SUFFIX_OF.values()]
    return MultiFieldPanel([FieldRowPanel(fields)], heading=heading, **options)


class TranslationPanel(Panel):
    """Says in the editor how this page stands to its versions in the other languages.

    Any page type may put it first among its panels.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("heading", _("Translations"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/translation_panel.html"

        def is_shown(self):
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context["standing"] = translations.standing_of(self.instance)
            context["own_code"] = self.instance.locale.language_code
            context["sync_url"] = self._sync_url(context["standing"])
            return context

        def _sync_url(self, standing):
            """Where changed English is brought into translations that are written sentence by sentence."""
            is_source = self.instance.locale.language_code == translations.SOURCE
            if not is_source or not any(row.state == translations.State.BEHIND for row in standing):
                return ""
            source = TranslationSource.objects.filter(
                object_id=self.instance.translation_key, translations__enabled=True
            ).first()
            return source and reverse("wagtail_localize:update_translations", args=[source.pk])

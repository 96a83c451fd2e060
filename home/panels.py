from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from home import translations
from portal.texts import SUFFIX_OF


def in_three(name, heading, **options):
    """The three columns of one text, as portal.texts.localized reads them."""
    fields = [FieldPanel(f"{name}_{suffix}") for suffix in SUFFIX_OF.values()]
    return MultiFieldPanel(fields, heading=heading, **options)


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
            return context

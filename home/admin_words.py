"""Words that Wagtail says in English by when it says them, given back to the language of whoever reads them.

They are its own words, with translations of its own or in `portal/locale_of_packages`.
"""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as wagtails
from wagtail.admin import auth
from wagtail.admin.forms.choosers import AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm
from wagtail.admin.localization import get_localized_response
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet

LABELS = {
    AnchorLinkChooserForm: {"link_text": wagtails("Link text")},
    EmailLinkChooserForm: {
        "email_address": wagtails("Email address"),
        "link_text": wagtails("Link text"),
        "subject": wagtails("Subject"),
        "body": wagtails("Body"),
    },
    ExternalLinkChooserForm: {"link_text": wagtails("Link text")},
}


class InReadersWords:
    """For viewsets of snippets: the way back, at the top of their screens."""

    @property
    def breadcrumbs_items(self):
        return [
            {"url": reverse_lazy("wagtailadmin_home"), "label": wagtails("Home")},
            {"url": reverse_lazy("wagtailsnippets:index"), "label": wagtails("Snippets")},
        ]


def _in_readers_language(view):
    """Wagtail refuses after it has left the language of the editor."""

    def refuse(request):
        return get_localized_response(view, request)

    return refuse


def give_back() -> None:
    auth.permission_denied = _in_readers_language(auth.permission_denied)
    ChooserViewSet.search_tab_label = wagtails("Search")
    for form, labels in LABELS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = wagtails("Type")
    kind.extra |= {
        "choices": ((True, wagtails("Permanent")), (False, wagtails("Temporary"))),
        "empty_label": wagtails("All"),
    }

"""What Wagtail's checks panel looks for while somebody writes: pictures, headings, links, tables."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class EditorChecks(ContentCheckerItem):
    # The frame around what editors write is ours, and tested by us.
    axe_include = ["main"]
    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "image-redundant-alt",
        "link-text",
        "page-has-heading-one",
        "scope-attr-valid",
    ]
    # The preview's own script (portal/frontend/js/preview.js) marks links of words like "click here"; a label
    # for screen readers would be told instead of them.
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": "link-text",
            "impact": "serious",
            "selector": "a[data-says-nothing]",
            "tags": ["best-practice"],
            "any": ["aria-label"],
            "enabled": True,
        },
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("A picture has no description"),
            "help_text": _("Say in one sentence what it shows."),
        },
        "image-redundant-alt": {
            "error_name": _("The description repeats the text beside the picture"),
            "help_text": _("Say what the picture shows and the text does not."),
        },
        "link-text": {
            "error_name": _("The words of a link say nothing by themselves"),
            "help_text": _("Name what it leads to: many people hear only the links of a page."),
        },
        "page-has-heading-one": {
            "error_name": _("The page has no title"),
            "help_text": _("Give the page a title."),
        },
    }


def choose_checks(request, items, page):
    """Ours in place of Wagtail's own, in the editor's panel and in the preview beside it."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[number] = EditorChecks(in_editor=item.in_editor)

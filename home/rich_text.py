"""The editor of rich text, in Wagtail's admin, where what a browser sent cannot be read."""

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea, DraftailRichTextAreaAdapter
from wagtail.admin.telepath import register

# What Wagtail's converter meets in content that is no editor's: it looks at nothing before it uses it.
DAMAGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ExporterException)
LARGEST_KEY = 2**31 - 1


class Unreadable:
    """Stands in a form for such a text. The field that takes it up refuses it; the form does not fail."""

    def __str__(self):
        raise ValidationError(
            _(
                "This text did not arrive whole, so nothing was saved. Write it once more, or open the "
                "screen anew: what was saved before is still there."
            ),
            code="unreadable",
        )


class RichTextArea(DraftailRichTextArea):
    """In place of Wagtail's, which answers damaged content with an error of the server."""

    def value_from_datadict(self, data, files, name):
        try:
            html = super().value_from_datadict(data, files, name)
        except DAMAGED:
            return Unreadable()
        return Unreadable() if html and not _leads_to_rows(html) else html

    def format_value(self, value):
        return super().format_value("" if isinstance(value, Unreadable) else value)


def _leads_to_rows(html):
    """Whether pages, documents and pictures are named by numbers; readers would else meet the fault."""
    named = BeautifulSoup(html, "html.parser").find_all(["a", "embed"], id=True)
    return all(_is_key(element["id"]) for element in named)


def _is_key(written):
    return written.isascii() and written.isdecimal() and int(written) <= LARGEST_KEY


register(DraftailRichTextAreaAdapter(), RichTextArea)

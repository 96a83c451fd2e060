"""Links in texts to pages, as readers get them: words alone where readers would find nothing."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler


class ReadablePageLinkHandler(PageLinkHandler):
    """In place of Wagtail's, which links to pages that are not published."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [_opening_tag(page) for page in cls.get_many(attrs_list)]


def _opening_tag(page):
    page = page and page.localized
    url = page.url if page and page.live else ""
    # The closing tag stays; without an address the element is no link, and takes no focus.
    return f'<a href="{escape(url)}">' if url else "<a>"

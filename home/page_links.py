"""Links in texts, as readers get them: words alone where readers would find nothing."""

import re
from html import unescape

from django.utils.html import escape
from wagtail.rich_text import RichText
from wagtail.rich_text.pages import PageLinkHandler

from home.goals import Goals

# As a text is kept: a page or document that was chosen has a type, an address that was typed has none.
TYPED = re.compile(r'<a\b(?![^>]*\blinktype=)[^>]*?\bhref="([^"]*)"[^>]*>')


class ReadablePageLinkHandler(PageLinkHandler):
    """In place of Wagtail's, which links to pages that are not published."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [_opening_tag(page) for page in cls.get_many(attrs_list)]


def goals_of(request) -> Goals:
    """The same for all texts and buttons of a page, so that what links may lead to is read once."""
    return vars(request).setdefault("goals_of_links", Goals(request)) if request else Goals()


def readable(text, request) -> RichText:
    """The text, without the links that were typed to addresses of ours where nothing stands any more."""
    source = text.source if isinstance(text, RichText) else text or ""
    goals = goals_of(request)
    return RichText(TYPED.sub(lambda link: "<a>" if goals.is_missing(unescape(link[1])) else link[0], source))


def _opening_tag(page):
    page = page and page.localized
    url = page.url if page and page.live else ""
    # The closing tag stays; without an address the element is no link, and takes no focus.
    return f'<a href="{escape(url)}">' if url else "<a>"

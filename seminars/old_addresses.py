"""Addresses of the site before this one: `/en/events?id=549`. Which page each means is edited as redirects.

The list of seminars stands at the same path, so it is asked before it shows itself.
"""

from wagtail.models import Page

from home import old_addresses
from portal.languages import PREFIX_OF

LONGEST_ID = 9


def target_of(index: Page, number: str, request) -> old_addresses.Target | None:
    """Where the old address of this number leads in the index's language; None for an unknown number."""
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
        return None
    prefix = PREFIX_OF[index.locale.language_code]
    return old_addresses.find(f"/{prefix}/{index.slug}?id={number}", request)

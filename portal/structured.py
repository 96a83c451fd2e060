"""Facts for search engines as a block of data in a page: browsers run none of it, so the policy allows it."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(data: dict) -> SafeString:
    """`data` is a schema.org object without its context."""
    text = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False)
    # `<` and `&` would end the block or hide in it, whatever somebody typed.
    escaped = mark_safe(text.translate(UNSAFE_IN_SCRIPT))  # noqa: S308 - escaped here
    return format_html('<script type="application/ld+json">{}</script>', escaped)

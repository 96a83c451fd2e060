"""What is done to many pages at once in Wagtail's admin."""

from wagtail.models import Page


def is_done_to_pages(what, request, action_type, action) -> bool:
    """Whether a `before_bulk_action` hook is asked about this act on pages, and now, not for its question."""
    return action_type == what and action.models == [Page] and request.method == "POST"

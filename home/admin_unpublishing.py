"""In Wagtail's admin: no language loses its front page, and who takes a page down hears who links to it."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from home import deleting
from home.admin_bulk import is_done_to_pages


def front_page_stays(page) -> str:
    """Why the page cannot be taken down; empty where it can be."""
    if not page.is_site_root():
        return ""
    return _(
        "This is the front page in %(language)s: without it, its address would show another language. "
        "Change the page instead."
    ) % {"language": page.locale}


def keep_front_page(request, page):
    if sentence := front_page_stays(page):
        messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def keep_front_pages(request, action_type, objects, action_class_instance):
    if not is_done_to_pages("unpublish", request, action_type, action_class_instance):
        return None
    refused = [sentence for page in objects if (sentence := front_page_stays(page))]
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("wagtailadmin_explore_root") if refused else None


def tell_of_links(request, page):
    links = deleting.links_to(page, request.user)
    if not links:
        return
    text = ngettext(
        "%(count)s other place links to this page. Readers see the words there, without a link.",
        "%(count)s other places link to this page. Readers see the words there, without a link.",
        len(links),
    )
    button = messages.button(reverse("home_dead_link_report"), _("Links that lead nowhere"))
    messages.warning(request, text % {"count": len(links)}, buttons=[button])

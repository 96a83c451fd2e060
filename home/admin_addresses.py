"""In Wagtail's admin: no page is made, copied or moved to where readers would not find it.

Neither to an address that the portal answers itself, nor into the tree of another language.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from home import own_addresses
from home.admin_bulk import is_done_to_pages
from home.admin_unpublishing import front_page_stays


class AddressedPageForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if self.parent_page and (
            sentence := own_addresses.refusal(self.parent_page, cleaned.get("slug", ""))
        ):
            self.add_error("slug", sentence)
        if cleaned.get("expire_at") and (sentence := front_page_stays(self.instance)):
            self.add_error("expire_at", sentence)
        return cleaned


class AddressedCopyForm(CopyForm):
    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if sentence := own_addresses.refusal(parent, cleaned.get("new_slug", "")):
            self.add_error("new_slug", sentence)
        if sentence := _other_language(self.page, parent):
            self.add_error("new_parent_page", sentence)
        return cleaned


def use_our_forms():
    """For all page types, also those of the apps above."""
    Page.base_form_class = AddressedPageForm
    Page.copy_form_class = AddressedCopyForm


def refuse_to_move(request, page, destination):
    if sentence := _why_not_there(page, destination):
        messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def refuse_to_move_many(request, action_type, objects, action_class_instance):
    if not is_done_to_pages("move", request, action_type, action_class_instance):
        return None
    destination = action_class_instance.cleaned_form.cleaned_data["chooser"]
    refused = [sentence for page in objects if (sentence := _why_not_there(page, destination))]
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("wagtailadmin_explore", destination.pk) if refused else None


def _why_not_there(page, destination):
    return _other_language(page, destination) or own_addresses.refusal(destination, page.slug)


def _other_language(page, parent):
    """The page would keep its language, and stand among pages and under an address of another."""
    if parent.is_root() or parent.locale_id == page.locale_id:
        return ""
    return _(
        "“%(title)s” is in %(language)s, and so must be the page above it. "
        "For a version in another language, use “Translate this page”."
    ) % {"title": page.get_admin_display_title(), "language": page.locale}

"""In Wagtail's admin: no page is made, copied or moved to an address that the portal answers itself."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from home import own_addresses


class AddressedPageForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if self.parent_page and (
            sentence := own_addresses.refusal(self.parent_page, cleaned.get("slug", ""))
        ):
            self.add_error("slug", sentence)
        return cleaned


class AddressedCopyForm(CopyForm):
    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if sentence := own_addresses.refusal(parent, cleaned.get("new_slug", "")):
            self.add_error("new_slug", sentence)
        return cleaned


def use_our_forms():
    """For all page types, also those of the apps above."""
    Page.base_form_class = AddressedPageForm
    Page.copy_form_class = AddressedCopyForm


def refuse_to_move(request, page, destination):
    if sentence := own_addresses.refusal(destination, page.slug):
        messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def refuse_to_move_many(request, action_type, objects, action_class_instance):
    if action_type != "move" or action_class_instance.models != [Page] or request.method != "POST":
        return None
    destination = action_class_instance.cleaned_form.cleaned_data["chooser"]
    refused = [sentence for page in objects if (sentence := own_addresses.refusal(destination, page.slug))]
    for sentence in refused:
        messages.error(request, sentence)
    return redirect("wagtailadmin_explore", destination.pk) if refused else None

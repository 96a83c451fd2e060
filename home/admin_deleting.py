"""Wagtail's confirmation before a page is deleted, with who links to it and where its address shall lead."""

from django import forms
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page, ReferenceIndex

from home import deleting
from home.admin_bulk import is_done_to_pages

NOWHERE, ABOVE, OTHER = "nowhere", "above", "other"
# As many pages at once that the name of the site is to be typed; Wagtail's own limit.
MANY = 10


class LeavingForm(forms.Form):
    lead_to = forms.ChoiceField(label=gettext_lazy("Where its address shall lead"), widget=forms.RadioSelect)
    target = forms.ModelChoiceField(
        label=gettext_lazy("Another page"), queryset=Page.objects.none(), required=False
    )

    def __init__(self, data=None, *, page):
        super().__init__(data, initial={"lead_to": ABOVE if page.first_published_at else NOWHERE})
        self.page, self.above = page, page.get_parent()
        self.fields["lead_to"].choices = [
            (ABOVE, _("To the page above: %(title)s") % {"title": self.above.title}),
            (OTHER, _("To another page, chosen below")),
            (NOWHERE, _("Nowhere: whoever comes with it reads that the page is not there")),
        ]
        self.fields["target"].queryset = Page.objects.filter(depth__gt=1)
        self.fields["target"].widget = AdminPageChooser()

    def clean(self):
        cleaned = super().clean()
        wanted = {ABOVE: self.above, OTHER: cleaned.get("target")}.get(cleaned.get("lead_to"))
        if cleaned.get("lead_to") == OTHER and not wanted and "target" not in self.errors:
            self.add_error("target", _("Choose the page, or one of the other answers."))
        elif wanted:
            cleaned["leads_to"] = self._readable(wanted)
        return cleaned

    def _readable(self, wanted):
        """The page in the language of the address, if readers can open it."""
        if wanted.locale_id != self.page.locale_id:
            wanted = wanted.get_translation_or_none(self.page.locale) or wanted
        field = "target" if self.cleaned_data["lead_to"] == OTHER else "lead_to"
        if wanted.path.startswith(self.page.path):
            self.add_error(field, _("This page goes too. Choose one that stays."))
        elif not wanted.live or wanted.locale_id != self.page.locale_id:
            self.add_error(
                field,
                _("“%(title)s” is not published in %(language)s. Choose another page.")
                % {"title": wanted.title, "language": self.page.locale},
            )
        else:
            return wanted
        return None


def confirm(request, page):
    """Before Wagtail deletes: ask; what was answered is done by `lead_on` when the page is gone."""
    form = LeavingForm(request.POST if request.method == "POST" else None, page=page)
    if request.method != "POST" or not form.is_valid() or not _is_meant(request, page):
        return TemplateResponse(request, "home/admin/confirm_delete.html", _context(request, page, form))
    target = form.cleaned_data.get("leads_to")
    request.leaving = deleting.leave(page, target) if target else None
    return None


def lead_on(request, page):
    leaving = getattr(request, "leaving", None)
    if leaving is None:
        return
    deleting.lead_on(leaving)
    count = len(leaving.addresses)
    text = ngettext(
        "Its address now leads to “%(title)s”.", "%(count)s addresses now lead to “%(title)s”.", count
    )
    messages.info(request, text % {"count": count, "title": leaving.target.title})


def refuse_many_with_links(request, action_type, objects, action_class_instance):
    """Many pages deleted at once are asked no question each: those that others link to are left out of it."""
    if not is_done_to_pages("delete", request, action_type, action_class_instance):
        return None
    linked = deleting.linked_among(objects, request.user)
    if not linked:
        return None
    titles = ", ".join(page.get_admin_display_title() for page in linked[:5])
    messages.error(
        request,
        _(
            "Nothing was deleted. Other pages link to: %(titles)s. "
            "Delete these one by one: you then see the links."
        )
        % {"titles": titles},
    )
    return action_class_instance.render_to_response(action_class_instance.get_context_data())


def _is_meant(request, page):
    return page.get_descendant_count() + 1 < MANY or type_to_delete_confirmation(request)


def _context(request, page, form):
    links = deleting.links_to(page, request.user)
    below = page.get_descendant_count()
    return {
        "page": page,
        "form": form,
        "links": links[: deleting.MOST_LISTED],
        "hidden_links": max(len(links) - deleting.MOST_LISTED, 0),
        "leads_here": deleting.leads_here(page),
        "is_in_navigation": deleting.is_in_navigation(page),
        "translations": page.get_translations().select_related("locale"),
        "descendant_count": below,
        "is_protected": ReferenceIndex.get_references_to(page).group_by_source_object().is_protected,
        "type_to_confirm_before_delete": below + 1 >= MANY,
        "next": get_valid_next_url_from_request(request),
        "cancel_url": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        "may_unpublish": page.permissions_for_user(request.user).can_unpublish(),
    }

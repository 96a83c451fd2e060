"""Machine drafts in Wagtail's admin: made by a button, shown as such, read and confirmed by a person."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.views.edit_translation import apply_machine_translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from home import admin_moderating, simplifying
from home.admin_bulk import is_done_to_pages
from portal.texts import gap


@require_POST
def make_drafts(request, translation_id):
    """In place of wagtail-localize's, which tells of success also where nothing could be drafted."""
    translation = get_object_or_404(Translation, pk=translation_id)
    before = StringTranslation.objects.filter(locale=translation.target_locale_id).count()
    apply_machine_translation(translation_id, request.user, get_machine_translator())
    made = StringTranslation.objects.filter(locale=translation.target_locale_id).count() - before
    if made:
        text = ngettext(
            "%(count)s sentence has a machine draft now. Read it before you publish.",
            "%(count)s sentences have a machine draft now. Read them before you publish.",
            made,
        )
        messages.success(request, text % {"count": made})
    else:
        messages.warning(
            request, _("There is nothing to draft: write the Traditional Chinese version of this page first.")
        )
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@require_http_methods(["GET", "HEAD", "POST"])
def read_drafts(request, page_id):
    """What the drafts were made from beside each of them, and one press that takes them over."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        read = [int(pk) for pk in request.POST.getlist("draft") if pk.isdecimal()]
        count = simplifying.confirm(page, read, by=request.user)
        text = ngettext("%(count)s draft is confirmed.", "%(count)s drafts are confirmed.", count)
        messages.success(request, text % {"count": count})
        return redirect("wagtailadmin_pages:edit", page.pk)
    drafts = simplifying.unconfirmed(page).select_related("translation_of")
    if not drafts:
        raise Http404
    words = simplifying.traditional_of(drafts)
    rows = [(draft, words[draft.pk]) for draft in drafts]
    return render(request, "home/admin/read_drafts.html", {"page": page, "rows": rows})


def hold_back_drafts(request, page):
    """Before the editor opens or publishes: the screen of wagtail-localize asks no other hook."""
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    waits = simplifying.unconfirmed(page).count()
    if waits and (publishes or request.method == "GET"):
        _tell(request, page, waits, refused=publishes)
    if publishes and waits:
        return redirect("wagtailadmin_pages:edit", page.pk)
    return admin_moderating.leave_it_to_the_second_person(request, page) if publishes else None


def hold_back(request, page) -> bool:
    """Whether machine drafts in the page wait for a person; says so, and that it is not published."""
    if waits := simplifying.unconfirmed(page).count():
        _tell(request, page, waits, refused=True)
    return bool(waits)


def hold_back_many(request, action_type, objects, action_class_instance):
    if not is_done_to_pages("publish", request, action_type, action_class_instance):
        return None
    held = {page: count for page in objects if (count := simplifying.unconfirmed(page).count())}
    for page, count in held.items():
        _tell(request, page, count, refused=True)
    return redirect("wagtailadmin_explore", objects[0].get_parent().pk) if held else None


class UpdateForm(UpdateTranslationsForm):
    """Drafts are made page by page, where somebody reads them; none is published with others unread."""

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields.pop("use_machine_translation", None)
        self.fields["publish_translations"].help_text = _(
            "What is not translated yet stands there in English until it is."
        )

    def clean_publish_translations(self):
        wanted = self.cleaned_data["publish_translations"]
        pages = Page.objects.filter(translation_key=self.source.object_id)
        if wanted and any(simplifying.unconfirmed(page).exists() for page in pages):
            self.add_error(
                "publish_translations",
                _("A translation has machine drafts that nobody has confirmed. Update without publishing."),
            )
        return wanted


class UpdateView(UpdateTranslationsView):
    def get_form(self):
        return UpdateForm(self.request.POST if self.request.method == "POST" else None, source=self.object)

    def post(self, request, **kwargs):
        # The screen of wagtail-localize has no place for errors.
        for errors in self.get_form().errors.values():
            messages.error(request, gap().join(errors))
        return super().post(request, **kwargs)


def _tell(request, page, count, *, refused):
    if refused:
        text = ngettext(
            "“%(title)s” is not published: %(count)s sentence is a machine draft that nobody has confirmed.",
            "“%(title)s” is not published: %(count)s sentences are machine drafts that nobody has confirmed.",
            count,
        )
    else:
        text = ngettext(
            "Machine draft: %(count)s sentence of “%(title)s” waits for a person to read it.",
            "Machine draft: %(count)s sentences of “%(title)s” wait for a person to read them.",
            count,
        )
    button = messages.button(reverse("home_read_drafts", args=[page.pk]), _("Read and confirm"))
    messages.warning(
        request, text % {"count": count, "title": page.get_admin_display_title()}, buttons=[button]
    )

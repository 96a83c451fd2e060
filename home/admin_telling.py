"""What Wagtail's editor tells besides: drafts in other languages, and a version that was saved over."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name

from home import translations
from portal import dates


def tell_of_drafts_beside(request, page):
    """After a publication: readers of another language still see the words of before, or none."""
    drafts = list(translations.open_drafts_beside(page))
    if not drafts:
        return
    text = ngettext(
        "Readers of %(languages)s do not see this yet: "
        "the version in that language has a draft that is not published.",
        "Readers of %(languages)s do not see this yet: "
        "the versions in these languages have drafts that are not published.",
        len(drafts),
    )
    messages.warning(
        request,
        text % {"languages": pgettext("between names", ", ").join(str(draft.locale) for draft in drafts)},
        buttons=[
            messages.button(
                reverse("wagtailadmin_pages:edit", args=[draft.pk]),
                _("Edit %(title)s") % {"title": draft.get_admin_display_title()},
            )
            for draft in drafts
        ],
    )


def note_what_is_saved_over(request, page):
    """Before a save: Wagtail warns in the browser, as long as its own asking in between gets through."""
    latest = page.get_latest_revision()
    if request.method != "POST" or latest is None or latest.user_id == request.user.pk:
        # What the editor saved by itself a moment ago is one's own, and the form does not say so.
        return
    if _is_out_of_date(request.POST, latest):
        request.saved_over = latest


def tell_what_was_saved_over(request, page):
    other = getattr(request, "saved_over", None)
    if other is None or page.latest_revision_id == other.pk:
        return
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, page.latest_revision_id]
    )
    messages.warning(
        request,
        _(
            "%(name)s saved this page at %(time)s, after you had opened it. Your version is now the newest; "
            "the other one is kept: compare the two, and take over what is missing."
        )
        % {"name": get_user_display_name(other.user), "time": dates.clock_time(other.created_at)},
        buttons=[messages.button(address, _("Compare"))],
    )


def _is_out_of_date(sent, latest):
    """As Wagtail asks it of what it saves by itself: the same revision may have been written over since."""
    if own := sent.get("overwrite_revision_id"):
        return own != str(latest.pk)
    loaded = sent.get("loaded_revision_id")
    is_other = loaded != str(latest.pk)
    return bool(loaded) and (
        is_other or sent.get("loaded_revision_created_at") != latest.created_at.isoformat()
    )

"""In Wagtail's admin: how a form that makes pages in all languages ends: its buttons, and what they tell."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from home import releasing, simplified_boxes
from home.releasing import Ending

LABELS = {
    Ending.PUBLISH: gettext_lazy("Publish in all languages"),
    Ending.SUBMIT: gettext_lazy("Submit all to second editor"),
    Ending.KEEP: gettext_lazy("Save as drafts"),
}


def buttons_for(endings) -> list[tuple]:
    return [(ending, LABELS[ending]) for ending in endings]


def chosen(sent, endings) -> Ending:
    """Which button was pressed; one that was not offered only keeps the drafts."""
    return next((each for each in endings if f"action-{each}" in sent), Ending.KEEP)


def waits_for_a_reader_only(form) -> bool:
    """Whether nothing is wrong but that nobody has read the drafts yet."""
    parts = getattr(form, "formsets", {}).values()
    return set(form.errors) == {simplified_boxes.READ} and all(part.is_valid() for part in parts)


def tell_what_is_missing(request, form) -> None:
    if waits_for_a_reader_only(form):
        messages.warning(request, form.errors[simplified_boxes.READ][0])
        return
    messages.error(
        request, _("Nothing is saved yet: see what is marked below. What you wrote is still here.")
    )


def tell(request, pages, ending, *, again="") -> None:
    """What became of the pages, with the way to each of them, and `again` to the screen with all."""
    pages = releasing.in_order(pages)
    words = {
        Ending.PUBLISH: _("“%(title)s” is published in all languages. See it:"),
        Ending.SUBMIT: _(
            "“%(title)s” is submitted in all languages: every other editor gets a mail and can publish it."
        ),
        Ending.KEEP: _("“%(title)s” is saved, with a draft in each language. Readers do not see them yet:"),
    }[ending]
    links = [
        (page.url if ending == Ending.PUBLISH else reverse("wagtailadmin_pages:edit", args=[page.pk]), page)
        for page in pages
    ]
    buttons = [messages.button(link, page.locale.get_display_name()) for link, page in links]
    if again:
        buttons.insert(0, messages.button(again, _("All languages on one screen")))
    messages.success(request, words % {"title": pages[0].title}, buttons=buttons)

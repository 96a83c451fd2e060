"""A new seminar in one sitting: its facts, and what its three pages say. What recurs is filled in already."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.models import ContactSettings
from home.simplified_boxes import INTO, ReadingForm
from portal.database_clock import database_now
from portal.texts import SUFFIX_OF
from seminars.admin_forms import SeminarForm
from seminars.models import AttendanceOption, Seminar, SeminarPage

NAMES = dict(settings.LANGUAGES)
WRITTEN = ("lead", "introduction")
# What is the same from one seminar to the next.
RECURRING = (
    *("enquiry_name_en", "enquiry_name_zh_hant", "enquiry_name_zh_hans"),
    *("enquiry_telephone", "enquiry_email", "languages_of_delivery", "company_cap"),
)


def begin() -> Seminar:
    """Not saved: with what the newest seminar says, else with whom the site names."""
    newest = Seminar.objects.order_by("-created_at", "-pk").first()
    if newest:
        return Seminar(**{name: getattr(newest, name) for name in RECURRING})
    site = ContactSettings.load()
    return Seminar(enquiry_telephone=site.telephone, enquiry_email=site.email)


def fill_in(sent):
    """A copy of what the form sent, with the words that follow from how people attend."""
    filled = sent.copy()
    total = sent.get("options-TOTAL_FORMS", "0")
    numbers = range(min(int(total), 1000)) if total.isdecimal() else ()
    kept = [number for number in numbers if not sent.get(f"options-{number}-DELETE")]
    modes = [sent.get(f"options-{number}-mode") for number in kept]
    for number, mode in zip(kept, modes, strict=True):
        if mode in AttendanceOption.Mode:
            _fill(filled, f"options-{number}-label", lambda mode=mode: str(AttendanceOption.Mode(mode).label))
    if modes and set(modes) == {AttendanceOption.Mode.ONLINE}:
        _fill(filled, "venue", lambda: gettext("Online. Whoever has a place gets the link by email."))
    return filled


def _fill(filled, name, words):
    """In all languages, where nothing is written in any."""
    boxes = {f"{name}_{suffix}": language for language, suffix in SUFFIX_OF.items()}
    if any(filled.get(box, "").strip() for box in boxes):
        return
    for box, language in boxes.items():
        with override(language):
            filled[box] = words()


def _page_fields():
    for name in WRITTEN:
        for language, suffix in SUFFIX_OF.items():
            field = SeminarPage._meta.get_field(name).formfield()
            field.widget.attrs["rows"] = 3
            field.label = format_lazy("{} · {}", field.label, NAMES[language])
            yield f"{name}_{suffix}", field


class NewSeminarForm(ReadingForm, SeminarForm):
    """Besides the facts, the words of the pages: `lead_en` and so on."""

    locals().update(dict(_page_fields()))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        within = [form for formset in self.formsets.values() for form in formset.forms]
        for form in (self, *within):
            for name, field in form.fields.items():
                # Never empty where the Traditional is not: drafted by then.
                field.required &= not name.endswith(INTO)
        for name in ("sign_up_opens_at", "sign_up_closes_at"):
            self.fields[name].required = False
        self.mark_drafts(*within)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("sign_up_opens_at") and "sign_up_opens_at" not in self.errors:
            cleaned["sign_up_opens_at"] = database_now().replace(second=0, microsecond=0)
        if not cleaned.get("sign_up_closes_at") and "sign_up_closes_at" not in self.errors:
            cleaned["sign_up_closes_at"] = cleaned.get("starts_at")
        return cleaned

    def page_words(self) -> dict[str, dict[str, str]]:
        """Language -> columns of its page."""
        return {
            language: {name: self.cleaned_data[f"{name}_{suffix}"] for name in WRITTEN}
            for language, suffix in SUFFIX_OF.items()
        }


class KeptSeminarForm(NewSeminarForm):
    """The same for a seminar whose pages are drafts still. `kept` are its pages."""

    def __init__(self, *args, kept, **kwargs):
        self.kept = kept
        super().__init__(*args, initial=_written_in(kept), **kwargs)


def _written_in(kept):
    shown = {"seen": kept.seen}
    for page in kept.pages:
        suffix = SUFFIX_OF[page.locale.language_code]
        shown |= {f"{name}_{suffix}": getattr(page, name) for name in WRITTEN}
    return shown


PAGE_WORDS = MultiFieldPanel(
    [FieldRowPanel([FieldPanel(f"{name}_{suffix}") for suffix in SUFFIX_OF.values()]) for name in WRITTEN],
    heading=_("What the pages say"),
)
READ = FieldPanel("simplified_read")

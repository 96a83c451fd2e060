"""Drafts in Simplified Chinese, made from the Traditional words of a person, for an editor to correct.

The conversion knows characters, not the wording of the Mainland. A draft is marked, is seen by editors only,
and keeps its page from being published until a person has read it.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from opencc import OpenCC
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

TRADITIONAL, SIMPLIFIED = "zh-hant", "zh-hans"
QUOTATION_MARKS = str.maketrans("「」『』", "“”‘’")
_to_simplified = OpenCC("hk2s")


class SimplifiedDraft(BaseMachineTranslator):
    """Behind the button of wagtail-localize; what nobody has written in Traditional gets no draft."""

    # Stands beside each sentence, after "Translated with".
    display_name = _("OpenCC (machine draft)")

    def can_translate(self, source_locale, target_locale):
        return target_locale.language_code == SIMPLIFIED

    def translate(self, source_locale, target_locale, strings):
        if source_locale.language_code == TRADITIONAL:
            words = {string.data: string.data for string in strings}
        else:
            words = _written_in_traditional(source_locale, [string.data for string in strings])
        return {
            string: StringValue(simplified(words[string.data])) for string in strings if string.data in words
        }


def simplified(text: str) -> str:
    return _to_simplified.convert(text).translate(QUOTATION_MARKS)


def unconfirmed(page) -> QuerySet[StringTranslation]:
    """Machine drafts among the words of this page, in the order of the page."""
    if not Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).exists():
        return StringTranslation.objects.none()
    used = StringSegment.objects.filter(source__object_id=page.translation_key)
    return StringTranslation.objects.filter(
        locale=page.locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        context__object_id=page.translation_key,
        translation_of__in=used.values("string"),
    ).order_by("pk")


def confirm(page, drafts: list[int], *, by) -> int:
    """A person has read these; from now on they are that person's words."""
    read = unconfirmed(page).filter(pk__in=drafts)
    return read.update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL, tool_name="", last_translated_by=by
    )


def traditional_of(drafts) -> dict[int, str]:
    """What the drafts were made from, by the drafts' ids, for the person who reads them."""
    drafts = list(drafts)
    rows = StringTranslation.objects.filter(
        locale__language_code=TRADITIONAL, translation_of__in=[draft.translation_of_id for draft in drafts]
    )
    words = dict(rows.values_list("translation_of", "data"))
    return {draft.pk: words.get(draft.translation_of_id, draft.translation_of.data) for draft in drafts}


def _written_in_traditional(source_locale, sentences):
    """Sentence -> its words in Traditional; one that was translated in two ways is left to the person."""
    rows = StringTranslation.objects.filter(
        locale__language_code=TRADITIONAL,
        translation_of__locale=source_locale,
        translation_of__data__in=sentences,
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        has_error=False,
    )
    found = {}
    for sentence, words in rows.values_list("translation_of__data", "data"):
        found.setdefault(sentence, set()).add(words)
    return {sentence: words.pop() for sentence, words in found.items() if len(words) == 1}

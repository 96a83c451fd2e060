"""Forms in three languages: what is left empty in Simplified is drafted from the Traditional words beside it.

A form that gets a draft is never saved by the same press: it comes back, and somebody reads the draft first.
"""

import json

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from home import simplifying

FROM, INTO = "_zh_hant", "_zh_hans"
DRAFTED, READ = "simplified_drafted", "simplified_read"
# What the editor of rich text sends while nothing is written in it.
NOTHING = {"", "null"}


def fill_in(sent):
    """A copy of what a form sent, with every empty box in Simplified filled whose Traditional one is not."""
    filled = sent.copy()
    drafted = {name for name in sent.get(DRAFTED, "").split() if name in sent}
    made = [name for name in map(_target_of, sent) if name and _is_to_be_filled(sent, name)]
    for name in made:
        filled[name] = _drafted_from(sent[_source_of(name)].strip())
    if made:
        # Whatever was read before: this is new.
        filled.pop(READ, None)
    filled[DRAFTED] = " ".join(sorted(drafted | set(made)))
    return filled


class ReadingForm(forms.Form):
    """Refuses drafts that nobody has read. Give it as `data` what `fill_in` returns.

    `kept` are the drafts that it was opened on, if any; `kept.seen` names their versions.
    """

    kept = None
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    simplified_drafted = forms.CharField(required=False, widget=forms.HiddenInput)
    simplified_read = forms.BooleanField(
        required=False, label=_("I have read the Simplified Chinese and take it over")
    )

    def mark_drafts(self, *others):
        """Say beside each box that a machine filled it. `others` are the forms within this one."""
        names = self.drafted
        for form in (self, *others):
            for name, field in form.fields.items():
                if form.add_prefix(name) in names:
                    field.help_text = _("Machine draft: read it, correct it.")
        if not names:
            del self.fields[READ]

    @property
    def drafted(self) -> set[str]:
        return set(self.data.get(DRAFTED, "").split()) if self.is_bound else set()

    def clean(self):
        cleaned = super().clean()
        self._look_for_others()
        if self.drafted and not cleaned.get(READ):
            self.add_error(
                READ,
                _(
                    "Nothing is saved yet. The Simplified Chinese was drafted from the Traditional: read it, "
                    "put right what Mainland readers say otherwise, tick the box at the end and press again."
                ),
            )
        return cleaned

    def _look_for_others(self):
        """One's own words go over those of somebody else only when one has been told."""
        if self.kept and self.data.get("seen", "") != self.kept.seen:
            self.data["seen"] = self.kept.seen
            self.add_error(
                None,
                _(
                    "Somebody has saved one of these drafts since you opened them. Nothing of yours is saved "
                    "yet. Press again to save yours as the newest version; theirs is kept under History of "
                    "each page."
                ),
            )


def _target_of(name):
    return name.removesuffix(FROM) + INTO if name.endswith(FROM) else ""


def _source_of(name):
    return name.removesuffix(INTO) + FROM


def _is_to_be_filled(sent, name):
    return name in sent and sent[name].strip() in NOTHING and sent[_source_of(name)].strip() not in NOTHING


def _drafted_from(words):
    if not words.startswith("{"):
        return simplifying.simplified(words)
    try:
        content = json.loads(words)
        for block in content["blocks"]:
            block["text"] = simplifying.simplified(block["text"])
        for entity in content["entityMap"].values():
            _lead_to_simplified(entity["data"])
    except (ValueError, KeyError, TypeError, AttributeError):
        # Not from the editor of rich text after all.
        return simplifying.simplified(words)
    return json.dumps(content, ensure_ascii=False)


def _lead_to_simplified(link):
    """A link to a page leads to that page in Simplified, where there is one."""
    if "parentId" not in link or not str(link.get("id")).isdecimal():
        return
    page = Page.objects.filter(pk=link["id"]).first()
    locale = Locale.objects.filter(language_code=simplifying.SIMPLIFIED).first()
    other = page and locale and page.get_translation_or_none(locale)
    if other:
        link |= {"id": other.pk, "url": other.url, "parentId": other.get_parent().pk}

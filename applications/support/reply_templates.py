"""Texts that officers use again: the only writer of ReplyTemplate."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import rounds
from applications.errors import StaleVersion
from applications.models import ReplyTemplate
from portal.texts import Text, localized

TEXTS = ("name", "text_en", "text_zh_hant", "text_zh_hans", "is_retired")


def add(values: dict, *, officer) -> ReplyTemplate:
    return ReplyTemplate.objects.create(
        **{name: values[name] for name in TEXTS}, changed_by=officer, changed_at=rounds.database_now()
    )


@transaction.atomic
def change(template: ReplyTemplate, values: dict, *, base_version: int, officer) -> None:
    """Raises StaleVersion if somebody changed it after the page was shown."""
    current = ReplyTemplate.objects.select_for_update(of=("self",), no_key=True).get(pk=template.pk)
    if current.version != base_version:
        raise StaleVersion(_("Somebody changed this template after you opened it."), current=current)
    for name in TEXTS:
        setattr(current, name, values[name])
    current.version += 1
    current.changed_by, current.changed_at = officer, rounds.database_now()
    current.save()


def filled(template: ReplyTemplate, language: str, typed: str) -> Text:
    """What the answer box holds after a template was chosen: nothing typed is lost."""
    text = localized(template, "text", language)
    before = f"{typed.rstrip()}\n\n" if typed.strip() else ""
    return Text(before + text.text, text.language, text.is_fallback)

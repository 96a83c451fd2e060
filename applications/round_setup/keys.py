"""Keys of questions: unique in a round, and no clash with the names that a form's other controls have."""

import re

from django.utils.text import slugify

from applications.models import Question, Round

KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")
# Names that the page of a section uses itself, and those of the fixed sections.
RESERVED = {
    "version",
    "is_completed",
    "leave",
    "csrfmiddlewaretoken",
    "contact_name",
    "contact_post",
    "contact_telephone",
    "contact_email",
    "deputy_name",
    "deputy_telephone",
    "deputy_email",
    "signatory_name",
    "signatory_post",
}
PARTS = {"date": ("day", "month", "year"), "money": ("amount", "currency")}


def names_of(key: str, kind: str) -> set[str]:
    """Every name that the controls of a question have in the form."""
    return {key} | {f"{key}_{part}" for part in PARTS.get(kind, ())}


def in_round(round: Round, *, other_than=None) -> dict[str, str]:
    """Key -> kind of every question of the round, retired ones too: their answers still bear the key.

    `other_than` leaves out the questions of one section, which are being edited.
    """
    rows = Question.objects.filter(section__round=round)
    if other_than and other_than.pk:
        rows = rows.exclude(section=other_than)
    return dict(rows.values_list("key", "kind"))


def taken(key: str, kind: str, others: dict[str, str]) -> bool:
    names = names_of(key, kind)
    if names & RESERVED or key in others:
        return True
    return any(names & names_of(other, other_kind) for other, other_kind in others.items())


def suggest(label: str, others: dict[str, str], kind: str) -> str:
    """A free key made from the English label."""
    base = re.sub(r"[^a-z0-9]+", "_", slugify(label)).strip("_")[:40] or "question"
    base = base if base[0].isalpha() else f"q_{base}"
    number, key = 2, base
    while taken(key, kind, others):
        key, number = f"{base}_{number}", number + 1
    return key

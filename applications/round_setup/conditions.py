"""When a question is asked: which conditions make sense, and which questions nobody can reach.

A condition names the key of an earlier choice question and one of its codes. Questions come in the order in
which they are asked; retired ones are left out by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from applications.questions.answers import YES_NO
from applications.round_setup.lines import BadLine, parse_lines

CHOICE_KINDS = {"yes_no", "one_of", "several_of"}


@dataclass(frozen=True)
class Asked:
    """What a condition is about, of a saved question or of one still being typed."""

    key: str
    kind: str
    choices: str = ""
    only_if_key: str = ""
    only_if_value: str = ""
    label: str = ""


def asked(row) -> Asked:
    return Asked(row.key, row.kind, row.choices, row.only_if_key, row.only_if_value, row.label_en)


def codes_of(question: Asked) -> list[str]:
    """The answers a condition may name; none where the choices cannot be read, which is told elsewhere."""
    if question.kind == "yes_no":
        return list(YES_NO)
    if question.kind not in CHOICE_KINDS:
        return []
    try:
        return [each["code"] for each in parse_lines(question.choices)]
    except BadLine:
        return []


def problem(question: Asked, questions: Sequence[Asked]) -> str | None:
    """Why the condition of one question cannot hold, as a sentence; None where all is well."""
    if not question.only_if_key:
        return _("Name the question that this answer belongs to.") if question.only_if_value else None
    if question.only_if_key == question.key:
        return _("A question cannot depend on itself: name an earlier one.")
    keys = [each.key for each in questions]
    if question.only_if_key not in keys:
        return _("There is no question with the key “%(key)s” in this round, or it was retired.") % {
            "key": question.only_if_key
        }
    parent = questions[keys.index(question.only_if_key)]
    if question.key in keys and keys.index(question.only_if_key) > keys.index(question.key):
        return _("“%(key)s” is asked later: name a question that comes before this one.") % {
            "key": parent.key
        }
    return _value_problem(question, parent)


def _value_problem(question, parent):
    if parent.kind not in CHOICE_KINDS:
        return _("“%(key)s” has no answers to choose from: name a choice question.") % {"key": parent.key}
    codes = codes_of(parent)
    if question.only_if_value in codes or not codes:
        return None
    return _("“%(value)s” is no answer of “%(key)s”. Its answers are: %(codes)s.") % {
        "value": question.only_if_value,
        "key": parent.key,
        "codes": ", ".join(codes),
    }


def wrong_field(question: Asked, questions: Sequence[Asked]) -> str:
    """Where the problem is told: at the answer, where another answer would do, else at the key."""
    parents = [each for each in questions if each.key == question.only_if_key]
    others = [replace(question, only_if_value=code) for parent in parents for code in codes_of(parent)]
    fits = any(problem(each, questions) is None for each in others)
    return "only_if_value" if fits else "only_if_key"


def unreachable(questions: Sequence[Asked]) -> list[Asked]:
    """Questions whose own condition is in order but that hang on one that nobody is ever asked."""
    dead = {each.key for each in questions if problem(each, questions)}
    found = []
    for each in questions:
        if each.key not in dead and each.only_if_key in dead:
            dead.add(each.key)
            found.append(each)
    return found

"""What keeps a round from opening: each finding is a sentence and the screen where it is put right."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from applications import rounds
from applications.models import Round
from applications.round_setup import conditions, keys
from applications.round_setup.lines import BadLine, parse_lines
from portal.files.policy import TYPES
from portal.texts import SUFFIX_OF, colon, localized

LANGUAGES = {
    "en": pgettext_lazy("language missing", "English"),
    "zh_hant": pgettext_lazy("language missing", "Traditional Chinese"),
    "zh_hans": pgettext_lazy("language missing", "Simplified Chinese"),
}
MOST_CHARACTERS, MOST_ROWS = 20_000, 200


class Screen(StrEnum):
    """The tabs of the round's screen; a section has a screen of its own."""

    FACTS = "facts"
    TEXTS = "texts"
    SECTIONS = "sections"
    DOCUMENTS = "documents"
    ELIGIBILITY = "eligibility"
    CRITERIA = "criteria"


@dataclass(frozen=True)
class Finding:
    sentence: str
    screen: Screen
    # Of a section's screen, and the place of the row on its screen, counted from 0.
    section: int | None = None
    row: int | None = None


def findings(round: Round) -> list[Finding]:
    """All of them, in the order of the screens; opening and corrections refuse while there is one."""
    return [
        *_dates(round),
        *_texts_of_round(round),
        *_sections(round),
        *_documents(round),
        *_eligibility(round),
        *_criteria(round),
    ]


def _dates(round):
    if not round.is_released and round.closes_at <= rounds.database_now():
        yield Finding(_("The closing time has passed: move it."), Screen.FACTS)
    if round.closes_at <= round.opens_at:
        yield Finding(_("The round closes before it opens: move one of the two."), Screen.FACTS)
    if round.assessment_closes_at and round.assessment_closes_at <= round.closes_at:
        yield Finding(_("The assessment ends before the round closes: move its end."), Screen.FACTS)
    for first, last, sentence in (
        ("label_valid_from", "label_valid_until", _("The label ends before it begins: put its dates right.")),
        ("notice_from", "notice_until", _("The public notice ends before it begins: put its dates right.")),
    ):
        begins, ends = getattr(round, first), getattr(round, last)
        if begins and ends and ends < begins:
            yield Finding(sentence, Screen.FACTS)
    if round.notice_from and round.notice_from < round.closes_at.date():
        yield Finding(_("The public notice begins before the round closes: move it."), Screen.FACTS)


def _texts_of_round(round):
    yield from _missing(round, "name", _("The name of the round"), Screen.FACTS, required=True)
    yield from _missing(round, "introduction", _("The introduction"), Screen.TEXTS)
    if not any(getattr(round, f"declaration_{suffix}").strip() for suffix in LANGUAGES):
        yield Finding(_("The declaration is missing: write what applicants declare."), Screen.TEXTS)
    else:
        yield from _missing(round, "declaration", _("The declaration"), Screen.TEXTS)
    yield from _missing(round, "signing_bodies", _("The signing bodies"), Screen.TEXTS)


PARTS_OF_QUESTION = {
    "label": gettext_lazy("the question"),
    "hint": gettext_lazy("the hint"),
    "guidance": gettext_lazy("what is asked"),
    "why": gettext_lazy("why it is asked"),
    "good": gettext_lazy("what a good answer shows"),
    "example": gettext_lazy("the invented example"),
    "unit": gettext_lazy("the unit"),
}


def _sections(round):
    sections = list(round.sections.prefetch_related("questions").order_by("sort_order"))
    if not sections:
        yield Finding(_("The round has no section: add one and its questions."), Screen.SECTIONS)
    live = [[each for each in section.questions.all() if not each.retired_at] for section in sections]
    asked = [conditions.asked(each) for questions in live for each in questions]
    lost = {each.key for each in conditions.unreachable(asked)}
    kinds = {}
    for section, questions in zip(sections, live, strict=True):
        screen = {"screen": Screen.SECTIONS, "section": section.pk}
        name = _("Section “%(title)s”") % {"title": localized(section, "title")}
        if not questions and not section.questions.all():
            yield Finding(_("%(name)s has no questions: add some or remove it.") % {"name": name}, **screen)
        yield from _missing(section, "title", name, required=True, **screen)
        yield from _missing(section, "guidance", _("%(name)s, guidance") % {"name": name}, **screen)
        rows = {each.pk: place for place, each in enumerate(section.questions.all())}
        for question in questions:
            place = {**screen, "row": rows[question.pk]}
            yield from _question(question, asked, lost, kinds, place)
            kinds[question.key] = question.kind


def _question(question, asked, lost, kinds, place):
    name = _("Question “%(label)s”") % {"label": localized(question, "label").text or question.key}
    for part, words in PARTS_OF_QUESTION.items():
        text = _("%(question)s, %(part)s") % {"question": name, "part": words}
        yield from _missing(question, part, text, required=part == "label", **place)
    for sentence in _problems(question, asked, lost, kinds):
        yield Finding(f"{name}{colon()}{sentence}", **place)


def _problems(question, asked, lost, kinds):
    if keys.taken(question.key, question.kind, kinds):
        yield _("the key “%(key)s” is taken: choose another.") % {"key": question.key}
    if problem := conditions.problem(conditions.asked(question), asked):
        yield problem
    if question.key in lost:
        yield _("nobody can reach it, because the question it depends on is never asked.")
    if sentence := _lines_problem(question):
        yield sentence
    if sentence := limit_problem(question.kind, question.limit):
        yield sentence


def _lines_problem(question):
    needs = {"one_of": "choices", "several_of": "choices", "table": "columns"}.get(question.kind)
    if needs is None:
        return None
    try:
        lines = parse_lines(getattr(question, needs))
    except BadLine as bad:
        return str(bad)
    if needs == "columns":
        return None if lines else _("a table needs at least one column.")
    return None if len(lines) > 1 else _("give at least two choices.")


def limit_problem(kind: str, limit: int | None) -> str | None:
    most = MOST_ROWS if kind == "table" else MOST_CHARACTERS
    if limit is None or 1 <= limit <= most:
        return None
    return _("the limit must lie between 1 and %(most)d.") % {"most": most}


def _documents(round):
    for place, row in enumerate(round.document_requirements.order_by("sort_order")):
        if row.retired_at:
            continue
        name = _("Document “%(name)s”") % {"name": localized(row, "name")}
        where = {"screen": Screen.DOCUMENTS, "row": place}
        yield from _missing(row, "name", name, required=True, **where)
        yield from _missing(row, "help", _("%(name)s, help") % {"name": name}, **where)
        if sentence := types_problem(row.types):
            yield Finding(f"{name}{colon()}{sentence}", **where)


def types_problem(text: str) -> str | None:
    """What is wrong with a list of types of file; the codes are those of portal.files.policy."""
    codes = [code.strip() for code in text.split(",") if code.strip()]
    unknown = [code for code in codes if code not in TYPES]
    known = ", ".join(TYPES)
    if unknown:
        return _("“%(code)s” is no type that can be taken. Known are: %(known)s.") % {
            "code": unknown[0][:20],
            "known": known,
        }
    return None if codes else _("name at least one type of file. Known are: %(known)s.") % {"known": known}


def _eligibility(round):
    for place, row in enumerate(round.eligibility_items.order_by("sort_order")):
        if row.retired_at:
            continue
        name = _("Eligibility item “%(text)s”") % {"text": localized(row, "text")}
        where = {"screen": Screen.ELIGIBILITY, "row": place}
        yield from _missing(row, "text", name, required=True, **where)
        yield from _missing(row, "help", _("%(name)s, help") % {"name": name}, **where)


def _criteria(round):
    criteria = list(round.criteria.order_by("sort_order"))
    if not criteria:
        yield Finding(_("There are no criteria: add what assessors score."), Screen.CRITERIA)
    for place, row in enumerate(criteria):
        name = _("Criterion “%(name)s”") % {"name": localized(row, "name")}
        where = {"screen": Screen.CRITERIA, "row": place}
        yield from _missing(row, "name", name, required=True, **where)
        yield from _missing(row, "guidance", _("%(name)s, guidance") % {"name": name}, **where)


def _missing(holder, column, name, screen, *, required=False, **where):
    """A text that stands in one language and not in the others."""
    filled = {suffix: getattr(holder, f"{column}_{suffix}").strip() for suffix in SUFFIX_OF.values()}
    if not required and not any(filled.values()):
        return
    for suffix, language in LANGUAGES.items():
        if not filled[suffix]:
            sentence = _("%(name)s is missing in %(language)s.") % {"name": name, "language": language}
            yield Finding(sentence, screen, **where)

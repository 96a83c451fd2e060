"""Proposing an entry for the questions page: unpublished drafts in every language, for an editor."""

from django.db import transaction
from django.utils.html import escape, linebreaks
from django.utils.text import slugify

from home.models import FAQPage

LONGEST_QUESTION = 200
SOURCE = "en"
# Stands before a text that was copied from another language.
TO_TRANSLATE = {"en": "[To be translated]", "zh-hant": "[待翻譯]", "zh-hans": "[待翻译]"}


def categories(language: str) -> list[tuple[str, str]]:
    """(short name, title) of the categories of the English page; empty where there is no such page.

    Titles are those of the page in `language`, where it has the category.
    """
    known = _titles(SOURCE)
    return list((known | {name: title for name, title in _titles(language).items() if name in known}).items())


def _titles(language):
    page = _pages().filter(locale__language_code=language).first()
    newest = page.get_latest_revision_as_object() if page else None
    return {each.value["anchor"]: each.value["title"] for each in newest.categories} if newest else {}


@transaction.atomic
def propose(*, category: str, texts: dict[str, tuple[str, str]], user) -> list[FAQPage]:
    """Add an entry to the newest draft of the page in each language; nothing is published.

    `texts`: language -> (question, answer) as typed; languages that are missing get the first of them, marked
    to be translated. Returns the pages; those in a language without a page of its own are left out.
    """
    pages = [page for page in _pages().select_related("locale") if not page.alias_of_id]
    drafts = [page.get_latest_revision_as_object() for page in pages]
    anchor = _free_anchor(texts, drafts)
    for draft, page in zip(drafts, pages, strict=True):
        question, answer = _in(page.locale.language_code, texts)
        _append(draft, category, anchor, question, answer)
        draft.save_revision(user=user, log_action=True)
    return pages


def _pages():
    return FAQPage.objects.order_by("locale_id", "pk")


def _in(language, texts):
    if language in texts:
        return texts[language]
    question, answer = next(iter(texts.values()))
    mark = TO_TRANSLATE.get(language, TO_TRANSLATE[SOURCE])
    return f"{mark} {question}"[:LONGEST_QUESTION], f"{mark} {answer}"


def _append(page, category, anchor, question, answer):
    holder = next((each for each in page.categories if each.value["anchor"] == category), page.categories[-1])
    questions = holder.value["questions"]
    entry = {"question": question, "anchor": anchor, "answer": linebreaks(escape(answer))}
    questions.append(questions.list_block.child_block.to_python(entry))


def _free_anchor(texts, drafts):
    """A short name for all languages, from the English question where there is one."""
    base = slugify(texts.get(SOURCE, ("", ""))[0])[:50].strip("-") or "question"
    base = base if base[0].isalpha() else f"question-{base}"[:50]
    taken = {
        question["anchor"]
        for draft in drafts
        for each in draft.categories
        for question in each.value["questions"]
    }
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name

"""Entries for the questions page that the office proposes."""

from uuid import uuid4

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from applications.support import threads
from home import faq
from home.models import FAQPage, HomePage

pytestmark = pytest.mark.django_db
SECRET = "Demo Provider A asks about 12 million"


@pytest.fixture
def pages(db):
    """The questions page in three languages, published, with one category."""
    made, english = {}, None
    for language, title in (("en", "General"), ("zh-hant", "一般"), ("zh-hans", "一般")):
        locale = Locale.objects.get(language_code=language)
        home = HomePage.objects.get(locale=locale)
        questions = [{"question": "Old?", "anchor": "old", "answer": "<p>Yes</p>"}]
        category = {"title": title, "anchor": "general", "questions": questions}
        page = FAQPage(title="FAQ", slug="faq-test", locale=locale)
        if english:
            page.translation_key = english.translation_key
        page.categories = page.categories.stream_block.to_python([{"type": "category", "value": category}])
        home.add_child(instance=page)
        page.save_revision().publish()
        english = english or page
        made[language] = page
    return made


def newest(page):
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    return [
        (entry["question"], entry["anchor"], str(entry["answer"].source))
        for entry in draft.categories[0].value["questions"]
    ]


def test_drafts_are_made_in_three_languages_and_none_is_published(pages, officer):
    texts = {
        "en": ("May we <b>send</b> photos?", "Yes.\n\nOf all pages & corners."),
        "zh-hant": ("可否用照片？", "可以。"),
    }
    made = faq.propose(category="general", texts=texts, user=officer)
    assert len(made) == 3
    assert newest(pages["en"])[1] == (
        "May we <b>send</b> photos?",
        "may-we-bsendb-photos",
        "<p>Yes.</p>\n\n<p>Of all pages &amp; corners.</p>",
    )
    assert newest(pages["zh-hant"])[1][0] == "可否用照片？"
    assert newest(pages["zh-hans"])[1][0].startswith("[待翻译] May we")
    assert len({newest(page)[1][1] for page in pages.values()}) == 1
    for page in pages.values():
        live = FAQPage.objects.get(pk=page.pk)
        assert live.has_unpublished_changes
        assert len(live.categories[0].value["questions"]) == 1


def test_categories_are_named_in_the_language_of_the_office(pages):
    assert faq.categories("zh-hant") == [("general", "一般")]
    assert faq.categories("en") == [("general", "General")]


def test_an_editor_is_told_which_drafts_wait(pages, officer, editor, client_for):
    home = reverse("wagtailadmin_home")
    assert "Proposed questions" not in client_for(editor).get(home).content.decode()
    faq.propose(category="general", texts={"en": ("Same?", "Yes")}, user=officer)
    told = client_for(editor).get(home).content.decode()
    assert "Proposed questions" in told
    for page in pages.values():
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in told


def test_a_second_entry_joins_the_first_draft_under_its_own_name(pages, officer):
    for _ in range(2):
        faq.propose(category="general", texts={"en": ("Same?", "Yes")}, user=officer)
    assert [anchor for _question, anchor, _answer in newest(pages["en"])] == ["old", "same", "same-2"]


def test_the_office_types_it_anew_and_the_asker_is_not_in_it(pages, draft, owner, officer, client_for):
    thread = threads.ask(draft, member=owner, place="", text=SECRET, key=uuid4(), language="en")
    url = reverse("threads:faq", args=[thread.uuid])
    browser = client_for(officer)
    form = browser.get(url).context["form"]
    assert all(not form[name].value() for name in form.fields if name != "category")
    assert browser.post(url, {"category": "general", "question_en": "May we?"}).status_code == 422
    assert browser.post(url, {"category": "nowhere", "question_en": "a", "answer_en": "b"}).status_code == 422
    answer = browser.post(url, {"category": "general", "question_en": "May we?", "answer_en": "Yes."})
    assert answer.status_code == 302
    stored = str([newest(page) for page in pages.values()])
    assert "May we?" in stored
    assert SECRET not in stored
    assert "Mei" not in stored

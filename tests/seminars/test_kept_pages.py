# ruff: noqa: F401, F811 - fixtures of the form that the drafts come from
"""Pages of a seminar that were kept as drafts: found again, and published by one press on one screen."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from seminars.models import Seminar, SeminarPage
from tests.seminars.test_new_seminar import browser, pages, read_and_press, told
from tests.services.people import person

LIST = "seminar_facts:index"


@pytest.fixture
def kept(browser):
    read_and_press(browser, "keep")
    return Seminar.objects.get()


def address_of(seminar):
    return reverse("seminar_facts:edit", args=[seminar.pk])


def filled(response):
    """What the form that was opened holds, as a browser would send it."""
    page = BeautifulSoup(response.content, "html.parser")
    sent = {}
    for box in page.select("#w-editor-form [name]"):
        if box.name == "select":
            chosen = [option["value"] for option in box.select("option[selected]")]
            sent[box["name"]] = chosen if box.has_attr("multiple") else (chosen or [""])[0]
        elif box.name == "textarea":
            sent[box["name"]] = box.get_text().removeprefix("\n")
        elif box.get("type") in ("checkbox", "radio"):
            if box.has_attr("checked"):
                sent.setdefault(box["name"], []).append(box.get("value", "on"))
        elif box.name == "input":
            sent[box["name"]] = box.get("value", "")
    return sent


def test_kept_drafts_stand_in_the_list_and_one_press_publishes_all(
    browser, client, kept, django_capture_on_commit_callbacks
):
    row = BeautifulSoup(browser.get(reverse(LIST)).content, "html.parser").find("a", href=address_of(kept))
    assert "Drafts only" in row.find_parent("tr").get_text()
    opened = browser.get(address_of(kept))
    assert [action for action, _label in opened.context["buttons"]] == ["publish", "submit", "keep"]
    sent = filled(opened)
    assert (sent["lead_en"], sent["lead_zh_hans"]) == ("What three shops have saved.", "三间工场节省了甚么。")

    changed = {"title_zh_hant": "新題目", "title_zh_hans": "新题目", "lead_en": "What they saved."}
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(address_of(kept), {**sent, **changed, "action-publish": "1"}, follow=True)

    assert "“Demo new seminar” is published in all languages." in told(response)[0]
    found = pages()
    assert {code: (page.live, page.title, page.lead) for code, page in found.items()} == {
        "en": (True, "Demo new seminar", "What they saved."),
        "zh-hant": (True, "新題目", "三間工場節省了甚麼。"),
        "zh-hans": (True, "新题目", "三间工场节省了甚么。"),
    }
    assert {page.revisions.count() for page in found.values()} == {2}, "the version before is kept"
    assert "三间“工场”。" in client.get(found["zh-hans"].url).content.decode()
    assert "On the site" in browser.get(reverse(LIST)).content.decode()
    assert Seminar.objects.get().options.get().capacity == 60
    assert not browser.get(address_of(kept)).context["buttons"], "its facts alone, from now on"


def test_kept_once_more_they_lead_back_and_submitting_takes_one_press(browser, kept):
    sent = filled(browser.get(address_of(kept)))

    response = browser.post(address_of(kept), {**sent, "lead_en": "Later.", "action-keep": "1"}, follow=True)
    assert "is saved, with a draft in each language" in told(response)[0]
    assert f'href="{address_of(kept)}"' in response.content.decode()
    assert not any(page.live for page in pages().values())

    sent = filled(browser.get(address_of(kept)))
    assert sent["lead_en"] == "Later."
    browser.post(address_of(kept), {**sent, "action-submit": "1"})
    assert {page.workflow_in_progress for page in pages().values()} == {True}
    assert not browser.get(address_of(kept)).context["buttons"], "it waits for somebody else"


def test_what_is_emptied_in_simplified_is_drafted_anew_and_read_first(browser, kept):
    sent = filled(browser.get(address_of(kept))) | {"lead_zh_hant": "新軟件", "lead_zh_hans": ""}

    response = browser.post(address_of(kept), {**sent, "action-publish": "1"})

    assert response.context["form"].data["lead_zh_hans"] == "新软件"
    assert ["Nothing is saved yet. The Simplified" in words for words in told(response)] == [True]
    assert not any(page.live for page in pages().values())


def test_somebody_elses_draft_is_not_overwritten_unawares(browser, kept):
    sent = filled(browser.get(address_of(kept))) | {"lead_en": "Mine.", "action-publish": "1"}
    theirs = pages()["en"].get_latest_revision_as_object()
    theirs.lead = "Theirs."
    theirs.save_revision()

    response = browser.post(address_of(kept), sent)
    html = response.content.decode()
    assert "Somebody has saved one of these drafts since you opened them." in html and "Mine." in html
    assert not pages()["en"].live

    seen = response.context["form"].data["seen"]
    browser.post(address_of(kept), {**sent, "seen": seen})
    assert (pages()["en"].live, pages()["en"].lead) == (True, "Mine.")


@pytest.mark.parametrize("state", ["one is published", "one is locked", "one was taken down"])
def test_pages_that_are_more_than_kept_drafts_stay_with_their_own_screens(browser, editor, kept, state):
    page = pages()["zh-hant"]
    if state == "one is locked":
        SeminarPage.objects.filter(pk=page.pk).update(locked=True, locked_by=person("other", role="editor"))
    else:
        page.get_latest_revision().publish()
    if state == "one was taken down":
        page.refresh_from_db()
        page.unpublish()

    opened = browser.get(address_of(kept))
    assert opened.status_code == 200
    assert not opened.context["buttons"] and "lead_en" not in opened.context["form"].fields

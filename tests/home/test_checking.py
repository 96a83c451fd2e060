"""The checks that editors see beside their page: which are on, and that they have a preview to look at."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.users.models import UserProfile

from home.admin_checking import EditorChecks

RULES = {
    "image-alt",
    "alt-text-quality",
    "heading-order",
    "empty-heading",
    "link-name",
    "link-text",
    "p-as-heading",
}


@pytest.fixture
def at_desk(client_for, editor):
    return client_for(editor)


def preview(at_desk, page, mode):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    fields = {"title": "Seen", "slug": page.slug, "body": streamfield([]), "comments": inline_formset([])}
    at_desk.post(address, nested_form_data(fields))
    return at_desk.get(f"{address}?{mode}").content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "nothing by themselves"), ("zh-hant", "單看沒有意思")]
)
def test_panel_looks_for_pictures_headings_and_links_in_the_editors_language(
    at_desk, editor, page_of, language, words
):
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": language})

    page = at_desk.get(reverse("wagtailadmin_pages:edit", args=[page_of("programme").pk])).content
    found = BeautifulSoup(page, "html.parser").find(id="checker-axe-configuration")
    asked = json.loads(found.string)

    assert set(asked["options"]["runOnly"]) >= RULES
    assert asked["context"]["include"] == ["main"]
    assert words in asked["messages"]["link-text"]["error_name"]


def test_only_the_preview_beside_the_editor_carries_the_checks(at_desk, client, page_of):
    page = page_of("programme")
    marks = ("preview.js", "wagtail-userbar")

    beside = preview(at_desk, page, "in_preview_panel=true")
    assert all(mark in beside for mark in marks)
    for other in (
        preview(at_desk, page, ""),
        *(each.get(page.url).content.decode() for each in (client, at_desk)),
    ):
        assert not any(mark in other for mark in marks)


def test_every_rule_that_is_ours_has_words(db):
    assert {"link-text", "image-alt"} <= EditorChecks.axe_messages.keys()
    for message in EditorChecks.axe_messages.values():
        assert message["error_name"] and message["help_text"]

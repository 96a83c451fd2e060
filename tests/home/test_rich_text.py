"""Rich text that did not arrive as the editor sends it: a sentence beside the box, and nothing saved."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import ContentPage, NewsPage
from tests.home.conftest import publish
from tests.home.test_new_news import ADDRESS, desk, indexes, press  # noqa: F401

REFUSED = "This text did not arrive whole, so nothing was saved."
BLOCK = {
    "key": "a",
    "text": "Words",
    "type": "unstyled",
    "depth": 0,
    "inlineStyleRanges": [],
    "entityRanges": [],
}


def content(entities=None, **changed):
    return json.dumps({"blocks": [{**BLOCK, **changed}], "entityMap": entities or {}})


def linked(**data):
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": data}
    return content({"0": entity}, entityRanges=[{"offset": 0, "length": 5, "key": 0}])


DAMAGED = {
    "no-json": "{",
    "a-number": "1",
    "a-list": "[]",
    "words": '"words"',
    "blocks-are-words": '{"blocks": "a", "entityMap": {}}',
    "block-of-nothing": '{"blocks": [{}], "entityMap": {}}',
    "block-is-null": '{"blocks": [null], "entityMap": {}}',
    "text-is-a-number": content(text=5),
    "depth-is-a-word": content(type="unordered-list-item", depth="deep"),
    "style-without-a-place": content(inlineStyleRanges=[{"style": "BOLD"}]),
    "entity-of-no-map": content(entityRanges=[{"offset": 0, "length": 5, "key": 7}]),
    "entity-without-data": content(
        {"0": {"type": "LINK"}}, entityRanges=[{"offset": 0, "length": 5, "key": 0}]
    ),
    "page-of-no-number": linked(id="abc", parentId=1),
    "page-of-too-great-a-number": linked(id=10**30, parentId=1),
    "page-is-a-list": linked(id=[1], parentId=1),
    "address-is-a-list": linked(url=[1]),
    "nested-without-end": "[" * 100_000,
}


@pytest.fixture
def at_desk(client_for, editor, homes):
    return client_for(editor)


@pytest.fixture
def leaflet(homes):
    page = ContentPage(title="Leaflet", slug="leaflet", locale=homes["en"].locale, lead="First words")
    return publish(homes["en"].add_child(instance=page))


def sent(page, text, lead, **fields):
    data = {"title": page.title, "slug": page.slug, "lead": lead, "notice": "", "show_contents": "on"}
    body = streamfield([("text", text)])
    return nested_form_data({**data, "body": body, "comments": inline_formset([]), **fields})


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_damaged_text_is_refused_with_a_sentence_and_the_rest_of_the_form_stays(at_desk, leaflet, damaged):
    address = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])

    response = at_desk.post(address, sent(leaflet, damaged, "New lead", **{"action-publish": "1"}))

    assert response.status_code == 200
    html = response.content.decode()
    assert REFUSED in html and "New lead" in html
    assert leaflet.revisions.count() == 1
    leaflet.refresh_from_db()
    assert leaflet.lead == "First words" and not len(leaflet.body)


def test_damaged_text_fails_neither_autosave_nor_preview(at_desk, leaflet):
    damaged = sent(leaflet, "{", "New lead")

    edit = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    saved = at_desk.post(edit, damaged, headers={"accept": "application/json"})
    preview = at_desk.post(reverse("wagtailadmin_pages:preview_on_edit", args=[leaflet.pk]), damaged)

    assert (saved.status_code, saved.json()["success"]) == (400, False)
    assert preview.json()["is_valid"] is False
    assert leaflet.revisions.count() == 1


def test_whole_text_is_taken_as_before(at_desk, leaflet):
    whole = rich_text(f'<p>Read <a linktype="page" id="{leaflet.pk}">this</a>.</p>')

    edit = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    assert at_desk.post(edit, sent(leaflet, whole, "New lead")).status_code == 302

    kept = ContentPage.objects.get(pk=leaflet.pk).get_latest_revision_as_object()
    assert kept.lead == "New lead"
    (link,) = BeautifulSoup(kept.body[0].value.source, "html.parser").find_all("a")
    assert link.attrs == {"linktype": "page", "id": str(leaflet.pk)} and link.text == "this"


@pytest.mark.parametrize("damaged", ["{", linked(id="abc", parentId=1)])
def test_news_form_refuses_damaged_text_beside_its_box(desk, damaged):  # noqa: F811
    response = press(desk, text_zh_hant=damaged, text_zh_hans="null", simplified_read="on")

    assert response.status_code == 200
    assert response.context["form"].errors["text_zh_hant"][0].startswith(REFUSED)
    assert response.context["form"]["title_en"].value() == "Round opens"
    assert not NewsPage.objects.exists()

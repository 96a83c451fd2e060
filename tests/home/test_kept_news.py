# ruff: noqa: F401, F811 - fixtures of the form that the drafts come from
"""Drafts kept from the one-screen form of news: opened there again, and published by one press."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import rich_text

from home.models import NewsPage
from tests.home.test_bad_input import small_png
from tests.home.test_new_news import (
    ADDRESS,
    as_shown,
    committed,
    desk,
    family,
    indexes,
    press,
    read_and_press,
    told,
)
from tests.services.people import person

KEPT = "home_kept_news"


def address_of(pages):
    return reverse(KEPT, args=[pages["en"].pk])


def heading_of(response):
    return BeautifulSoup(response.content, "html.parser").h1.get_text(strip=True)


@pytest.fixture
def kept(desk):
    """Three drafts with a text and a picture each."""
    words = {
        "text_en": rich_text("<p>Write to us.</p>"),
        "text_zh_hant": rich_text("<p>請來信。</p>"),
        "alt_en": "People in a hall",
        "alt_zh_hant": "會堂裏的人",
        "caption_en": "The hall",
    }
    image = get_image_model()(title="Hall", file=SimpleUploadedFile("hall.png", small_png()))
    image.save()
    read_and_press(desk, "keep", picture=image.pk, **words)
    return family()


def filled(response):
    """What the form that was opened holds, as a browser would send it."""
    form = response.context["form"]
    boxes = {name: form[name].value() for name in form.fields}
    texts = {name: form.fields[name].widget.format_value(boxes[name]) for name in boxes if "text_" in name}
    return {name: "" if value is None else value for name, value in {**boxes, **texts, "upload": ""}.items()}


def test_drafts_open_on_the_screen_they_were_written_on_and_one_press_publishes_all(
    desk,
    client,
    kept,
    committed,
):
    first_screen = desk.get(reverse(ADDRESS)).content.decode()
    assert f'<a href="{address_of(kept)}">Round opens</a>' in first_screen
    assert heading_of(desk.get(reverse(ADDRESS))) == "New piece of news"
    assert heading_of(desk.get(address_of(kept))) == "Round opens"

    sent = filled(desk.get(address_of(kept)))
    assert (sent["title_zh_hans"], sent["alt_zh_hans"], sent["caption_en"]) == (
        "新一轮“软件”资助",
        "会堂里的人",
        "The hall",
    )
    with committed():
        changed = {"title_en": "The round opens", "caption_zh_hant": "會堂", "caption_zh_hans": "会堂"}
        changed["category"] = "scheme"
        response = desk.post(address_of(kept), {**sent, **changed, "action-publish": "1"}, follow=True)

    assert "“The round opens” is published in all languages." in told(response)[0]
    pages = family()
    assert NewsPage.objects.count() == 3 and all(page.live for page in pages.values())
    assert {page.category for page in pages.values()} == {"scheme"}
    for language, title in (("en", "The round opens"), ("zh-hant", "新一輪「軟件」資助")):
        assert pages[language].title == title
        assert [block["id"] for block in pages[language].body.raw_data] == [
            block["id"] for block in kept[language].body.raw_data
        ]
        assert pages[language].revisions.count() == 2, "the version before is kept"
    html = client.get("/sc/news/round-opens/").content.decode()
    assert "请来信。" in html and 'alt="会堂里的人"' in html and "会堂" in html
    assert address_of(kept) not in desk.get(reverse(ADDRESS)).content.decode()


def test_kept_once_more_they_stay_drafts_and_lead_back_to_the_screen(desk, client, kept):
    sent = filled(desk.get(address_of(kept)))

    response = desk.post(address_of(kept), {**sent, "title_en": "Later", "action-keep": "1"}, follow=True)

    assert "“Later” is saved" in told(response)[0]
    assert f'href="{address_of(kept)}"' in response.content.decode()
    assert not any(page.live for page in family().values())
    assert client.get("/en/news/round-opens/").status_code == 404
    assert filled(desk.get(address_of(kept)))["title_en"] == "Later"


def test_what_is_emptied_in_simplified_is_drafted_anew_and_read_first(desk, kept):
    sent = {**filled(desk.get(address_of(kept))), "title_zh_hant": "新軟件", "title_zh_hans": ""}

    response = desk.post(address_of(kept), {**sent, "action-publish": "1"})

    assert response.context["form"]["title_zh_hans"].value() == "新软件"
    assert "drafted from the Traditional" in told(response)[0]
    assert not any(page.live for page in family().values())


def test_somebody_elses_version_is_not_overwritten_unawares(desk, client_for, kept):
    mine = filled(desk.get(address_of(kept)))
    other = client_for(person("other editor", role="editor"))
    theirs = filled(other.get(address_of(kept)))
    other.post(address_of(kept), {**theirs, "title_en": "Theirs", "action-keep": "1"})

    response = desk.post(address_of(kept), {**mine, "title_en": "Mine", "action-keep": "1"})

    assert response.status_code == 200
    html = response.content.decode()
    assert "Somebody has saved one of these drafts since you opened them." in html and 'value="Mine"' in html
    english = NewsPage.objects.get(pk=kept["en"].pk)
    assert english.get_latest_revision_as_object().title == "Theirs"

    desk.post(address_of(kept), {**as_shown(response), "action-keep": "1"})
    english.refresh_from_db()
    titles = [each.content["title"] for each in english.revisions.order_by("created_at")]
    assert titles == ["Round opens", "Theirs", "Mine"]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("published", "is on the site already"),
        ("submitted", "waits for a second editor"),
        ("grown", "has more than one text and one picture"),
    ],
)
def test_what_the_screen_cannot_show_is_told_with_the_way_to_each_page(desk, editor, kept, reason, sentence):
    page = NewsPage.objects.get(pk=kept["zh-hant"].pk).get_latest_revision_as_object()
    if reason == "published":
        page.get_latest_revision().publish()
    elif reason == "submitted":
        page.get_workflow().start(page, editor)
    else:
        page.body.append(("heading", {"text": "More", "anchor": ""}))
        page.save_revision()

    for response in (desk.get(address_of(kept), follow=True), desk.post(address_of(kept), follow=True)):
        assert sentence in told(response)[0]
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()
    assert address_of(kept) not in desk.get(reverse(ADDRESS)).content.decode()
    assert [each.revisions.count() for each in family().values()].count(1) >= 2


def test_only_who_may_add_news_comes_in_and_only_to_news(desk, client, client_for, organiser, officer, kept):
    address = address_of(kept)
    assert "/account/login/" in client.get(address)["Location"]
    for user in (organiser, officer):
        assert client_for(user).get(address).status_code in (302, 403)
        assert client_for(user).post(address).status_code in (302, 403)
    assert desk.put(address).status_code == 405
    index = kept["en"].get_parent()
    assert desk.get(reverse(KEPT, args=[index.pk]), follow=True).status_code == 404
    assert desk.get(reverse(KEPT, args=[10**9]), follow=True).status_code == 404
    kept["zh-hans"].delete()
    assert desk.get(address, follow=True).status_code == 404

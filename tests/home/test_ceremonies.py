"""Ceremonies by year, and pictures that cost readers little."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import CeremonyPage
from portal.search.models import SearchEntry
from tests.home.test_pages import queries_of

LIST = "/en/ceremonies/"


@pytest.fixture
def add_ceremony(site, page_of):
    """`add_ceremony("one", photos=2)`: a published ceremony of 2020."""
    drawings = list(get_image_model().objects.order_by("pk"))

    def add(slug, photos=1, **fields):
        above = page_of("ceremonies")
        shown = [
            (
                "photo",
                {"image": drawings[number % 3], "description": f"What {number}", "caption": f"Who {number}"},
            )
            for number in range(photos)
        ]
        plain = {"title": slug.title(), "date": "2020-11-01", "summary": "Words", **fields}
        page = CeremonyPage(slug=slug, locale=above.locale, photos=shown, **plain)
        return above.add_child(instance=page)

    return add


def test_ceremonies_stand_by_year_newest_first(client, add_ceremony):
    add_ceremony("older")

    html = client.get(LIST).content.decode()

    assert re.findall(r'id="year-(\d{4})"', html) == ["2024", "2020", "2015"]


def test_every_picture_has_its_words_its_size_and_small_renditions(client, site):
    html = client.get("/tc/ceremonies/ceremony-2024/").content.decode()
    pictures = re.findall(r"<picture>.*?</picture>", html, re.DOTALL)

    assert len(pictures) == 3
    for picture in pictures:
        image = re.search(r"<img[^>]*>", picture)[0]
        assert 'type="image/avif"' in picture and "sizes=" in picture
        assert re.search(r'alt="圖畫：[^"]+"', image)
        assert re.search(r'width="\d+"', image) and re.search(r'height="\d+"', image)
        assert "original_images" not in picture
    assert ["lazy" in each for each in pictures] == [False, True, True]
    assert html.count("<figcaption>") == 3


def test_list_says_a_picture_once_only(client, site):
    html = client.get(LIST).content.decode()

    assert html.count("<picture>") == 2 and html.count('alt=""') >= 2


def test_closed_ceremony_is_in_no_list_and_not_found(client, site, page_of):
    PageViewRestriction.objects.create(page=page_of("ceremony-2015"), restriction_type="login")

    assert "2015" not in client.get(LIST).content.decode()
    assert not SearchEntry.objects.filter(url=f"{LIST}ceremony-2015/").exists()


def test_ceremony_is_found_by_the_caption_of_a_photo(site):
    urls = SearchEntry.objects.filter(text__contains="the delta that both sides share").values_list(
        "url", "when"
    )

    assert set(urls) == {
        (f"{LIST}ceremony-2024/", "31 October 2024"),
        (f"{LIST}ceremony-2015/", "29 October 2015"),
    }


def test_photo_without_description_is_refused(client_for, editor, site, page_of):
    drawing = get_image_model().objects.first()
    photo = {"image": str(drawing.pk), "description": "", "caption": "Who"}
    data = nested_form_data(
        {
            "title": "New",
            "slug": "new",
            "date": "2026-01-02",
            "place": "",
            "summary": "Kept words",
            "photos": streamfield([("photo", photo)]),
            "body": streamfield([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["home", "ceremonypage", page_of("ceremonies").pk])
    at_desk = client_for(editor)

    refused = at_desk.post(address, data)
    assert refused.status_code == 200 and "Kept words" in refused.content.decode()
    assert not CeremonyPage.objects.filter(slug="new").exists()
    data["photos-0-value-description"] = "Seven people on a stage"
    assert at_desk.post(address, data).status_code == 302


@pytest.mark.parametrize("path", ["", "one/"])
def test_number_of_photos_and_ceremonies_does_not_change_the_number_of_queries(add_ceremony, path):
    counts = []
    page = add_ceremony("one", photos=1)
    for number in (1, 3):
        if number == 3:
            page.photos.extend(add_ceremony("two", photos=3).photos[1:])
            page.save()
            add_ceremony("three")
        queries_of(LIST + path)  # makes the renditions
        cache.clear()
        counts.append(queries_of(LIST + path))

    assert counts[0] == counts[1] <= 18  # with every cache empty

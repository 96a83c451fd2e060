"""What telephones and other sites show of this one, in the language of the address."""

import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

pytestmark = pytest.mark.django_db
NAMES = {
    "en": ("en", "Cleaner Production Partnership Programme", "en_GB"),
    "tc": ("zh-Hant-HK", "清潔生產伙伴計劃", "zh_HK"),
    "sc": ("zh-Hans", "清洁生产伙伴计划", "zh_CN"),
}


@pytest.mark.parametrize("prefix", NAMES)
def test_manifest_names_the_site_in_the_language_of_its_address(client, prefix):
    response = client.get(f"/{prefix}/manifest.webmanifest")
    facts = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert "public" in response["Cache-Control"] and not response.cookies
    assert (facts["lang"], facts["name"]) == NAMES[prefix][:2]
    assert facts["start_url"] == f"/{prefix}/"
    assert facts["theme_color"] == "#06343a"


def test_icons_of_the_manifest_have_the_size_they_say(client):
    icons = client.get("/en/manifest.webmanifest").json()["icons"]

    assert [icon["sizes"] for icon in icons] == ["192x192", "512x512"]
    for icon in icons:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]


@pytest.mark.parametrize("prefix", NAMES)
def test_a_shared_link_shows_a_picture_in_its_language(client, prefix):
    html = client.get(f"/{prefix}/site-map/").content.decode()
    said = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)">', html))

    assert said["locale"] == NAMES[prefix][2]
    assert said["image"] == f"http://testserver/static/share-{prefix}.png"
    assert said["image:alt"]
    with Image.open(finders.find(f"share-{prefix}.png")) as picture:
        assert [str(length) for length in picture.size] == [said["image:width"], said["image:height"]]
    assert f'<link rel="manifest" href="/{prefix}/manifest.webmanifest">' in html

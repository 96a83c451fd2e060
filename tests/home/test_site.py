"""Sitemap, robots, contact and slots."""

import xml.etree.ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.utils.html import format_html
from django.utils.translation import override
from wagtail.documents.models import Document
from wagtail.models import Page

from home import contact, dead_links, own_addresses, slots
from home.models import ContactSettings

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_sitemap_lists_every_language_with_its_alternates(client, site, page_of):
    page_of("privacy", "zh-hans").unpublish()

    root = ET.fromstring(client.get("/sitemap.xml").content)
    found = {
        entry.find(f"{MAP}loc").text: {link.get("hreflang"): link.get("href") for link in entry.iter(LINK)}
        for entry in root.iter(f"{MAP}url")
    }

    assert found["http://testserver/tc/programme/"] == {
        "en": "http://testserver/en/programme/",
        "zh-Hant-HK": "http://testserver/tc/programme/",
        "zh-Hans": "http://testserver/sc/programme/",
        "x-default": "http://testserver/en/programme/",
    }
    assert "http://testserver/sc/privacy/" not in found
    assert set(found["http://testserver/en/privacy/"]) == {"en", "zh-Hant-HK", "x-default"}
    assert len(found) == 3 * 20 - 1


def test_sitemap_of_thirty_pages_asks_the_database_little(client, site, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/sitemap.xml")


def test_robots_names_the_sitemap_and_keeps_out_of_accounts(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /tc/account/" in text and "Disallow: /admin/" in text


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml"])
def test_they_answer_reading_only(client, db, address):
    assert client.post(address).status_code == 405


def test_contact_is_read_from_the_cache_until_it_changes(db, django_assert_num_queries):
    row = ContactSettings.load()
    row.telephone, row.address_en, row.address_zh_hant = "+852 2000 0000", "1 Example Road", "示範道1號"
    row.save()

    assert contact.current().telephone_link == "tel:+85220000000"
    with django_assert_num_queries(0), override("zh-hant"):
        assert contact.current().address.text == "示範道1號"

    row.telephone = "+852 2000 0001"
    row.save()
    assert contact.current().telephone == "+852 2000 0001"


def test_contact_page_and_footer_show_the_contact(client, site):
    row = ContactSettings.load()
    row.telephone = "+852 2000 0009"
    row.save()

    html = client.get("/en/contact/").content.decode()

    assert html.count("+852 2000 0009") == 2


@pytest.fixture
def empty_slots(monkeypatch):
    monkeypatch.setattr(slots, "_renderers", {})


def test_front_page_shows_what_apps_put_into_its_slots(client, site, empty_slots):
    assert b"cp-overlap" not in client.get("/en/").content

    slots.register(
        slots.NEXT_SEMINAR, lambda request: format_html("<section>seminar at {}</section>", request.path)
    )

    assert b"<section>seminar at /en/</section>" in client.get("/en/").content


def test_unknown_slot_is_refused(empty_slots):
    with pytest.raises(ValueError, match="Unknown slot"):
        slots.register("sidebar", lambda request: "")


def test_document_is_handed_out_by_its_own_address_and_changes_nothing(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = Document.objects.create(title="Guide", file=ContentFile(b"a,b", name="guide.csv"))

    response = client.get(document.url)

    assert b"".join(response.streaming_content) == b"a,b"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.post(document.url).status_code == 405
    assert client.get("/media/documents/guide.csv").status_code == 404


def test_no_page_of_the_demonstration_hides_behind_the_portals_own_address(site):
    assert not [page for page in Page.objects.filter(depth__gt=1) if own_addresses.is_ours(page.url_path)]


def test_no_link_of_the_demonstration_leads_nowhere_but_to_seminars_that_load_later(site, rf):
    found = dead_links.on_pages(Page.objects.all(), rf.get("/"))

    assert {row.reason for row in found} <= {
        f"Nothing stands at /{each}/events/." for each in ("en", "tc", "sc")
    }

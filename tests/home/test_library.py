"""The library of forms and documents: what it names, finds and hands out, and to whom."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from home.models import Resource, ResourceFile
from portal.search.models import SearchEntry
from tests.home.test_pages import queries_of

LIST = "/en/resources/"


def titles_at(client, address):
    library = client.get(address).context["library"]
    return [resource.title_en for _code, _label, rows in library.groups for resource in rows]


@pytest.fixture
def add_resource(site, settings, tmp_path):
    """`add_resource("Guide", "guide.pdf")`: a listed resource with one English file."""
    settings.MEDIA_ROOT = tmp_path

    def add(title, name="a.csv", collection=None, language="en", **fields):
        titles = {f"title_{suffix}": title for suffix in ("en", "zh_hant", "zh_hans")}
        resource = Resource.objects.create(
            **{"group": "guides", "dated": date(2026, 1, 2), **titles, **fields}
        )
        document = Document(title=title, file=ContentFile(b"a,b\r\n", name=name))
        if collection:
            document.collection = collection
        document.save()
        ResourceFile.objects.create(resource=resource, language=language, document=document)
        return resource

    return add


@pytest.fixture
def closed_collection(db):
    """A collection below one that only signed-in people may read."""
    above = Collection.get_first_root_node().add_child(name="Committee")
    below = above.add_child(name="Papers")
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    return below


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Monthly log of energy, water and waste", "Before you apply: what to have at hand"]),
        ("?group=forms", ["Monthly log of energy, water and waste"]),
        ("?language=zh-hans", ["Before you apply: what to have at hand"]),
        ("?format=xlsx&group=forms", ["Monthly log of energy, water and waste"]),
        ("?format=xlsx&group=guides", []),
        ("?format=exe", []),
        ("?language=%00", []),
    ],
)
def test_library_shows_what_its_address_asks_for(client, site, query, found):
    response = client.get(LIST + query)

    assert response.status_code == 200
    assert titles_at(client, LIST + query) == found
    assert ("No document fits these filters." in response.content.decode()) is (not found)


def test_every_file_says_language_format_and_size_and_every_document_version_and_date(client, site):
    html = client.get("/tc/resources/").content.decode()

    assert "申請前的準備清單" in html and "2025年3月1日" in html and "1.0版" in html
    assert 'hreflang="zh-Hans"' in html and '<span lang="zh-Hans">简体中文</span>' in html
    assert "PDF，" in html and "XLSX，" in html and "KB" in html
    assert "PDF, " in client.get("/en/resources/").content.decode()


def test_files_of_a_closed_collection_are_neither_named_nor_found_nor_handed_out(
    client, add_resource, closed_collection
):
    resource = add_resource("Minutes of the committee", collection=closed_collection)
    document = resource.files.get().document

    assert "Minutes" not in client.get(LIST).content.decode()
    assert not SearchEntry.objects.filter(title__contains="Minutes").exists()
    response = client.get(document.url)
    assert response.status_code == 302 and "/account/login/" in response["Location"]
    assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]


def test_closed_file_is_handed_to_whom_it_is_for_and_kept_by_nobody(
    client_for, mei, add_resource, closed_collection
):
    document = add_resource("Minutes", collection=closed_collection).files.get().document

    response = client_for(mei).get(document.url)

    assert b"".join(response.streaming_content) == b"a,b\r\n"
    assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]


def test_open_file_runs_nothing_and_may_be_kept_for_a_moment(client, add_resource):
    response = client.get(add_resource("Guide").files.get().document.url)
    b"".join(response)

    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "public" in response["Cache-Control"] and not response.cookies


def test_what_is_closed_later_is_gone_from_list_and_search_at_once(client, add_resource):
    collection = Collection.get_first_root_node().add_child(name="Guides")
    add_resource("Zirconium guide", collection=collection)
    assert "Zirconium" in client.get(LIST).content.decode()
    assert SearchEntry.objects.filter(kind="document", title="Zirconium guide", language="en").exists()

    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")

    assert "Zirconium" not in client.get(LIST).content.decode()
    assert not SearchEntry.objects.filter(title="Zirconium guide").exists()


def test_document_not_listed_or_without_files_is_not_shown(client, add_resource):
    add_resource("Not ready", listed=False)
    add_resource("Empty").files.all().delete()

    assert len(titles_at(client, LIST)) == 2


def test_result_of_a_search_leads_to_the_documents_place(client, site):
    entry = SearchEntry.objects.get(kind="document", language="en", title__startswith="Monthly log")

    assert entry.url.startswith(f"{LIST}#document-")
    assert f'id="{entry.part}"' in client.get(LIST).content.decode()


def test_number_of_documents_does_not_change_the_number_of_queries(add_resource):
    Resource.objects.all().delete()
    counts = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            add_resource(name)
        cache.clear()
        counts.append(queries_of(LIST))

    assert Resource.objects.count() == 3
    assert counts[0] == counts[1] <= 15

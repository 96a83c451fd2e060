import re
from urllib.parse import unquote

import pytest
from django.core.files.storage import storages

from portal.audit.models import Event
from portal.files import delivery, previews, scanning
from portal.files.models import StoredFile
from tests.files import corpus, makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    settings.ROOT_URLCONF = "tests.files.site"


@pytest.fixture
def clean(receive):
    def make(name="a.pdf", content=None):
        stored = receive(name, content or makers.pdf())
        scanning.scan.call(str(stored.uuid))
        stored.refresh_from_db()
        return stored

    return make


def test_clean_file_is_a_download_that_no_browser_runs(clean, store_kind, client_for, mei, site):
    content = makers.pdf()
    stored = clean(content=content)
    response = client_for(mei).get(f"/en/download/{stored.uuid}")
    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "'self'" not in response["Content-Security-Policy"]
    event = Event.objects.get(object_uuid=stored.uuid, verb="file.downloaded")
    assert event.actor_uuid == mei.uuid


def test_name_comes_back_whole_and_stays_inside_its_header(clean, folder_store, client_for, mei, site):
    stored, client = clean(), client_for(mei)
    for _given, shown in corpus.NAMES:
        StoredFile.objects.update(original_name=shown)
        response = client.get(f"/en/download/{stored.uuid}")
        assert response.getvalue().startswith(b"%PDF")
        header = response["Content-Disposition"]
        assert header.startswith("attachment; filename") and "\n" not in header and "\r" not in header
        encoded = re.search(r"filename\*=utf-8''(\S+)$", header)
        plain = re.search(r'filename="(.*)"$', header)
        assert (unquote(encoded[1]) if encoded else plain[1].replace("\\", "")) == shown


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        ("pending", 409, "still being checked"),
        ("error", 409, "still being checked"),
        ("infected", 410, "found not to be safe"),
        ("rejected", 410, "found not to be safe"),
        ("removed", 410, "was removed"),
    ],
)
def test_only_a_clean_file_leaves_for_anybody(
    state, status, words, receive, folder_store, client_for, root, site
):
    stored = receive("<b>a.pdf", makers.pdf())
    StoredFile.objects.update(state=state)
    response = client_for(root).get(f"/en/download/{stored.uuid}")
    content = response.content.decode()
    assert response.status_code == status and words in content
    assert "&lt;b&gt;a.pdf" in content and "%PDF" not in content
    assert response["Cache-Control"] == "no-store"
    assert not Event.objects.filter(verb="file.downloaded").exists()


def test_every_state_but_clean_has_its_answer():
    assert set(delivery.STATUS_OF) == set(StoredFile.State) - {StoredFile.State.CLEAN}


def test_bytes_that_are_missing_give_a_page_and_no_half_download(clean, store_kind, client_for, mei, site):
    stored = clean()
    storages["private"].delete(stored.key)
    response = client_for(mei).get(f"/en/download/{stored.uuid}")
    assert response.status_code == 503
    assert "cannot be opened at the moment" in response.content.decode()


def test_preview_of_a_pdf_is_a_picture_per_page(clean, store_kind, client_for, officer, site):
    stored = clean("a.pdf", makers.pdf(3))
    assert previews.make.call(str(stored.uuid)) == 3
    assert previews.make.call(str(stored.uuid)) == 0
    first = stored.previews.first()
    assert (first.page, max(first.width, first.height) <= 1700) == (1, True)
    response = client_for(officer).get(f"/en/preview/{first.pk}")
    assert b"".join(response.streaming_content).startswith(b"\x89PNG\r\n")
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == "inline"
    assert response["Cache-Control"] == "no-store" and "sandbox" in response["Content-Security-Policy"]


def test_long_pdf_has_thirty_pages_of_preview(clean, folder_store):
    assert previews.make.call(str(clean("a.pdf", makers.pdf(40)).uuid)) == 30


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_preview_of_a_picture_is_made_smaller_and_holds_pixels_alone(name, clean, folder_store):
    make = makers.jpg if name == "a.jpg" else makers.png
    stored = clean(name, make(3000, 2000))
    assert previews.make.call(str(stored.uuid)) == 1
    assert (stored.previews.get().width, stored.previews.get().height) == (1200, 800)


def test_file_that_defeats_the_renderer_has_no_preview_and_hurts_nobody(clean, folder_store):
    stored = clean("a.pdf")
    (folder_store / stored.key).write_bytes(b"%PDF-1.4 junk")
    assert previews.make.call(str(stored.uuid)) == 0


def test_no_preview_of_what_is_not_clean_or_has_no_picture(
    clean, receive, folder_store, client_for, officer, site
):
    assert previews.make.call(str(receive("a.pdf", makers.pdf()).uuid)) == 0
    assert previews.make.call(str(clean("a.docx", makers.office()).uuid)) == 0
    stored = clean("b.pdf")
    previews.make.call(str(stored.uuid))
    StoredFile.objects.filter(pk=stored.pk).update(state="infected")
    assert client_for(officer).get(f"/en/preview/{stored.previews.get().pk}").status_code == 410

"""A disk takes no more: the person is told and keeps what was typed, and no half file passes for one."""

import errno
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files import uploadedfile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import workflow
from portal.files import archives, intake, scanning, store
from portal.files.models import StoredFile
from tests.applications.conftest import make_round, private_folder, upload
from tests.applications.test_views import at, words
from tests.files.makers import pdf

__all__ = ["private_folder"]
pytestmark = pytest.mark.django_db
FULL = Path("/dev/full")
TRY_AGAIN = "“plan.pdf” could not be uploaded. Your other answers are kept. Try again in a few minutes."


def no_space(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


class FullStorage(FileSystemStorage):
    """Takes half of a file, as a disk does that fills up."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(100))
        no_space()


@pytest.fixture
def owner(mei):
    return mei.memberships.select_related("provider", "user").get()


@pytest.fixture
def draft(owner):
    return workflow.start(make_round(), member=owner)


@pytest.fixture
def send(client_for, mei, draft):
    slot = draft.form_version.definition["documents"][0]["uid"]
    browser = client_for(mei)

    def press(content=None):
        file = SimpleUploadedFile("plan.pdf", content or pdf())
        return browser.post(at("upload", draft, slot), {"files": file, "description": "Signed by both"})

    return press


@pytest.fixture
def folder_of_uploads(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return settings.FILE_UPLOAD_TEMP_DIR


def opens_full(**_options):
    """A file that can be made and not be written, without a buffer that would hide it."""
    return FULL.open("wb", buffering=0)


def refused(told):
    """The page comes back with the sentence and the text; there is no row, no byte and no new version."""
    assert told.status_code == 422 and TRY_AGAIN in words(told)
    assert 'value="Signed by both"' in told.content.decode()
    return not StoredFile.objects.exists()


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_disk_that_fills_up_while_the_request_comes_in(send, folder_of_uploads, monkeypatch):
    monkeypatch.setattr(uploadedfile, "tempfile", SimpleNamespace(NamedTemporaryFile=opens_full))
    assert refused(send())
    monkeypatch.undo()
    assert send().status_code == 302


def test_disk_on_which_no_file_can_be_made_for_the_request(send, monkeypatch):
    monkeypatch.setattr(uploadedfile, "tempfile", SimpleNamespace(NamedTemporaryFile=no_space))
    assert refused(send())


def test_folder_of_uploads_that_is_gone(send, folder_of_uploads):
    folder_of_uploads.rmdir()
    assert refused(send())


def test_disk_on_which_no_copy_can_be_made_for_the_checks(send, monkeypatch):
    monkeypatch.setattr(intake, "NamedTemporaryFile", no_space)
    assert refused(send())


def test_disk_of_the_store_that_fills_up_keeps_no_half_file(send, settings, tmp_path):
    place = {"location": tmp_path / "full", "base_url": None}
    backend = {"BACKEND": "tests.faults.test_full_disk.FullStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "private": backend}
    assert refused(send())
    assert not [path for path in (tmp_path / "full").rglob("*") if path.is_file()]


def test_use_for_a_second_slot_on_a_full_disk(draft, owner, client_for, mei, monkeypatch):
    stored = upload(draft, owner, name="plan.pdf")
    other = draft.form_version.definition["documents"][1]["uid"]
    monkeypatch.setattr(intake, "NamedTemporaryFile", no_space)
    told = client_for(mei).post(at("reuse", draft, other), {"file": str(stored.uuid)})
    assert told.status_code == 422 and TRY_AGAIN in words(told)
    assert StoredFile.objects.get() == stored


def test_check_on_a_full_disk_is_put_off(draft, owner, monkeypatch):
    stored = upload(draft, owner)
    monkeypatch.setattr(scanning, "NamedTemporaryFile", no_space)
    assert scanning.scan.call(str(stored.uuid)) == "error"
    monkeypatch.undo()
    assert scanning.scan.call(str(stored.uuid)) == "clean"


def test_archive_on_a_full_disk_names_what_it_could_not_take(draft, owner, monkeypatch):
    stored = upload(draft, owner)
    monkeypatch.setattr(archives, "TemporaryFile", no_space)
    with pytest.raises(store.StoreUnavailable):
        archives.fetched(stored)
    monkeypatch.setattr(archives, "TemporaryFile", tempfile.TemporaryFile)
    archives.fetched(stored).close()

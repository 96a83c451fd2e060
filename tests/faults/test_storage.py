"""The store is down, full, or loses things: nobody is told that a file is safe when it is not."""

import os
import time
import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.files import intake, refusals, store, sweeping
from portal.files.models import StoredFile
from portal.files.policy import SlotPolicy
from portal.files.refusals import Refused
from tests.files import makers
from tests.services.ports import free_port

FULL = Path("/dev/full")
S3 = {
    "bucket_name": "private",
    "access_key": "a",
    "secret_key": "b",
    "region_name": "us-east-1",
    "addressing_style": "path",
    "file_overwrite": False,
}


@pytest.fixture
def folder(settings, tmp_path):
    use(settings, "django.core.files.storage.FileSystemStorage", location=tmp_path / "p", base_url=None)
    return tmp_path / "p"


def use(settings, backend, **options):
    settings.STORAGES = {**settings.STORAGES, "private": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def receive(mei):
    upload = SimpleUploadedFile("plan.pdf", makers.pdf())
    place = {"owner_kind": "test", "owner_uuid": uuid.uuid4(), "slot": "s"}
    return partial(intake.receive, upload, **place, policy=SlotPolicy(max_count=9), user=mei)


def test_s3_that_does_not_answer_gives_the_sentence_to_try_again_within_the_limit(receive, settings, db):
    from botocore.config import Config

    limits = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})
    use(
        settings,
        "storages.backends.s3.S3Storage",
        endpoint_url=f"http://127.0.0.1:{free_port()}",
        client_config=limits,
        **S3,
    )
    started = time.monotonic()
    with pytest.raises(Refused) as caught:
        receive()
    assert caught.value.code == refusals.UPLOAD_FAILED
    assert str(caught.value) == (
        "“plan.pdf” could not be uploaded. Your other answers are kept. Try again in a few minutes."
    )
    assert time.monotonic() - started < 15
    assert not StoredFile.objects.exists()


def test_s3_with_a_wrong_key_is_the_same_to_the_user(receive, s3_store, settings, db):
    use(settings, "storages.backends.s3.S3Storage", endpoint_url=s3_store.endpoint, **S3)
    with pytest.raises(Refused) as caught:
        receive()
    assert caught.value.code == refusals.UPLOAD_FAILED and not StoredFile.objects.exists()


def test_disk_that_cannot_be_written_is_the_same_to_the_user(receive, settings, tmp_path, db):
    blocked = tmp_path / "file-not-folder"
    blocked.write_text("")
    use(settings, "django.core.files.storage.FileSystemStorage", location=blocked, base_url=None)
    with pytest.raises(Refused) as caught:
        receive()
    assert caught.value.code == refusals.UPLOAD_FAILED and not StoredFile.objects.exists()


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_disk_that_is_full_while_the_upload_is_copied(receive, folder, db, monkeypatch):
    monkeypatch.setattr(intake, "NamedTemporaryFile", lambda: FULL.open("wb", buffering=0))
    with pytest.raises(Refused) as caught:
        receive()
    assert caught.value.code == refusals.UPLOAD_FAILED and not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_that_could_not_be_deleted_are_deleted_by_the_sweeper(receive, mei, settings, folder):
    stored = receive()
    good = settings.STORAGES
    use(settings, "storages.backends.s3.S3Storage", endpoint_url=f"http://127.0.0.1:{free_port()}", **S3)
    intake.remove(stored, user=mei)
    stored.refresh_from_db()
    assert stored.state == StoredFile.State.REMOVED and stored.bytes_deleted_at is None
    settings.STORAGES = good
    assert storages["private"].exists(stored.key)
    assert sweeping.sweep_tombstones() == 1
    assert not storages["private"].exists(stored.key)
    assert sweeping.sweep_tombstones() == 0


def test_orphans_are_swept_after_an_hour_and_nothing_else(receive, folder, db):
    stored = receive()
    fresh, orphan = store.new_key(), store.new_key()
    for key in (fresh, orphan):
        store.save(key, makers.io.BytesIO(b"bytes of a crash"))
    old = (timezone.now() - timedelta(hours=2)).timestamp()
    for key in (orphan, stored.key):
        os.utime(folder / key, (old, old))
    assert sweeping.sweep_orphans() == 1
    assert [storages["private"].exists(key) for key in (stored.key, fresh, orphan)] == [True, True, False]
    assert sweeping.sweep_orphans() == 0


def test_orphans_are_found_in_s3_too(private_s3, db, monkeypatch):
    key = store.new_key()
    store.save(key, makers.io.BytesIO(b"bytes of a crash"))
    sweeping.sweep_orphans()
    assert store.exists(key)
    monkeypatch.setattr(sweeping, "GRACE", timedelta(seconds=-5))
    assert sweeping.sweep_orphans() >= 1
    assert not store.exists(key)


def test_file_whose_bytes_are_gone_is_named(receive, folder, db):
    kept, lost = receive(), receive()
    (folder / lost.key).unlink()
    assert sweeping.report_missing() == [str(lost.uuid)]
    assert kept.state == StoredFile.State.PENDING

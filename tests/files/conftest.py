import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files import intake
from portal.files.policy import SlotPolicy


@pytest.fixture(params=["folder", "s3"])
def store_kind(request, settings, tmp_path):
    """Everything about files holds on a local folder and on an S3 store."""
    if request.param == "s3":
        request.getfixturevalue("private_s3")
    else:
        request.getfixturevalue("folder_store")
    return request.param


@pytest.fixture
def folder_store(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }
    return tmp_path / "private"


@pytest.fixture
def slot():
    return {"owner_kind": "test", "owner_uuid": uuid.uuid4(), "slot": "certificate"}


@pytest.fixture
def receive(slot, mei):
    """`receive(name, content)` uploads as mei into one slot."""

    def upload(name, content, *, policy=None, user=None, **options):
        file = SimpleUploadedFile("placeholder", content, content_type="application/octet-stream")
        file._name = name  # what a hostile client can send past Django's own cleaning
        where = {**slot, **options}
        return intake.receive(file, **where, policy=policy or SlotPolicy(max_count=50), user=user or mei)

    return upload

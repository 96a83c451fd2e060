import socket
import threading
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


@pytest.fixture
def one_answer():
    """`one_answer(b"...")` is the address of a server that reads a stream and says just that."""
    servers = []

    def serve(answer):
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def talk():
            connection, _ = server.accept()
            with connection:
                received = b""
                while not received.endswith(b"\0\0\0\0"):
                    received += connection.recv(4096)
                connection.sendall(answer)

        threading.Thread(target=talk, daemon=True).start()
        return f"127.0.0.1:{server.getsockname()[1]}"

    yield serve
    for server in servers:
        server.close()

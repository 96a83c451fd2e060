"""The browser is gone before its answer comes, or in the middle of what it sends."""

import socket
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from applications import rounds, workflow
from applications.models import Submission
from applications.submissions import contents, submission
from portal.audit.models import Event
from portal.files.models import StoredFile
from portal.mail.models import Message
from tests.applications.conftest import fill_in, make_round, private_folder
from tests.applications.test_views import at
from tests.files.makers import pdf
from tests.services.people import sign_in
from tests.services.ports import wait_for

__all__ = ["private_folder"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner(mei):
    return mei.memberships.select_related("provider", "user").get()


@pytest.fixture
def draft(owner):
    draft = workflow.start(make_round(), member=owner)
    fill_in(draft, owner)
    return draft


@pytest.fixture
def company(mei):
    return sign_in(Client(), mei)


@pytest.fixture
def line(live_server, company):
    """`line(path, body, type)` sends a request and goes; with `most`, no more than that of it."""
    host, _, port = live_server.url.rpartition("/")[2].partition(":")

    def send(path, body, content_type, most=None):
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in company.cookies.items())
        token = "a" * 32
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(body)}\r\nCookie: {cookies}; csrftoken={token}\r\n"
            f"X-CSRFToken: {token}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode() + body[:most])
            if most:
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(4096):
                    pass

    return send


def pressed(draft):
    token = submission.mint(
        draft, fingerprint=contents.Contents(draft).fingerprint, now=rounds.database_now()
    )
    return {"review": token, "signer_name": "Mei", "signer_role": "Director", "agreed": "on"}


def test_submit_whose_answer_nobody_waited_for_stands_and_pressing_again_shows_it(company, line, draft):
    form = pressed(draft)
    line(at("submit", draft), urlencode(form).encode(), "application/x-www-form-urlencoded")
    wait_for(Submission.objects.exists, seconds=20, what="The submission")
    again = company.post(at("submit", draft), form)
    assert again["Location"] == at("receipt", draft, 1)
    assert Submission.objects.count() == Message.objects.filter(kind="application.receipt").count() == 1
    assert Event.objects.filter(verb="application.submitted").count() == 1


def test_upload_that_stops_in_the_middle_leaves_nothing(line, draft, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    before = list(StoredFile.objects.values_list("pk", flat=True))
    slot = draft.form_version.definition["documents"][0]["uid"]
    file = SimpleUploadedFile("plan.pdf", pdf() + b"\n%" + b"x" * 500_000)
    body = encode_multipart(BOUNDARY, {"description": "Half", "files": file})
    line(at("upload", draft, slot), body, MULTIPART_CONTENT, most=len(body) // 2)
    assert not list(settings.FILE_UPLOAD_TEMP_DIR.iterdir())
    assert list(StoredFile.objects.values_list("pk", flat=True)) == before

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portal.files.policy import MAX_FILE_SIZE, MEGABYTE
from portal.files.uploading import CuttingUploadHandler
from tests.files import corpus, makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, folder_store):
    settings.ROOT_URLCONF = "tests.files.site"


def named(name, content):
    return SimpleUploadedFile(name, content)


def test_one_bad_file_discards_neither_the_good_ones_nor_the_answers(site, client_for, mei):
    files = [named("a.pdf", makers.pdf()), named("b.exe", makers.EXE), named("c.png", makers.png())]
    response = client_for(mei).post("/en/upload", {"answer": "typed text", "file": files})
    assert response.content.decode().splitlines() == [
        "answer: typed text",
        "stored: a.pdf",
        "refused: " + corpus.SENTENCES["wrong_type"]["en"].format(name="b.exe", types=corpus.ANY_TYPE["en"]),
        "stored: c.png",
    ]


def test_no_file_at_all(site, client_for, mei):
    response = client_for(mei).post("/en/upload", {"answer": "typed text"})
    assert response.content.decode().splitlines()[-1] == "refused: Choose a file to upload."


def test_file_over_the_limit_is_answered_with_its_reason_and_the_text_that_was_typed(site, client_for, mei):
    files = [named("big.pdf", makers.pdf() + b"\0" * (30 * MEGABYTE)), named("a.pdf", makers.pdf())]
    response = client_for(mei).post("/en/upload", {"answer": "typed text", "file": files})
    assert response.content.decode().splitlines() == [
        "answer: typed text",
        "refused: “big.pdf” is too big. The file must be no larger than 20 MB.",
        "stored: a.pdf",
    ]


def test_nothing_beyond_the_limit_is_kept_while_streaming(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = RequestFactory().post("/", {"file": named("big.pdf", b"\0" * (50 * MEGABYTE))})
    handler = CuttingUploadHandler(request)
    largest = 0

    def watch(data, start, keep=handler.receive_data_chunk):
        nonlocal largest
        keep(data, start)
        largest = max(largest, 0, *(path.stat().st_size for path in tmp_path.iterdir()))

    handler.receive_data_chunk = watch
    request.upload_handlers = [handler]
    assert request.FILES["file"].size == 50 * MEGABYTE
    assert 0 < largest <= MAX_FILE_SIZE and not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="cut"):
        list(request.FILES["file"].chunks())


class Untouched(io.RawIOBase):
    def read(self, *args):
        raise AssertionError("The request was read.")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/upload", "What you sent is too large"),
        ("/tc/upload", "你傳送的內容太大"),
        ("/sc/x", "您发送的内容太大"),
    ],
)
def test_request_of_a_hundred_megabytes_is_refused_unread(path, words, site, client_for, mei):
    response = client_for(mei).post(
        path,
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(100 * MEGABYTE), "wsgi.input": Untouched()},
    )
    assert response.status_code == 413 and words in response.content.decode()
    assert response["Connection"] == "close"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=file; filename"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno header"),
    ],
)
def test_broken_multipart_is_no_server_error(content_type, body, site, client_for, mei):
    response = client_for(mei).post("/en/upload", body, content_type=content_type)
    assert response.status_code in (200, 400)

"""Documents that editors upload: what is not what its name says is refused with a sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document

from tests.files import makers
from tests.home.conftest import upload_at
from tests.home.test_bad_input import SVG


@pytest.fixture
def at_desk(client_for, editor, homes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return client_for(editor)


def upload(at_desk, name, content):
    return upload_at("wagtaildocs:add_multiple", at_desk, name, content)


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("report.pdf", lambda: SVG, "The content of “report.pdf” does not match the ending of its name."),
        ("report.pdf", makers.png, "save it as PDF, and upload it again."),
        ("list.xlsx", makers.pdf, "save it as Excel (XLSX), and upload it again."),
        ("form.docx", makers.old_word_file, "does not match the ending of its name."),
        ("table.csv", makers.pdf, "does not match the ending of its name."),
        ("secret.pdf", makers.pdf_with_password, "is protected by a password."),
        ("cut.pdf", lambda: makers.pdf()[:60], "“cut.pdf”"),
        ("drawing.svg", lambda: SVG, "svg"),
        ("empty.pdf", bytes, "The submitted file is empty."),
    ],
)
def test_what_is_not_what_its_name_says_is_refused_with_a_sentence(at_desk, name, make, sentence):
    assert sentence in upload(at_desk, name, make())
    assert not Document.objects.exists()


def test_refused_document_leaves_what_was_typed_beside_it(at_desk):
    file = SimpleUploadedFile("report.pdf", SVG)
    fields = {"title": "Kept title", "collection": "1", "tags": "", "file": file}

    html = at_desk.post(reverse("wagtaildocs:add"), fields).content.decode()

    assert "does not match the ending of its name" in html and "Kept title" in html


def test_good_documents_are_taken_whole_and_renamed_without_a_second_look(at_desk):
    assert upload(at_desk, "guide.PDF", makers.pdf()) == ""
    assert upload(at_desk, "log.csv", b"month,kWh\n") == ""
    guide, log = Document.objects.order_by("pk")
    with log.file.open() as file:
        assert file.read() == b"month,kWh\n"
    assert guide.file.size == guide.file_size > 0

    fields = {"title": "The guide", "collection": "1", "tags": ""}
    assert at_desk.post(reverse("wagtaildocs:edit", args=[guide.pk]), fields).status_code == 302
    guide.refresh_from_db()
    assert guide.title == "The guide"

import io
import subprocess
import sys

import pikepdf
import pytest
from django.urls import reverse

from applications.submissions import receipts
from portal import pdf
from portal.files import scanning
from portal.files.models import StoredFile
from tests.services import unavailable

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(submitted):
    if not pdf.is_available():
        unavailable("Pango", "WeasyPrint could not be loaded")
    return submitted.submissions.get()


def address(submission):
    return reverse("applications:receipt_pdf", args=[submission.application.uuid, submission.number])


def test_copies_are_made_once_in_three_languages(received):
    assert receipts.make_copies.call(str(received.uuid)) == 3
    assert receipts.make_copies.call(str(received.uuid)) == 0
    assert set(received.copies.values_list("language", flat=True)) == {"en", "zh-hant", "zh-hans"}


def test_pdf_link_leads_to_the_page_until_the_copy_is_checked(received, client_for, mei):
    browser = client_for(mei)
    page = reverse("applications:receipt", args=[received.application.uuid, 1])
    assert browser.get(address(received))["Location"] == page
    receipts.make_copies.call(str(received.uuid))
    assert browser.get(address(received))["Location"] == page
    for stored in StoredFile.objects.filter(owner_kind=receipts.OWNER_KIND):
        scanning.scan.call(str(stored.uuid))
    reply = browser.get(address(received))
    assert reply["Content-Type"] == "application/pdf"
    document = pikepdf.open(io.BytesIO(b"".join(reply.streaming_content)))
    assert str(document.Root.Lang) == "en"
    assert document.Root.MarkInfo.Marked
    assert "DEMO-TS-0001" in str(document.docinfo["/Title"])


@pytest.fixture
def without_pango(monkeypatch):
    """WeasyPrint fails to load as it does where the system library is missing."""

    def cannot_load(name):
        raise OSError(f"cannot load library of {name}")

    monkeypatch.setattr(pdf.importlib, "import_module", cannot_load)
    pdf._engine.cache_clear()
    yield
    pdf._engine.cache_clear()


def test_worker_without_pango_makes_nothing(received, without_pango):
    assert not pdf.is_available()
    assert receipts.make_copies.call(str(received.uuid)) == 0
    assert not received.copies.exists()


def test_worker_finds_what_pages_expect():
    assert pdf.is_expected() == pdf.is_available()


def test_web_process_does_not_load_weasyprint():
    program = (
        "import portal.wsgi, sys; from django.urls import get_resolver; get_resolver().url_patterns;"
        "print('portal.pdf' in sys.modules, 'weasyprint' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert answer.stdout.split() == ["True", "False"]

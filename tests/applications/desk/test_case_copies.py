"""A case taken along: everything in one ZIP, and everything in one PDF."""

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from applications import rounds, workflow
from applications.desk import case_archive, case_copies
from applications.models import CaseCopy, InternalNote
from applications.submissions import contents
from portal import pdf, retention
from portal.audit.models import Event
from portal.files import archives, intake, scanning, store
from portal.files.models import StoredFile
from portal.files.policy import SlotPolicy
from tests.applications.desk.handing_in import fill_in, open_round, submit
from tests.files import makers
from tests.services import unavailable

pytestmark = pytest.mark.django_db
NOTE = "Marker note among officers"


def take_in(application, membership, name, content, *, slot=None, scan=True):
    stored = intake.receive(
        SimpleUploadedFile(name, content),
        owner_kind=contents.OWNER_KIND,
        owner_uuid=application.uuid,
        slot=slot or application.form_version.definition["documents"][0]["uid"],
        policy=SlotPolicy(max_count=20),
        user=membership.user,
    )
    if scan:
        scanning.scan.call(str(stored.uuid))
    return stored


@pytest.fixture
def rich_case(db, mei):
    """Handed in with every kind of document, two of the same name, and one that was never found clean."""
    membership = mei.memberships.select_related("provider", "user").get()
    application = workflow.start(open_round(), member=membership)
    fill_in(application, membership)
    for name, content in {
        "Bericht: 𨋢?.pdf": makers.pdf(3),
        "scan.jpg": makers.jpg(800, 600),
        "mark.png": makers.png(),
        "figures.xlsx": makers.spreadsheet(),
        "acting.pdf": makers.pdf_with_launch(),
    }.items():
        take_in(application, membership, name, content)
    take_in(application, membership, "scan.jpg", makers.jpg(300, 300))
    take_in(application, membership, "waiting.pdf", makers.pdf(), scan=False)
    submit(application, membership)
    InternalNote.objects.create(application=application, author=None, text=NOTE)
    return application


def address(name, case, *more, language="en"):
    with translation.override(language):
        return reverse(f"cases:{name}", args=[case.uuid, *more])


def archive_of(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_zip_holds_what_was_handed_in_with_its_fingerprints(client_for, officer, rich_case):
    reply = client_for(officer).get(address("archive", rich_case))
    assert reply["Content-Disposition"] == 'attachment; filename="DEMO-TS-0001.zip"'
    found = archive_of(reply)
    assert found.testzip() is None
    root, folder = "DEMO-TS-0001/", "DEMO-TS-0001/documents/01 Certificate/"
    assert set(found.namelist()) == {
        *(f"{root}{name}" for name in ("submission-1.html", "submission-1.json", "manifest.json")),
        f"{root}index.html",
        f"{root}style.css",
        f"{root}SHA256SUMS.txt",
        *(
            f"{folder}{name}"
            for name in (
                *("certificate.pdf", "Bericht_ 𨋢_.pdf", "scan.jpg", "scan (2).jpg", "mark.png"),
                *("figures.xlsx", "acting.pdf"),
            )
        ),
    }
    for line in found.read(f"{root}SHA256SUMS.txt").decode().splitlines():
        sha256, _two, name = line.partition("  ")
        assert hashlib.sha256(found.read(root + name)).hexdigest() == sha256
    manifest = json.loads(found.read(f"{root}manifest.json"))
    assert [each["original_name"] for each in manifest["missing"]] == ["waiting.pdf"]
    assert manifest["missing"][0]["reason"] == "pending"
    told = json.loads(found.read(f"{root}submission-1.json"))
    submission = rich_case.submissions.get()
    assert (told["content"], told["content_sha256"]) == (submission.content, submission.sha256)
    page = found.read(f"{root}submission-1.html").decode()
    assert "We clean exhaust air." in page
    assert 'href="style.css"' in page and b"font-size" in found.read(f"{root}style.css")
    assert NOTE not in "".join(found.read(name).decode("latin-1") for name in found.namelist())
    event = Event.objects.get(verb="case.exported_zip")
    assert (event.object_uuid, event.actor_uuid) == (rich_case.uuid, officer.uuid)


def test_zip_names_a_document_that_cannot_be_read_and_goes_on(client_for, officer, rich_case):
    lost, changed = StoredFile.objects.filter(original_name="scan.jpg").order_by("pk")
    store.delete(lost.key)
    StoredFile.objects.filter(pk=changed.pk).update(sha256="0" * 64)
    found = archive_of(client_for(officer).get(address("archive", rich_case)))
    manifest = json.loads(found.read("DEMO-TS-0001/manifest.json"))
    assert {(each["original_name"], each["reason"]) for each in manifest["missing"]} == {
        ("scan.jpg", "unavailable"),
        ("waiting.pdf", "pending"),
    }
    assert "The file store did not give it." in found.read("DEMO-TS-0001/index.html").decode()
    assert not [name for name in found.namelist() if name.endswith(".jpg")]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_zip_speaks_the_language_of_the_page(client_for, officer, case, language):
    found = archive_of(client_for(officer).get(address("archive", case, language=language)))
    word = {"en": "Project records", "zh-hant": "項目", "zh-hans": "项目"}[language]
    assert word in found.read("DEMO-TS-0001/submission-1.html").decode()


def test_zip_is_sent_piece_by_piece(case, officer):
    """A large document never stands in memory: what is sent at once stays small."""
    stored = StoredFile.objects.get(owner_uuid=case.uuid)
    content = b"%PDF" + bytes(range(256)) * 40_000
    with io.BytesIO(content) as large:
        store.delete(stored.key)
        store.save(stored.key, large)
    StoredFile.objects.filter(pk=stored.pk).update(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content)
    )
    submissions = list(case.submissions.select_related("form_version"))
    pieces = [len(each) for each in case_archive.stream(case, submissions, reader=officer, language="en")]
    assert sum(pieces) > len(content)
    assert max(pieces) < 2 * archives.CHUNK


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x.pdf", "C_x.pdf"),
        ("con.pdf", "_con.pdf"),
        ("...", "_"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("報告?.pdf", "報告_.pdf"),
    ],
)
def test_segment_is_a_name_on_every_file_system(name, segment):
    assert archives.segment(name) == segment


def test_names_are_handed_out_once():
    names = archives.Names()
    assert [names.of("a/", name) for name in ("x.pdf", "X.pdf", "x.pdf", "x (2).pdf", "x")] == [
        "a/x.pdf",
        "a/X (2).pdf",
        "a/x (3).pdf",
        "a/x (2) (2).pdf",
        "a/x",
    ]


# The PDF


@pytest.fixture
def pango(db):
    if not pdf.is_available():
        unavailable("Pango", "WeasyPrint could not be loaded")


def order(case, officer, **options):
    options = {"language": "en", "with_notes": False, **options}
    return case_copies.order(case, reader=officer, **options)


def made(case, officer, **options):
    copy = order(case, officer, **options)
    assert case_copies.make.call(str(copy.uuid)) == "ready"
    copy.refresh_from_db()
    with store.open_key(copy.file.key) as file:
        return copy, file.read()


def text_of(content):
    """All text of the document, by the reader that staff previews use."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return " ".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_pdf_holds_answers_documents_and_reasons(pango, officer, rich_case):
    copy, content = made(rich_case, officer)
    document = pikepdf.open(io.BytesIO(content))
    text = text_of(content)
    for piece in ("DEMO-TS-0001", "We clean exhaust air.", "Submitted, revision 1", "figures.xlsx"):
        assert piece in text
    assert "An Office file, which is not shown as pages." in text
    assert NOTE not in text
    assert "Taken along" not in text
    assert {(each["name"], each["reason"]) for each in copy.left_out} == {
        ("figures.xlsx", "office_file"),
        ("waiting.pdf", "pending"),
    }
    with document.open_outline() as outline:
        titles = [str(each.title) for each in outline.root if str(each.title).endswith(("pdf", "jpg", "png"))]
    assert titles == ["certificate.pdf", "Bericht: 𨋢?.pdf", "scan.jpg", "mark.png", "acting.pdf", "scan.jpg"]
    assert copy.pages == len(document.pages)
    assert copy.file.state == "clean"
    assert copy.file.checked_by == "made"
    assert b"/Launch" not in b"".join(each.obj.unparse() for each in document.pages)


def pages_of(content):
    import pypdfium2

    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(content)]


@pytest.mark.parametrize(
    ("language", "sentence", "goal"),
    [
        ("en", "Pages {} to {} of {}", ("DEMO-TS-0001: submission 1", "Page")),
        ("zh-hant", "第{}至{}頁，共{}頁", ("DEMO-TS-0001：第1次遞交", "頁碼")),
        ("zh-hans", "第{}至{}页，共{}页", ("DEMO-TS-0001：第1次提交", "页码")),
    ],
)
def test_pdf_numbers_its_pages_to_the_end_of_the_joined_file(
    pango, officer, rich_case, language, sentence, goal
):
    copy, content = made(rich_case, officer, language=language)
    pages = pages_of(content)
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        begins = [
            document.pages.index(pikepdf.Page(each.destination[0])) + 1
            for each in outline.root
            if str(each.title).endswith(("pdf", "jpg", "png"))
        ]
    assert len(begins) == 6
    cover = " ".join(pages[: begins[0] - 1])
    for number, first in enumerate(begins, start=1):
        last = begins[number] - 1 if number < len(begins) else copy.pages
        told = sentence.format(first, last, copy.pages)
        assert told in cover
        assert told in pages[first - 1]
    for number in range(1, begins[0]):
        assert f"{number} / {copy.pages}" in pages[number - 1]
    heading, word = goal
    (start,) = (number for number, text in enumerate(pages[: begins[0] - 1], 1) if text.startswith(heading))
    assert f"{heading} {word} {start}" in cover


def test_pdf_sets_its_cover_again_until_the_numbers_agree(pango, officer, case, monkeypatch):
    """A cover that grows by a page when it is set a second time."""
    make, told = pdf.make_counted, []

    def growing(html, **options):
        content, pages = make(html, **options)
        if "data-pages" not in html:
            return content, pages
        told.append(int(re.search(r'data-pages="([0-9]+)"', html)[1]))
        return content, 5 if len(told) < 2 else 6

    monkeypatch.setattr(pdf, "make_counted", growing)
    made(case, officer)
    assert [each - told[0] for each in told] == [0, 4, 5]


def test_pdf_holds_notes_only_where_they_were_asked_for(pango, officer, rich_case):
    _copy, content = made(rich_case, officer, with_notes=True)
    assert NOTE in text_of(content)
    assert "Taken along as one PDF" in text_of(content)
    assert "Do not give this copy to the company." in text_of(content)


def test_broken_document_does_not_fail_the_whole(pango, officer, case):
    stored = StoredFile.objects.get(owner_uuid=case.uuid)
    for content, reason in ((makers.pdf_with_password(), "password"), (b"%PDF-1.7 nothing", "damaged")):
        store.delete(stored.key)
        with io.BytesIO(content) as file:
            store.save(stored.key, file)
        StoredFile.objects.filter(pk=stored.pk).update(sha256=hashlib.sha256(content).hexdigest())
        copy, _content = made(case, officer)
        assert copy.left_out == [
            {"name": "certificate.pdf", "sha256": hashlib.sha256(content).hexdigest(), "reason": reason}
        ]


def test_copy_is_made_once(pango, officer, case):
    copy = order(case, officer)
    assert order(case, officer) == copy
    assert case_copies.make.call(str(copy.uuid)) == case_copies.make.call(str(copy.uuid)) == "ready"
    assert StoredFile.objects.filter(owner_kind=case_copies.OWNER_KIND).count() == 1
    assert order(case, officer) != copy
    assert Event.objects.filter(verb="case.copy_ordered").count() == 2


def test_copy_withdrawn_while_it_was_made_leaves_nothing(pango, officer, case, monkeypatch):
    copy = order(case, officer)
    settle = case_copies._settle

    def withdrawn(*arguments, **fields):
        case_copies.withdraw(case.uuid)
        return settle(*arguments, **fields)

    monkeypatch.setattr(case_copies, "_settle", withdrawn)
    case_copies.make.call(str(copy.uuid))
    assert not CaseCopy.objects.exists()
    assert StoredFile.objects.get(owner_kind=case_copies.OWNER_KIND).state == "removed"


def test_copy_goes_when_one_of_its_documents_is_found_bad(pango, officer, case, monkeypatch):
    copy, _content = made(case, officer)
    document = StoredFile.objects.get(owner_uuid=case.uuid)
    infected = StoredFile.State.INFECTED, "infected", StoredFile.CheckedBy.CLAMD
    monkeypatch.setattr(scanning, "_judge", lambda stored: infected)
    assert scanning.scan.call(str(document.uuid)) == "infected"
    assert not CaseCopy.objects.exists()
    copy.file.refresh_from_db()
    assert copy.file.state == "removed"


def test_copy_goes_after_a_week(
    pango, officer, case, client_for, monkeypatch, django_capture_on_commit_callbacks
):
    copy, _content = made(case, officer)
    key = copy.file.key
    later = timezone.now() + case_copies.KEPT_FOR + timedelta(minutes=1)
    monkeypatch.setattr(rounds, "database_now", lambda: later)
    assert client_for(officer).get(address("copy", case, copy.uuid)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(now=later)
    assert not CaseCopy.objects.exists()
    assert not store.exists(key)


def test_server_without_pango_says_so(officer, case, client_for, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    monkeypatch.setattr(pdf, "is_expected", lambda: False)
    copy = order(case, officer)
    assert case_copies.make.call(str(copy.uuid)) == "failed"
    page = client_for(officer).get(address("copies", case)).content.decode()
    assert "PDF files cannot be made on this server." in page


def test_web_does_not_load_what_makes_the_pdf(client_for, officer, case, monkeypatch):
    def load():
        raise AssertionError("Only the worker may load it.")

    monkeypatch.setattr(pdf, "_engine", load)
    browser = client_for(officer)
    assert browser.get(address("copies", case)).status_code == 200
    assert browser.post(address("copy_order", case)).status_code == 302
    assert CaseCopy.objects.get().state == CaseCopy.State.ORDERED


def test_order_page_and_download(pango, client_for, officer, colleague, case):
    browser = client_for(officer)
    page = browser.get(address("copies", case)).content.decode()
    assert "Download the ZIP file" in page
    assert not CaseCopy.objects.exists()
    for _press in range(2):
        assert browser.post(address("copy_order", case)).status_code == 302
    copy = CaseCopy.objects.get()
    assert (copy.with_notes, copy.language, copy.ordered_by) == (False, "en", officer)
    assert "Being made" in browser.get(address("copies", case)).content.decode()
    assert browser.get(address("copy", case, copy.uuid))["Location"] == address("copies", case)
    case_copies.make.call(str(copy.uuid))
    reply = browser.get(address("copy", case, copy.uuid))
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == 'attachment; filename="DEMO-TS-0001.pdf"'
    assert b"".join(reply.streaming_content).startswith(b"%PDF")


def test_copy_of_somebody_else_or_of_another_case_is_not_there(
    pango, client_for, officer, colleague, case, other_case
):
    copy, _content = made(case, officer, with_notes=True)
    assert client_for(colleague).get(address("copy", case, copy.uuid)).status_code == 404
    assert client_for(officer).get(address("copy", other_case, copy.uuid)).status_code == 404
    assert str(copy.uuid) not in client_for(colleague).get(address("copies", case)).content.decode()


def test_draft_is_no_case_to_take_along(client_for, officer, draft):
    for name in ("copies", "archive"):
        assert client_for(officer).get(address(name, draft)).status_code == 404
    assert client_for(officer).post(address("copy_order", draft)).status_code == 404
    assert not Event.objects.filter(verb="case.exported_zip").exists()


def test_company_takes_no_case_along(client_for, mei, case):
    for name in ("copies", "archive"):
        assert client_for(mei).get(address(name, case)).status_code == 403


def test_page_of_copies_costs_the_same_with_three(client_for, officer, case):
    browser = client_for(officer)
    browser.get(address("copies", case))
    counts = []
    for many in (1, 2):
        for _number in range(many):
            CaseCopy.objects.create(
                application=case,
                language="en",
                ordered_by=officer,
                ordered_at=timezone.now(),
                expires_at=timezone.now() + timedelta(days=1),
                left_out=[{"name": "a.docx", "sha256": "0", "reason": "office_file"}],
            )
        with CaptureQueriesContext(connection) as queries:
            assert len(re.findall("a.docx:", browser.get(address("copies", case)).content.decode())) in {1, 3}
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12

"""The store stops in the middle of a file, of a preview, of an archive, or says nothing at all.

A SeaweedFS at the end of a wire that the test cuts: nothing is lost, nothing is half there, and it is said.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from botocore.config import Config
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications import workflow
from applications.models import Application
from applications.submissions import contents, receipts
from portal import pdf
from portal.audit.models import Event
from portal.files import previews, scanning, store, sweeping
from portal.files.models import Preview, StoredFile
from portal.files.refusals import Refused
from portal.settings import s3
from tests.applications.conftest import GOOD, fill_in, make_round, own_section, submit, upload
from tests.applications.test_views import at, flat, words
from tests.files import makers
from tests.services import unavailable

pytestmark = pytest.mark.django_db(transaction=True)
TRY_AGAIN = "could not be uploaded. Your other answers are kept. Try again in a few minutes."
# Much more than fits into the buffers of a connection that was cut after 100 KB.
LARGE = makers.pdf(2) + b"\n%" + b"0123456789abcdef" * 50_000
CUT = 100_000


@pytest.fixture
def wire(private_s3, wire_to, settings):
    """The private store of this test lies behind it."""
    host, _, port = private_s3.endpoint.rpartition("/")[2].partition(":")
    wire = wire_to(host, int(port))
    private = settings.STORAGES["private"]
    impatient = Config(**s3.PATIENCE | {"read_timeout": 1}, signature_version="s3v4")
    options = private["OPTIONS"] | {
        "endpoint_url": f"http://127.0.0.1:{wire.port}",
        "client_config": impatient,
        "transfer_config": s3.TRANSFER,
    }
    settings.STORAGES = {**settings.STORAGES, "private": {**private, "OPTIONS": options}}
    return wire


@pytest.fixture
def draft(wire, mei):
    membership = mei.memberships.select_related("provider", "user").get()
    return workflow.start(make_round(), member=membership)


@pytest.fixture
def owner(draft, mei):
    return mei.memberships.select_related("provider", "user").get()


@pytest.fixture
def company(client_for, mei):
    return client_for(mei)


def judged(stored):
    scanning.scan.call(str(stored.uuid))
    stored.refresh_from_db()
    return stored


def objects():
    return {key for folder in (store.UPLOADS, store.PREVIEWS) for day in store.days(folder)
            for key in store.keys_of(day, folder)}  # fmt: skip


def send(company, draft, content=LARGE):
    slot = draft.form_version.definition["documents"][0]["uid"]
    file = SimpleUploadedFile("plan.pdf", content)
    return company.post(at("upload", draft, slot), {"files": file, "description": "Signed by both"})


def test_upload_that_is_cut_is_told_and_leaves_nothing_and_works_when_the_wire_is_mended(
    wire, company, draft
):
    before = objects()
    wire.cut(sending=CUT)
    told = send(company, draft)
    assert (told.status_code, wire.broken > 0) == (422, True)
    assert f"“plan.pdf” {TRY_AGAIN}" in words(told)
    assert 'value="Signed by both"' in told.content.decode()
    assert not StoredFile.objects.exists() and not draft.document_slots.exists()
    assert not Event.objects.filter(verb="file.received").exists()

    wire.mend()
    assert objects() == before
    assert send(company, draft).status_code == 302
    stored = StoredFile.objects.get()
    assert objects() - before == {stored.key}
    with store.open_key(stored.key) as kept:
        assert kept.read() == LARGE


def test_store_that_says_nothing_is_waited_for_once_and_not_asked_again(wire, company, draft):
    """Twice six seconds by the real limits: the person has the sentence within fifteen."""
    wire.go_dead()
    told = send(company, draft)
    assert told.status_code == 422 and TRY_AGAIN in words(told)
    assert wire.taken == s3.PATIENCE["retries"]["total_max_attempts"]
    assert s3.PATIENCE["read_timeout"] * wire.taken <= 13
    assert not StoredFile.objects.exists()


def test_answers_are_saved_and_handed_in_while_the_store_is_away(wire, company, draft, owner):
    fill_in(draft, owner)
    wire.cut(sending=0)
    section = own_section(draft)["uid"]
    saved = company.post(
        at("section", draft, section),
        {**flat(GOOD | {"summary": "Written meanwhile"}), "version": "1", "is_completed": "yes"},
    )
    assert saved.status_code == 302
    submit(draft, owner)
    assert draft.submissions.get().content["answers"][section]["summary"] == "Written meanwhile"


def test_copies_of_a_receipt_follow_when_the_store_is_back(wire, draft, owner):
    if not pdf.is_available():
        unavailable("Pango", "WeasyPrint could not be loaded")
    fill_in(draft, owner)
    submit(draft, owner)
    received = draft.submissions.get()
    wire.cut(sending=0)
    # The task fails, and so is tried again.
    with pytest.raises(Refused):
        receipts.make_copies.call(str(received.uuid))
    assert not received.copies.exists()
    wire.mend()
    assert receipts.make_copies.call(str(received.uuid)) == 3


@pytest.fixture
def clean(draft, owner):
    return judged(upload(draft, owner, content=LARGE))


def test_download_that_is_cut_is_a_page_and_no_half_file(wire, company, draft, clean):
    address = reverse("applications:download", args=[draft.uuid, clean.uuid])
    wire.cut(answering=CUT)
    told = company.get(address)
    assert (told.status_code, wire.broken > 0) == (503, True)
    assert "This file cannot be opened at the moment. Try again in a few minutes." in words(told)
    assert not Event.objects.filter(verb="file.downloaded").exists()
    wire.mend()
    assert b"".join(company.get(address).streaming_content) == LARGE


def test_use_for_a_second_slot_that_is_cut_is_told(wire, company, draft, clean):
    other = draft.form_version.definition["documents"][1]["uid"]
    wire.cut(answering=CUT)
    told = company.post(at("reuse", draft, other), {"file": str(clean.uuid)})
    assert told.status_code == 422 and TRY_AGAIN in words(told)
    assert StoredFile.objects.get() == clean


def test_verdict_waits_for_the_store(wire, draft, owner):
    stored = upload(draft, owner, content=LARGE)
    wire.cut(answering=CUT)
    assert judged(stored).state == "error"
    wire.mend()
    assert judged(stored).state == "clean"


def test_pictures_that_are_cut_are_made_again_whole_and_the_half_ones_are_swept(wire, clean, monkeypatch):
    before = objects()
    saved = []
    keep = store.save

    def second_is_cut(key, file):
        if saved:
            wire.cut(sending=0)
        saved.append(key)
        keep(key, file)

    monkeypatch.setattr(store, "save", second_is_cut)
    with pytest.raises(store.StoreUnavailable):
        previews.make.call(str(clean.uuid))
    assert len(saved) == 2 and not Preview.objects.exists()

    wire.mend()
    monkeypatch.setattr(store, "save", keep)
    assert previews.make.call(str(clean.uuid)) == 2
    pictures = set(Preview.objects.values_list("key", flat=True))
    assert objects() - before == pictures | {saved[0]}
    monkeypatch.setattr(sweeping, "GRACE", timedelta(seconds=-5))
    sweeping.sweep_orphans()
    assert objects() - before == pictures


def test_archive_names_the_document_that_was_cut_and_is_whole_itself(wire, client_for, officer, draft, owner):
    fill_in(draft, owner)
    judged(upload(draft, owner, name="large.pdf", content=LARGE))
    for stored in contents.files_of(draft):
        judged(stored)
    submit(draft, owner)
    wire.cut(answering=CUT)
    reply = client_for(officer).get(reverse("cases:archive", args=[draft.uuid]))
    found = zipfile.ZipFile(io.BytesIO(b"".join(reply.streaming_content)))
    assert found.testzip() is None and wire.broken
    root = f"{Application.objects.get().reference}/"
    manifest = json.loads(found.read(f"{root}manifest.json"))
    assert [(each["original_name"], each["reason"]) for each in manifest["missing"]] == [
        ("large.pdf", "unavailable")
    ]
    assert [name for name in found.namelist() if name.endswith(".pdf")] == [
        f"{root}documents/01 Certificate/certificate 0.pdf"
    ]
    assert "The file store did not give it." in found.read(f"{root}index.html").decode()


def test_tombstone_of_a_file_removed_during_an_outage_loses_its_bytes_later(wire, company, draft, clean):
    wire.cut(sending=0)
    assert company.post(at("file_remove", draft, clean.uuid)).status_code == 302
    clean.refresh_from_db()
    assert (clean.state, clean.bytes_deleted_at) == ("removed", None)
    wire.mend()
    assert sweeping.sweep_tombstones() == 1
    assert not storages["private"].exists(clean.key)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-hant", "未能上載「圖.pdf」。你的其他答案已經保留。請於數分鐘後再試。"),
        ("zh-hans", "未能上传“圖.pdf”。您的其他答案已经保留。请在几分钟后重试。"),
    ],
)
def test_refusal_is_said_in_the_language_of_the_page(wire, company, draft, language, sentence):
    wire.cut(sending=0)
    slot = draft.form_version.definition["documents"][0]["uid"]
    file = SimpleUploadedFile("圖.pdf", LARGE)
    assert sentence in words(company.post(at("upload", draft, slot, language=language), {"files": file}))

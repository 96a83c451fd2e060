"""Copies of a case with what was asked and answered, and with the office's own work where it may be."""

import hashlib
import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation

from applications import rounds
from applications.desk import case_record, checklist, visits
from applications.models import CaseCopy, SiteVisit
from applications.submissions import presenting
from applications.support import threads
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.files import scanning
from portal.files.models import StoredFile
from tests.applications.clarifications.clarification import ask, hand_in, reply
from tests.applications.desk.test_case_copies import address, archive_of, made, pango, text_of  # noqa: F401
from tests.files import makers

pytestmark = pytest.mark.django_db
ROOT = "DEMO-TS-0001/"
FINDINGS, VERDICT, PLACE = "Marker two lines run", "Marker stamp unreadable", "Marker Works, Dongguan"
QUESTION, REPLY, ASKED, ANSWERED = (
    "Why section?",
    "Marker our reply 𨋢",
    "Marker may we ask",
    "Marker yes you may",
)
UNSENT = "Marker reply that was never handed in"
INTERNAL, LETTERS = (FINDINGS, VERDICT, PLACE), (REPLY, ASKED, ANSWERED, QUESTION)


@pytest.fixture
def worked(case, officer, mei):
    """Clarified, asked about, checked and visited; a second clarification is open with an unsent reply."""
    member = membership_of(mei)
    uid = case.form_version.definition["sections"][-1]["uid"]
    ask(case, officer, ("section", uid))
    reply(case, REPLY, member)
    hand_in(case, member)
    case.refresh_from_db()
    ask(case, officer, ("section", uid))
    reply(case, UNSENT, member)
    thread = threads.ask(case, member=member, place=uid, text=ASKED, key=uuid4(), language="en")
    threads.answer(thread, officer=officer, text=ANSWERED, key=uuid4())
    item = case.check_items.first()
    verdict = checklist.Verdict(item.uuid, "failed", VERDICT, checklist.mark(item.state, item.note))
    checklist.save(case, [verdict], officer=officer)
    now = rounds.database_now()
    visit = visits.plan(case, visits.Plan(now, PLACE, "Officer"), officer=officer)
    report = visits.Report(now, PLACE, "Officer", FINDINGS, SiteVisit.Result.PARTLY)
    visits.report(visit, report, base_version=1, officer=officer)
    for name in ("line.jpg", "line.jpg"):
        stored = visits.add_photo(visit, SimpleUploadedFile(name, makers.jpg(300, 200)), officer=officer)
        scanning.scan.call(str(stored.uuid))
    visits.add_photo(visit, SimpleUploadedFile("unchecked.png", makers.png()), officer=officer)
    case.refresh_from_db()
    return case


def all_text(found):
    texts = (name for name in found.namelist() if name.endswith((".html", ".json", ".txt")))
    return "".join(found.read(name).decode() for name in texts)


def test_zip_holds_letters_checklist_and_visits_with_their_photos(client_for, officer, worked):
    found = archive_of(client_for(officer).get(address("archive", worked)))
    beside = {name.removeprefix(ROOT) for name in found.namelist() if "submission" not in name}
    assert beside == {
        *("index.html", "style.css", "manifest.json", "SHA256SUMS.txt"),
        *("letters.html", "letters.json", "documents/01 Certificate/certificate.pdf"),
        *("office/internal.html", "office/internal.json", "office/style.css"),
        *("office/visit 1/line.jpg", "office/visit 1/line (2).jpg"),
    }
    letters, internal = (found.read(f"{ROOT}{name}.html").decode() for name in ("letters", "office/internal"))
    for marker in LETTERS:
        assert marker in letters and marker not in internal
    for marker in INTERNAL:
        assert marker in internal and marker not in letters
    assert UNSENT not in all_text(found), "what the company has not handed in is its own"
    told = json.loads(found.read(f"{ROOT}letters.json"))
    assert [each["places"][0]["reply"] for each in told["clarifications"]] == [REPLY, ""]
    assert [each["from"] for each in told["threads"][0]["messages"]] == ["company", "office"]
    visit = json.loads(found.read(f"{ROOT}office/internal.json"))["visits"][0]
    assert (visit["findings"], visit["result"], len(visit["photos"])) == (FINDINGS, "partly", 3)


def test_manifest_lists_the_fingerprint_of_every_original(client_for, officer, worked):
    found = archive_of(client_for(officer).get(address("archive", worked)))
    manifest = json.loads(found.read(f"{ROOT}manifest.json"))
    assert [(each["name"], each.get("visit")) for each in manifest["files"]] == [
        ("documents/01 Certificate/certificate.pdf", None),
        ("office/visit 1/line.jpg", 1),
        ("office/visit 1/line (2).jpg", 1),
    ]
    for each in manifest["files"]:
        assert hashlib.sha256(found.read(ROOT + each["name"])).hexdigest() == each["sha256"]
    assert [(each["original_name"], each["reason"]) for each in manifest["missing"]] == [
        ("unchecked.png", "pending")
    ]
    sums = dict(
        reversed(line.split("  ", 1)) for line in found.read(f"{ROOT}SHA256SUMS.txt").decode().splitlines()
    )
    assert set(sums) == {name.removeprefix(ROOT) for name in found.namelist()} - {"SHA256SUMS.txt"}


def test_zip_without_what_is_internal_holds_none_of_it(client_for, officer, worked):
    found = archive_of(client_for(officer).get(f"{address('archive', worked)}?without=internal"))
    assert not [name for name in found.namelist() if "office" in name or name.endswith("jpg")]
    text = all_text(found)
    assert all(marker in text for marker in LETTERS)
    assert not [marker for marker in INTERNAL if marker in text]
    assert Event.objects.get(verb="case.exported_zip").changed == []


def test_pdf_holds_letters_and_what_is_internal_only_where_asked_for(pango, officer, worked):  # noqa: F811
    copy, content = made(worked, officer)
    text = text_of(content)
    assert all(marker in text for marker in (REPLY, ASKED, ANSWERED))
    assert not [marker for marker in (*INTERNAL, UNSENT) if marker in text]
    assert copy.left_out == []
    copy, content = made(worked, officer, with_notes=True)
    text = text_of(content)
    assert all(marker in text for marker in (*INTERNAL, REPLY, ANSWERED)) and UNSENT not in text
    assert text.count("Site visit 1,") == 2, "a page before each photo"
    assert [each["name"] for each in copy.left_out] == ["unchecked.png"]


def test_companys_own_copies_hold_nothing_internal(pango, client_for, mei, worked):  # noqa: F811
    browser = client_for(mei)
    for name in ("archive", "copies"):
        assert browser.get(address(name, worked)).status_code == 403
    newest = worked.submissions.latest("number")
    pages = [f"/en/apply/{worked.uuid}/", f"/en/apply/{worked.uuid}/receipts/{newest.number}/"]
    shown = "".join(browser.get(page, follow=True).content.decode() for page in pages)
    assert not [marker for marker in INTERNAL if marker in shown]


def test_pdf_goes_when_a_photo_in_it_is_found_bad(pango, officer, worked, monkeypatch):  # noqa: F811
    made(worked, officer, with_notes=True)
    photo = StoredFile.objects.filter(original_name="line.jpg").first()
    infected = StoredFile.State.INFECTED, "infected", StoredFile.CheckedBy.CLAMD
    monkeypatch.setattr(scanning, "_judge", lambda stored: infected)
    assert scanning.scan.call(str(photo.uuid)) == "infected"
    assert not CaseCopy.objects.exists()


@pytest.mark.parametrize(("language", "word"), [("zh-hant", "實地考察"), ("zh-hans", "实地考察")])
def test_parts_speak_the_language_of_the_copy(worked, language, word):
    record = case_record.read(worked, with_internal=True)
    assert word in case_record.html(record, case_record.INTERNAL, language=language)


def test_chinese_copy_has_chinese_commas(worked):
    record = case_record.read(worked, with_internal=True)
    for part in (case_record.LETTERS, case_record.INTERNAL):
        page = case_record.html(record, part, language="zh-hant")
        assert "，20" in page
        assert ", 20" not in page


def test_table_of_rows_names_its_columns_on_paper():
    row = presenting.Row(
        label="Referees", heads=["Factory", "Name"], lines=[["Works 𨋢", "Chan"], ["", "Lee"]]
    )
    for language, told in (
        ("en", "Factory: Works 𨋢 · Name: Chan\nName: Lee"),
        ("zh-hant", "Factory：Works 𨋢 · Name：Chan\nName：Lee"),
    ):
        with translation.override(language):
            assert told in render_to_string("applications/receipt_copy_rows.html", {"rows": [row]})

import io
import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.audit.models import Event
from portal.files import checks, clamd, intake, scanning, structure, verdicts
from portal.files.models import StoredFile
from portal.files.policy import MAX_FILE_SIZE, MEGABYTE
from tests.files import corpus, makers
from tests.services.clamd import EICAR

pytestmark = pytest.mark.django_db
State = StoredFile.State


@pytest.fixture
def scanner(clamd, settings):
    settings.SCANNER = str(clamd.socket)
    settings.SCANNER_TIMEOUT = timedelta(seconds=10)
    return clamd


def judge(stored):
    scanning.scan.call(str(stored.uuid))
    stored.refresh_from_db()
    return stored


INFECTED = {
    "appended.pdf": lambda: makers.pdf() + EICAR,
    "part.docx": lambda: makers.office(extra={"word/media/x.bin": EICAR}),
    "stored-part.xlsx": lambda: makers.office("xlsx", {"xl/media/x.bin": EICAR}, compression=0),
    "inner.docx": lambda: makers.office(extra={"word/embeddings/i.docx": makers.office(extra={"x": EICAR})}),
}


@pytest.mark.parametrize("name", INFECTED)
def test_infected_file_is_found_and_everybody_who_asked_is_told(
    name, receive, folder_store, scanner, monkeypatch
):
    told = []
    monkeypatch.setattr(verdicts, "_listeners", [told.append])
    stored = judge(receive(name, INFECTED[name]()))
    assert (stored.state, stored.reason, stored.checked_by) == (State.INFECTED, "infected", "clamd")
    assert told == [stored]
    event = Event.objects.get(object_uuid=stored.uuid, verb="file.checked")
    assert (event.from_state, event.to_state, event.actor_uuid) == ("pending", "infected", None)


def test_file_that_a_busy_machine_had_no_time_for_is_looked_at_again(receive, folder_store, monkeypatch):
    stored = receive("a.pdf", makers.pdf())
    monkeypatch.setattr(structure, "inspect", partial(structure.inspect, timeout=0.001))

    judge(stored)

    assert (stored.state, stored.reason, stored.checked_by) == (
        State.ERROR,
        "",
        StoredFile.CheckedBy.NOBODY,
    )
    monkeypatch.undo()
    assert judge(stored).state == State.CLEAN


@pytest.mark.parametrize("case", corpus.GOOD, ids=lambda case: case.id)
def test_good_file_passes_the_scanner(case, receive, folder_store, scanner):
    stored = judge(receive(case.name, case.make()))
    assert (stored.state, stored.checked_by) == (State.CLEAN, "clamd")


def test_scanner_reads_from_s3_too(receive, private_s3, scanner):
    assert judge(receive("a.pdf", makers.pdf())).state == State.CLEAN
    assert judge(receive("b.pdf", makers.pdf() + EICAR)).state == State.INFECTED


def test_without_a_scanner_structure_alone_is_said_to_have_been_checked(receive, folder_store, settings):
    settings.SCANNER = None
    stored = judge(receive("a.pdf", makers.pdf()))
    assert (stored.state, stored.get_checked_by_display()) == (
        State.CLEAN,
        "Structure only, not virus-scanned",
    )


@pytest.mark.django_db(transaction=True)
def test_worker_takes_the_check_from_the_queue(receive, folder_store, scanner):
    stored = receive("a.pdf", makers.pdf())
    call_command("db_worker", "--batch", "--queue-name", "*", verbosity=0)
    stored.refresh_from_db()
    assert stored.state == State.CLEAN
    assert stored.previews.count() == 1


def test_scanner_that_is_away_leaves_the_file_unjudged_and_the_clock_tries_again(
    receive, folder_store, scanner
):
    stored = receive("a.pdf", makers.pdf())
    scanner.stop()
    assert judge(stored).state == State.ERROR
    assert scanning.retry_unfinished() == 0
    StoredFile.objects.update(checked_at=timezone.now() - timedelta(minutes=3))
    assert scanning.retry_unfinished() == 1
    stored.refresh_from_db()
    assert stored.state == State.PENDING
    scanner.start()
    assert judge(stored).state == State.CLEAN


def test_check_whose_task_was_lost_is_started_again(receive, folder_store):
    receive("a.pdf", makers.pdf())
    assert scanning.retry_unfinished() == 0
    StoredFile.objects.update(uploaded_at=timezone.now() - timedelta(minutes=16))
    assert scanning.retry_unfinished() == 1


def test_file_that_new_signatures_find_turns_from_clean_to_infected(receive, folder_store, scanner, settings):
    settings.SCANNER = None
    stored = judge(receive("a.pdf", makers.pdf() + EICAR))
    assert stored.state == State.CLEAN
    settings.SCANNER = str(scanner.socket)
    assert scanning.rescan(checked_before=timezone.now(), owner_uuids=[stored.owner_uuid]) == 1
    assert judge(stored).state == State.INFECTED


def test_files_are_looked_at_again_each_day_after_new_uploads(receive, folder_store, settings, monkeypatch):
    """Some at a time, the longest unseen first, and none while checks are waiting or there is no scanner."""
    files = [judge(receive(f"{number}.pdf", makers.pdf())) for number in range(3)]
    DBTaskResult.objects.all().delete()
    for number, stored in enumerate(files):
        seen = timezone.now() - timedelta(hours=(20, 30, 50)[number])
        StoredFile.objects.filter(pk=stored.pk).update(checked_at=seen)
    monkeypatch.setattr(scanning, "RESCAN_AT_ONCE", 1)
    assert scanning.rescan_due() == 0
    settings.SCANNER = "127.0.0.1:1"
    assert scanning.rescan_due() == 1
    queued = DBTaskResult.objects.get()
    assert queued.args_kwargs["args"] == [str(files[2].uuid)]
    assert queued.priority < 0
    assert scanning.rescan_due() == 0
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(scanning, "RESCAN_AT_ONCE", 10)
    assert scanning.rescan_due() == 2


def test_what_the_portal_made_is_not_looked_at_again(folder_store, settings):
    settings.SCANNER = "127.0.0.1:1"
    with io.BytesIO(b"%PDF") as made:
        stored = intake.keep_made(
            made, name="a.pdf", type_code="pdf", owner_kind="case_copy", owner_uuid=uuid.uuid4(), slot="pdf"
        )
    StoredFile.objects.filter(pk=stored.pk).update(checked_at=timezone.now() - timedelta(days=9))
    assert scanning.rescan_due() == 0


def test_clean_file_stays_clean_while_the_scanner_is_away(receive, folder_store, scanner):
    stored = judge(receive("a.pdf", makers.pdf()))
    scanner.stop()
    assert judge(stored).state == State.CLEAN


def test_bytes_that_changed_in_the_store_are_never_clean(receive, folder_store):
    stored = receive("a.pdf", makers.pdf())
    (folder_store / stored.key).write_bytes(makers.EXE)
    assert (judge(stored).state, stored.reason) == (State.REJECTED, "mismatch")


def test_store_that_lost_the_bytes_is_an_error_and_no_verdict(receive, store_kind):
    stored = receive("a.pdf", makers.pdf())
    storages["private"].delete(stored.key)
    assert judge(stored).state == State.ERROR


def test_verdict_on_a_removed_file_changes_nothing(receive, mei, folder_store):
    stored = receive("a.pdf", makers.pdf())
    intake.remove(stored, user=mei)
    assert judge(stored).state == State.REMOVED


def test_scanner_alone_would_pass_what_lies_behind_its_own_limit(scanner, tmp_path):
    """Why our largest upload must lie below MaxFileSize: 64 MB in this configuration."""
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.write(b"\0" * (70 * MEGABYTE) + EICAR)
    with big.open("rb") as file, pytest.raises(clamd.ScannerUnavailable):
        clamd.scan(file, address=str(scanner.socket), timeout=20)
    with big.open("wb") as file:
        file.write(b"\0" * (MAX_FILE_SIZE - len(EICAR)) + EICAR)
    with big.open("rb") as file:
        assert clamd.scan(file, address=str(scanner.socket), timeout=20).startswith("Test.Eicar.Body")


def test_member_of_an_archive_over_the_scanners_limit_never_reaches_it(receive, folder_store, scanner):
    """clamd answers OK for it (pull request 1832); our own look into the archive refuses it."""
    content = makers.office(extra={"word/media/x.bin": b"\0" * (70 * MEGABYTE) + EICAR})
    with pytest.raises(intake.Refused) as caught:
        receive("a.docx", content)
    assert caught.value.code == "unsafe"


@pytest.mark.parametrize(
    "answer", [b"stream: OK but not really\0", b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0", b"OK\0"]
)
def test_only_the_literal_verdict_counts_as_clean(answer, one_answer):
    with pytest.raises(clamd.ScannerUnavailable):
        clamd.scan(makers.io.BytesIO(b"x"), address=one_answer(answer), timeout=3)


def test_literal_verdicts(one_answer):
    assert clamd.scan(makers.io.BytesIO(b"x"), address=one_answer(b"stream: OK\0"), timeout=3) == ""
    found = clamd.scan(makers.io.BytesIO(b"x"), address=one_answer(b"stream: A.B FOUND\0"), timeout=3)
    assert found == "A.B"


def test_limits_of_the_scanner_must_lie_above_ours(settings):
    assert checks.scanner_limits(None) == []
    settings.SCANNER_LIMITS = {"MaxFileSize": MAX_FILE_SIZE, "StreamMaxLength": 60 * MEGABYTE}
    assert [error.id for error in checks.scanner_limits(None)] == ["files.E001"]

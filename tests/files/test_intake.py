import hashlib
import io

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from portal.audit.models import Event
from portal.files import intake, refusals, store, structure
from portal.files.models import StoredFile
from portal.files.policy import MEGABYTE, SlotPolicy
from portal.files.refusals import Refused
from tests.files import corpus, makers
from tests.services.verdicts import remembered


@pytest.fixture(autouse=True)
def looked_into_once(monkeypatch):
    """What a file holds does not depend on where it is kept."""
    monkeypatch.setattr(structure, "check", remembered(structure.check))


def objects_in_store():
    return [key for day in store.days() for key in store.keys_of(day)]


@pytest.mark.parametrize("case", corpus.GOOD, ids=lambda case: case.id)
def test_good_file_is_stored_whole_and_waits_for_its_check(case, receive, store_kind, db):
    content = case.make()
    stored = receive(case.name, content)
    stored.refresh_from_db()
    assert stored.state == StoredFile.State.PENDING
    assert stored.original_name == case.name
    assert stored.size == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.flags == []
    with storages["private"].open(stored.key) as kept:
        assert kept.read() == content
    event = Event.objects.get(object_uuid=stored.uuid)
    assert (event.verb, event.hashes) == ("file.received", {"sha256": stored.sha256})


@pytest.mark.parametrize("case", corpus.FLAGGED, ids=lambda case: case.id)
def test_file_that_could_act_is_taken_and_flagged(case, receive, folder_store, db):
    assert receive(case.name, case.make()).flags == list(case.flags)


@pytest.mark.parametrize("case", corpus.HOSTILE, ids=lambda case: case.id)
def test_hostile_file_is_refused_in_plain_words_and_leaves_nothing(case, receive, store_kind, db):
    before = set(objects_in_store())
    with pytest.raises(Refused) as caught:
        receive(case.name, case.make())
    assert caught.value.code == case.code
    shown = case.name.replace("\0", "")
    for language, sentence in corpus.SENTENCES[case.code].items():
        with translation.override(language):
            assert str(caught.value) == sentence.format(
                name=shown, types=corpus.ANY_TYPE[language], size="20 MB", count=50
            )
    assert not StoredFile.objects.exists()
    assert set(objects_in_store()) == before


def test_every_refusal_has_its_sentence_in_the_corpus():
    assert set(corpus.SENTENCES) == set(refusals.MESSAGES)


@pytest.mark.parametrize(("given", "shown"), corpus.NAMES)
def test_name_is_cleaned_for_showing_and_never_used_as_a_path(given, shown, receive, folder_store, db):
    stored = receive(given, makers.pdf())
    assert stored.original_name == shown
    assert stored.key.startswith("uploads/") and len(stored.key.rpartition("/")[2]) == 32
    assert [path.name for path in folder_store.rglob("*") if path.is_file()] == [
        stored.key.rpartition("/")[2]
    ]


def test_no_file_chosen(slot, mei, db):
    with pytest.raises(Refused) as caught:
        intake.receive(None, **slot, policy=SlotPolicy(), user=mei)
    for language, sentence in corpus.SENTENCES["none_chosen"].items():
        with translation.override(language):
            assert str(caught.value) == sentence


def test_slot_takes_only_its_own_types_and_size(receive, folder_store, db):
    policy = SlotPolicy(types=("pdf",), max_size=2 * MEGABYTE)
    with pytest.raises(Refused) as caught:
        receive("photo.jpg", makers.jpg(), policy=policy)
    assert str(caught.value) == "“photo.jpg” is not a type we can take. Choose a file of type PDF."
    with pytest.raises(Refused) as caught:
        receive("big.pdf", makers.pdf() + b"\0" * 2 * MEGABYTE, policy=policy)
    assert str(caught.value) == "“big.pdf” is too big. The file must be no larger than 2 MB."


def test_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(receive, folder_store, db):
    image = makers.jpg()
    exact = image + b"\0" * (MEGABYTE - len(image))
    policy = SlotPolicy(max_size=MEGABYTE, max_count=2)
    assert receive("a.jpg", exact, policy=policy).size == MEGABYTE
    with pytest.raises(Refused) as caught:
        receive("a.jpg", exact + b"\0", policy=policy)
    assert caught.value.code == "too_big"


def test_size_that_was_understated_is_noticed_while_reading(slot, mei, folder_store, db):
    upload = SimpleUploadedFile("a.pdf", b"")
    upload.file, upload.size = io.BytesIO(makers.pdf() + b"\0" * 3 * MEGABYTE), 10
    with pytest.raises(Refused) as caught:
        intake.receive(upload, **slot, policy=SlotPolicy(max_size=MEGABYTE), user=mei)
    assert caught.value.code == "too_big"


def test_slot_that_is_full_refuses_and_removing_makes_room(receive, mei, folder_store, db):
    policy = SlotPolicy(max_count=2)
    first, _second = (
        receive("a.pdf", makers.pdf(), policy=policy),
        receive("a.pdf", makers.pdf(2), policy=policy),
    )
    with pytest.raises(Refused) as caught:
        receive("c.pdf", makers.pdf(), policy=policy)
    assert caught.value.code == "too_many"
    assert len(objects_in_store()) == 2
    intake.remove(first, user=mei)
    assert receive("c.pdf", makers.pdf(), policy=policy).state == StoredFile.State.PENDING


@pytest.mark.django_db(transaction=True)
def test_removed_file_leaves_a_tombstone_without_bytes(receive, mei, store_kind):
    stored = receive("a.pdf", makers.pdf())
    intake.remove(stored, user=mei)
    assert (stored.state, storages["private"].exists(stored.key)) == (StoredFile.State.REMOVED, False)
    assert stored.removed_at and stored.bytes_deleted_at
    intake.remove(stored, user=mei)
    assert [e.verb for e in Event.objects.filter(object_uuid=stored.uuid)] == [
        "file.received",
        "file.removed",
    ]


@pytest.mark.django_db(transaction=True)
def test_removal_that_is_rolled_back_keeps_the_bytes(receive, mei, folder_store):
    stored = receive("a.pdf", makers.pdf())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        intake.remove(stored, user=mei)
        raise ZeroDivisionError
    stored.refresh_from_db()
    assert (stored.state, storages["private"].exists(stored.key)) == (StoredFile.State.PENDING, True)


def test_guard_that_objects_leaves_neither_row_nor_bytes(receive, folder_store, db):
    class Closed(Exception):
        pass

    def guard():
        raise Closed

    with pytest.raises(Closed):
        receive("a.pdf", makers.pdf(), guard=guard)
    assert not StoredFile.objects.exists() and objects_in_store() == []


@pytest.mark.django_db(transaction=True)
def test_receiving_inside_a_transaction_is_a_mistake_that_shows(receive, folder_store):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        receive("a.pdf", makers.pdf())
    assert objects_in_store() == []


def test_file_is_reused_for_a_second_slot_with_bytes_of_its_own(receive, slot, mei, store_kind, db):
    stored = receive("a.pdf", makers.pdf(), description="The  licence")
    twin = intake.copy_to_slot(stored, **{**slot, "slot": "other"}, policy=SlotPolicy(), user=mei)
    assert (twin.sha256, twin.description, twin.slot) == (stored.sha256, "The licence", "other")
    assert twin.key != stored.key
    intake.delete_bytes(stored.pk)
    with storages["private"].open(twin.key) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == twin.sha256


def test_reuse_keeps_to_the_rules_of_the_second_slot(receive, slot, mei, folder_store, db):
    stored = receive("a.pdf", makers.pdf())
    with pytest.raises(Refused) as caught:
        intake.copy_to_slot(stored, **{**slot, "slot": "b"}, policy=SlotPolicy(types=("jpg",)), user=mei)
    assert caught.value.code == "wrong_type"


def test_same_file_twice_and_same_name_with_other_bytes_are_rows_of_their_own(receive, folder_store, db):
    content = makers.pdf()
    rows = [receive("a.pdf", content), receive("a.pdf", content), receive("a.pdf", makers.pdf(2))]
    assert len({row.key for row in rows}) == 3
    assert len({row.sha256 for row in rows}) == 2

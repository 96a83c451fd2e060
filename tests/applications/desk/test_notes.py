"""Internal notes: who may write and change them, and that no company ever reads one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from applications.desk import notes
from applications.models import InternalNote
from portal.mail.models import Message

MARKER = "Demo Internal Marker 7531"


def address(case, note=None):
    return (
        reverse("cases:note", args=[case.uuid, note.uuid])
        if note
        else reverse("cases:notes", args=[case.uuid])
    )


@pytest.fixture
def note(case, officer):
    return notes.write(case, author=officer, text="First words.")


def age(note, minutes):
    before = note.created_at - timedelta(minutes=minutes)
    InternalNote.objects.filter(pk=note.pk).update(created_at=before)


def test_note_is_kept_as_typed_and_mails_nobody(client_for, officer, case):
    mails = Message.objects.count()

    answer = client_for(officer).post(address(case), {"text": " A\r\nB 𨋢 <i> ", "key": str(uuid4())})

    kept = case.notes.get()
    assert (kept.text, kept.author) == ("A\nB 𨋢 <i>", officer)
    assert answer.url == address(case)
    assert "𨋢 &lt;i&gt;" in client_for(officer).get(address(case)).content.decode()
    assert Message.objects.count() == mails


def test_double_click_makes_one_note(client_for, officer, case):
    data = {"text": "Once.", "key": str(uuid4())}
    client = client_for(officer)

    client.post(address(case), data)
    client.post(address(case), data)

    assert case.notes.count() == 1


def test_key_of_somebody_elses_note_finds_nothing(officer, colleague, case, other_case, note):
    for author, where in ((colleague, case), (officer, other_case)):
        made = notes.write(where, author=author, text="Mine.", key=note.uuid)
        assert made.uuid != note.uuid
        assert made.application == where
    note.refresh_from_db()
    assert note.text == "First words."


@pytest.mark.parametrize(
    ("text", "sentence"), [("  ", "Write the note first."), ("字" * 5001, "5000 characters")]
)
def test_refused_note_stays_in_the_form(client_for, officer, case, text, sentence):
    answer = client_for(officer).post(address(case), {"text": text})

    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("5,000", "5000")
    assert text.strip() in answer.content.decode()
    assert not case.notes.exists()


def test_own_note_can_be_changed_for_fifteen_minutes(client_for, officer, case, note):
    client = client_for(officer)
    age(note, 14)
    assert "Change<span" in client.get(address(case)).content.decode()

    client.post(address(case, note), {"text": "Better words.", "version": "1"})

    note.refresh_from_db()
    assert (note.text, note.version) == ("Better words.", 2)
    assert note.edited_at is not None


def test_later_the_text_typed_stands_in_the_form_for_a_new_note(client_for, officer, case, note):
    age(note, 16)
    client = client_for(officer)
    assert "Change<span" not in client.get(address(case)).content.decode()
    assert client.get(address(case, note)).status_code == 302

    answer = client.post(address(case, note), {"text": "Better words.", "version": "1"})

    note.refresh_from_db()
    assert answer.status_code == 409
    assert note.text == "First words."
    assert "Better words.</textarea>" in answer.content.decode()


def test_second_window_sees_both_texts(client_for, officer, case, note):
    client = client_for(officer)
    client.post(address(case, note), {"text": "From one window.", "version": "1"})

    answer = client.post(address(case, note), {"text": "From the other.", "version": "1"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "From one window." in page and "From the other." in page
    client.post(address(case, note), {"text": "From the other.", "version": "2"})
    note.refresh_from_db()
    assert note.text == "From the other."


def test_nobody_changes_somebody_elses_note(client_for, colleague, auditor, mei, assessor, case, note):
    for user in (colleague, auditor, mei, assessor):
        assert client_for(user).get(address(case, note)).status_code == 403
        assert client_for(user).post(address(case, note), {"text": "x", "version": "1"}).status_code == 403
    note.refresh_from_db()
    assert note.text == "First words."


def test_note_is_found_under_its_own_case_only(client_for, officer, other_case, note):
    assert client_for(officer).get(address(other_case, note)).status_code == 404


def test_readers_of_the_office_read_and_do_not_write(client_for, auditor, releaser, case, note):
    for user in (auditor, releaser):
        page = client_for(user).get(address(case)).content.decode().split("<main")[1]
        assert "First words." in page
        assert "<textarea" not in page
        assert client_for(user).post(address(case), {"text": "x"}).status_code == 403
    assert case.notes.count() == 1


def test_company_and_assessor_never_meet_a_note(client_for, officer, mei, ken, assessor, case):
    notes.write(case, author=officer, text=MARKER)

    for user in (mei, ken, assessor):
        assert client_for(user).get(address(case)).status_code == 403
    client = client_for(mei)
    pages = [
        reverse("applications:dashboard"),
        reverse("applications:application", args=[case.uuid]),
        reverse("applications:receipt", args=[case.uuid, 1]),
    ]
    assert not any(MARKER in client.get(page).content.decode() for page in pages)
    assert not Message.objects.filter(body__contains=MARKER).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_with_any_number_of_notes(
    client_for, officer, case, count, django_assert_num_queries
):
    for number in range(count):
        notes.write(case, author=officer, text=f"Note {number}")
    client = client_for(officer)
    client.get(address(case))

    with django_assert_num_queries(11):
        client.get(address(case))

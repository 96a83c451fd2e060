"""The documents of a case: downloads and pictures go through the case, and only through its own."""

import pytest
from django.urls import reverse

from applications import workflow
from portal.audit.models import Event
from portal.files import previews
from portal.files.models import StoredFile
from tests.applications.desk.handing_in import upload


@pytest.fixture
def stored(case):
    """Two pages, drawn as the worker draws them."""
    stored = StoredFile.objects.get(owner_uuid=case.uuid)
    assert previews.make.call(str(stored.uuid)) == 2
    return stored


def file_url(case, stored):
    return reverse("cases:file", args=[case.uuid, stored.uuid])


def page_url(case, stored, number=1):
    return reverse("cases:page", args=[case.uuid, stored.uuid, number])


def picture_url(case, stored, number=1):
    return reverse("cases:picture", args=[case.uuid, stored.uuid, number])


def statuses(client, case, stored):
    """Status of all three, each read to its end, which closes the file."""
    answers = [client.get(url) for url in all_urls(case, stored)]
    for answer in answers:
        b"".join(answer)
    return [answer.status_code for answer in answers]


def all_urls(case, stored):
    return [make(case, stored) for make in (file_url, page_url, picture_url)]


def test_download_is_an_attachment_and_leaves_a_trace(client_for, officer, case, stored):
    answer = client_for(officer).get(file_url(case, stored))

    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    newest = Event.objects.latest("id")
    assert (newest.verb, newest.object_uuid, newest.actor_uuid) == (
        "file.downloaded",
        stored.uuid,
        officer.uuid,
    )


def test_pictures_turn_page_by_page_without_script(client_for, officer, case, stored):
    client = client_for(officer)

    first = client.get(page_url(case, stored)).content.decode()
    second = client.get(page_url(case, stored, 2)).content.decode()

    assert f'src="{picture_url(case, stored)}"' in first
    assert "Page 1 of 2" in first
    assert page_url(case, stored, 2) in first
    assert "Previous page" not in first
    assert page_url(case, stored, 1) in second
    assert "Next page" not in second
    assert client.get(page_url(case, stored, 3)).status_code == 404
    assert client.get(page_url(case, stored, 0)).status_code == 404


def test_picture_is_a_png_that_no_cache_keeps(client_for, officer, case, stored):
    answer = client_for(officer).get(picture_url(case, stored))

    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "no-store"
    assert client_for(officer).get(picture_url(case, stored, 9)).status_code == 404


def test_list_of_documents_links_to_pictures_only_where_there_are_some(client_for, officer, case, stored):
    client = client_for(officer)
    url = reverse("cases:documents", args=[case.uuid])
    assert page_url(case, stored) in client.get(url).content.decode()

    stored.previews.all().delete()

    page = client.get(url).content.decode()
    assert page_url(case, stored) not in page
    assert file_url(case, stored) in page


@pytest.mark.parametrize("state", ["pending", "infected", "rejected", "removed", "error"])
def test_nothing_but_a_clean_file_leaves(client_for, officer, case, stored, state):
    StoredFile.objects.filter(pk=stored.pk).update(state=state)
    client = client_for(officer)

    for url in (file_url(case, stored), picture_url(case, stored)):
        answer = client.get(url)
        assert answer.status_code in {409, 410}
        assert not answer.streaming
    assert (
        file_url(case, stored)
        not in client.get(reverse("cases:documents", args=[case.uuid])).content.decode()
    )


def test_files_of_another_case_are_not_there(client_for, officer, case, other_case, stored):
    client = client_for(officer)

    assert statuses(client, other_case, stored) == [404] * 3
    assert statuses(client, case, stored) == [200] * 3


def test_what_was_uploaded_after_submission_is_not_the_offices(client_for, officer, mei, case, stored):
    membership = mei.memberships.select_related("provider", "user").get()
    workflow.start_verification(case, officer=officer)
    late = upload(case, membership, stored.slot, "unseen-later.pdf")
    client = client_for(officer)

    assert client.get(file_url(case, late)).status_code == 404
    assert "unseen-later" not in client.get(reverse("cases:documents", args=[case.uuid])).content.decode()


def test_readers_download_and_nobody_else(
    client,
    client_for,
    case,
    stored,
    auditor,
    releaser,
    root,
    organiser,
    editor,
    assessor,
    mei,
    otto,
    stranger,
):
    for user in (auditor, releaser, root):
        assert statuses(client_for(user), case, stored) == [200] * 3, user
    for user in (organiser, editor, assessor, mei, otto, stranger):
        assert statuses(client_for(user), case, stored) == [403] * 3, user
    assert statuses(client, case, stored) == [302] * 3


def test_downloads_are_not_posted(client_for, officer, case, stored):
    assert [client_for(officer).post(url).status_code for url in all_urls(case, stored)] == [405] * 3


def test_names_of_files_are_only_text(client_for, officer, case, stored):
    StoredFile.objects.filter(pk=stored.pk).update(original_name='<img src=x onerror="alert(1)">.pdf')
    client = client_for(officer)

    for url in (reverse("cases:documents", args=[case.uuid]), page_url(case, stored)):
        page = client.get(url).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

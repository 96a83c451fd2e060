"""Files of a draft as its people add, replace and remove them on the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.submissions import contents
from portal.files.models import StoredFile
from tests.applications.conftest import GOOD, own_section, save, upload
from tests.applications.screens import at, words
from tests.files.makers import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for, mei):
    return client_for(mei)


def test_bad_file_is_named_and_good_ones_stay(browser, draft):
    slot = draft.form_version.definition["documents"][0]["uid"]
    page = browser.post(
        at("upload", draft, slot),
        {
            "files": [
                SimpleUploadedFile("good.pdf", pdf()),
                SimpleUploadedFile("empty.pdf", b""),
                SimpleUploadedFile("also good.pdf", pdf(2)),
            ]
        },
    )
    assert page.status_code == 422
    assert "“empty.pdf” is empty. Choose a file that has content." in words(page)
    names = StoredFile.objects.order_by("id").values_list("original_name", flat=True)
    assert list(names) == ["good.pdf", "also good.pdf"]


def test_no_file_chosen_is_said(browser, draft):
    slot = draft.form_version.definition["documents"][0]["uid"]
    page = browser.post(at("upload", draft, slot), {})
    assert "Choose a file to upload." in words(page)


def test_limits_stand_before_the_file_field(browser, draft):
    text = words(browser.get(at("documents", draft)))
    assert "Up to 3 files: PDF, each up to 20 MB." in text
    assert "One file: PDF, up to 20 MB." in text


def test_file_is_replaced_only_by_a_good_one(browser, draft, owner):
    stored = upload(draft, owner)
    address = at("file_replace", draft, stored.uuid)
    assert "One file: PDF" in words(browser.get(address)), "the new file takes the place of one"
    refused = browser.post(address, {"files": SimpleUploadedFile("new.exe", b"MZ")})
    assert refused.status_code == 422
    assert contents.Contents(draft).files == [stored]
    browser.post(address, {"files": SimpleUploadedFile("new.pdf", pdf(3))})
    assert [each.original_name for each in contents.Contents(draft).files] == ["new.pdf"]


def test_file_is_removed_and_a_second_press_does_no_harm(browser, draft, owner):
    stored = upload(draft, owner)
    for _ in range(2):
        reply = browser.post(at("file_remove", draft, stored.uuid))
        assert reply.status_code == 302
    assert contents.Contents(draft).files == []


def test_saving_text_touches_no_file(browser, complete, owner):
    before = list(StoredFile.objects.values())
    for number in range(10):
        save(complete, own_section(complete)["uid"], GOOD | {"summary": f"turn {number}"}, owner)
    assert list(StoredFile.objects.values()) == before

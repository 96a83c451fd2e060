"""Documents are sent with their progress shown, and an upload that fails costs nothing that was chosen."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from applications.models import Application
from applications.submissions import contents
from portal.accounts.demo import BY_CODE
from portal.accounts.models import Membership
from tests.files.makers import pdf

pytestmark = pytest.mark.browser
OWNER = BY_CODE["owner"].email


class Uploader:
    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        self.application = Application.objects.get(provider__memberships__user__email=OWNER)
        documents = self.application.form_version.definition["documents"]
        self.many = next(each for each in documents if each["max_files"] > 1)
        self.other = next(each for each in documents if each["max_files"] > 1 and each != self.many)
        visitor.sign_in(OWNER)
        self.page.goto(f"{visitor.origin}/en/apply/{self.application.uuid}/documents/")

    def slot(self, requirement=None):
        return self.page.locator(f'[data-slot="{(requirement or self.many)["uid"]}"]')

    def choose(self, *names, requirement=None, content=None):
        self.slot(requirement).locator("input[type=file]").set_input_files(
            [{"name": name, "mimeType": "application/pdf", "buffer": content or pdf()} for name in names]
        )

    def press(self, requirement=None):
        self.slot(requirement).get_by_role("button", name=re.compile("^Upload")).click()

    def shown(self):
        return self.slot().locator("[data-sending] [data-shown]")

    def names(self):
        return [each.original_name for each in contents.Contents(self.application).in_slot(self.many["uid"])]


@pytest.fixture
def uploader(new_visitor):
    return Uploader(new_visitor())


def test_files_arrive_and_only_their_slot_changes(uploader):
    before = uploader.names()
    uploader.choose("kept.pdf", requirement=uploader.other)
    uploader.slot(uploader.other).get_by_label("Short description").fill("Half typed")
    uploader.choose("one.pdf", "two 證明.pdf")
    expect(uploader.slot()).to_contain_text("2 files chosen")
    uploader.press()
    uploader.page.get_by_text("2 files were uploaded.").wait_for()
    assert uploader.names() == [*before, "one.pdf", "two 證明.pdf"]
    expect(uploader.slot()).to_contain_text("two 證明.pdf")
    expect(uploader.slot(uploader.other)).to_contain_text("kept.pdf")
    assert uploader.slot(uploader.other).get_by_label("Short description").input_value() == "Half typed"
    assert uploader.page.evaluate("document.activeElement.matches('.cp-notice')"), "the news is read out"
    uploader.visitor.look_here()
    uploader.choose("three.pdf")
    uploader.press()
    uploader.page.get_by_text("1 file was uploaded.").wait_for()
    assert uploader.names()[-1] == "three.pdf", "the new slot works like the old one"
    waiting = uploader.slot(uploader.other).locator("[data-sending] [data-shown]")
    expect(waiting).to_have_text("Not uploaded yet. Press the button to send what you chose.")
    asked = []
    uploader.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    uploader.page.get_by_role("link", name="Continue").click()
    expect(waiting).to_be_visible()
    assert asked == ["beforeunload"], "what is chosen is not dropped in silence"


def test_bad_file_is_told_at_its_slot_and_the_good_one_stays(uploader):
    uploader.choose("good.pdf")
    uploader.press()
    uploader.page.get_by_text("1 file was uploaded.").wait_for()
    uploader.choose("empty.pdf", content=b" ")
    uploader.press()
    summary = uploader.page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("There is a problem")
    assert uploader.page.evaluate("document.activeElement.matches('.govuk-error-summary')")
    assert uploader.page.title().startswith("Error: ")
    expect(uploader.slot().locator(".govuk-error-message")).to_be_visible()
    expect(uploader.page.get_by_text("1 file was uploaded.")).to_have_count(0)
    uploader.visitor.look_here()
    summary.get_by_role("link").click()
    assert uploader.page.evaluate("document.activeElement.id") == f"files-{uploader.many['uid']}"


def test_progress_is_shown_and_can_be_cancelled_and_sent_again(uploader):
    cdp = uploader.page.context.new_cdp_session(uploader.page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", slow)
    before = uploader.names()
    uploader.choose("large.pdf", content=pdf() + b"\n%" + b"x" * 2_000_000)
    uploader.press()
    expect(uploader.shown()).to_have_text(re.compile(r"^Sending: [1-9]\d? %$"), timeout=15_000)
    uploader.visitor.look_here()
    uploader.press()
    uploader.slot().get_by_role("button", name="Cancel the upload").click()
    expect(uploader.shown()).to_have_text(re.compile("^Cancelled"))
    expect(uploader.slot()).to_contain_text("large.pdf")
    assert uploader.names() == before
    cdp.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    uploader.press()
    uploader.page.get_by_text("1 file was uploaded.").wait_for()
    assert uploader.names() == [*before, "large.pdf"]


@pytest.mark.audit
def test_interrupted_upload_keeps_the_choice(uploader):
    before = uploader.names()
    uploader.choose("letter.pdf")
    uploader.page.context.set_offline(True)
    uploader.press()
    expect(uploader.shown()).to_have_text(re.compile("^The upload was interrupted"))
    uploader.visitor.look_here()
    uploader.page.context.set_offline(False)
    uploader.press()
    uploader.page.get_by_text("1 file was uploaded.").wait_for()
    assert uploader.names() == [*before, "letter.pdf"]


@pytest.mark.parametrize(
    ("what", "told"), [("session", "you were signed out"), ("role", "you may not change this any more")]
)
def test_upload_after_the_right_ended_keeps_the_choice(uploader, what, told):
    uploader.choose("letter.pdf")
    if what == "session":
        Session.objects.all().delete()
    else:
        # By the row: handing over is not what this is about.
        Membership.objects.filter(user__email=OWNER).update(role=Membership.Role.VIEW)
    uploader.press()
    expect(uploader.shown()).to_contain_text(told)
    expect(uploader.slot()).to_contain_text("letter.pdf")


@pytest.mark.audit
def test_replacing_shows_its_progress_page_and_leads_back(uploader):
    uploader.choose("old.pdf")
    uploader.press()
    uploader.page.get_by_text("1 file was uploaded.").wait_for()
    uploader.visitor.follow("Replace old.pdf")
    uploader.page.locator("input[type=file]").set_input_files(
        {"name": "bad.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    )
    uploader.visitor.press("Replace")
    expect(uploader.page.locator(".govuk-error-message")).to_contain_text("bad.exe")
    uploader.visitor.look_here()
    uploader.page.locator("input[type=file]").set_input_files(
        {"name": "new.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    uploader.visitor.press("Replace")
    uploader.page.get_by_text("The file was replaced.").wait_for()
    assert uploader.names()[-1] == "new.pdf" and "old.pdf" not in uploader.names()


def test_replacing_the_file_of_a_full_slot_says_that_it_worked(new_visitor):
    company = new_visitor()
    case = Application.objects.get(provider__memberships__user__email="still_water@demo.example")
    company.sign_in("still_water@demo.example")
    company.go(f"/en/apply/{case.uuid}/documents/")
    company.follow("Replace", exact=False)
    company.page.locator("input[type=file]").set_input_files(
        {"name": "new.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    company.press("Replace")
    company.page.get_by_text("The file was replaced.").wait_for()
    assert company.page.locator("form[data-upload]").count() == 0, "there is no room for another"


def test_button_speaks_the_language_of_the_page(uploader):
    for prefix, words in (("tc", ("選擇檔案", "未選擇檔案")), ("sc", ("选择文件", "未选择文件"))):
        uploader.visitor.go(f"/{prefix}/apply/{uploader.application.uuid}/documents/")
        for word in words:
            expect(uploader.slot().locator(".govuk-file-upload-button")).to_contain_text(word)

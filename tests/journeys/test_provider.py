"""A company's person opens an account, applies, gets the receipt and takes the application back."""

import io
import os
import re
from uuid import UUID

import pikepdf
import pytest
from django.core import mail as django_mail
from django.core.files.base import ContentFile

from applications.drafts import documents, drafting
from applications.models import Application, Status
from applications.submissions import contents
from portal import pdf as receipt_pdf
from portal.accounts.demo import BY_CODE, DEMO_PASSWORD
from portal.accounts.models import Membership, Provider
from portal.files.models import StoredFile
from tests.files.makers import pdf
from tests.journeys import answering
from tests.journeys.conftest import code_in, last_mail, leave_out_papers
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser
EMAIL = "tai.man@journey.example"
PASSWORD = "three plain words together"
DEMO_OWNER = BY_CODE["owner"]
UUID_IN_ADDRESS = re.compile(r"/apply/([0-9a-f-]{36})/")


class Applicant:
    """What this person does on the way; `look` and `look_here` are nothing without JavaScript."""

    def __init__(self, visitor, *, javascript):
        self.visitor, self.page = visitor, visitor.page
        self.kinds_seen, self.errors_seen = set(), set()
        self.look = visitor.look if javascript else lambda: None
        self.look_here = visitor.look_here if javascript else lambda: None
        # Fifteen seconds of work, for what the tests of receipts look at daily.
        self.makes_pdf = javascript and "EVERY_VIEW" in os.environ and receipt_pdf.is_available()

    @property
    def words(self):
        return self.page.inner_text("main")

    @property
    def application(self):
        return Application.objects.get(uuid=UUID(UUID_IN_ADDRESS.search(self.page.url)[1]))

    def field(self, name):
        return self.page.locator(f"main [name={name}]")

    def title(self):
        return self.page.inner_text("h1")

    def must_see_problem(self, *sentences):
        summary = self.page.locator(".govuk-error-summary").inner_text()
        assert "There is a problem" in summary
        for sentence in sentences:
            assert sentence in summary
            assert self.words.count(sentence) > 1, "the sentence stands at the field too"

    def open_account(self):
        visitor = self.visitor
        visitor.go("/en/account/signup/")
        self.look()
        visitor.fill("Full name", "Chan Tai Man 陳大文")
        visitor.fill("Email address", "tai.man at journey.example")
        visitor.press("Create an account")
        assert "There is a problem" in self.words
        self.look_here()
        visitor.fill("Email address", EMAIL)
        self.page.locator("input[type=password]").fill(PASSWORD)
        visitor.press("Create an account")
        assert self.title() == "Check your email"
        self.look_here()
        visitor.fill("Code", "000-000", exact=False)
        visitor.press("Confirm the address")
        assert "There is a problem" in self.words
        visitor.fill("Code", code_in(last_mail(EMAIL)), exact=False)
        visitor.press("Confirm the address")

    def register_company(self):
        visitor = self.visitor
        self.look()
        visitor.follow("Register your company")
        self.look()
        self.field("name_en").fill("Demo Journey 𨋢 Works Limited")
        self.field("mainland_registration").fill("91441900MA0000008J")
        self.field("address").fill("9 Demo Street, Kowloon, Hong Kong")
        self.field("telephone").fill("2000 0022")
        visitor.press("Register the company")
        self.must_see_problem("One character of the unified social credit code is not right.")
        self.look_here()
        self.field("mainland_registration").fill("")
        self.field("hk_registration").fill("23456789-000-04-25-3")
        visitor.press("Register the company")
        assert self.title() == "Thank you for registering"
        self.look()
        assert Provider.objects.get(hk_registration="23456789").name_en == "Demo Journey 𨋢 Works Limited"
        visitor.go("/en/company/")
        self.look()
        visitor.go("/en/company/registered/")
        visitor.follow("Go on")
        assert self.title() == "Your applications"

    def start(self):
        self.look()
        self.visitor.follow("Read all questions first")
        self.look()
        self.visitor.follow("Go to your applications")
        self.visitor.press("Start an application")
        assert self.title() == "Your application"
        self.look()

    def fill_sections(self):
        application = self.application
        address = self.page.url
        self.visitor.follow("Company identity")
        self.look()
        for section in application.form_version.definition["sections"]:
            self.page.goto(address)
            self.visitor.follow(section["title_en"])
            self.fill_section(section)
            row = application.answers.get(section_uid=section["uid"])
            assert row.is_completed, section["title_en"]

    def fill_section(self, section):
        kinds = {each["kind"] for each in section["questions"]}
        if kinds - self.kinds_seen:
            self.kinds_seen |= kinds
            self.look()
        wrong = answering.wrong_for(section)
        for question in answering.asked(section):
            answering.answer(self.page, question)
        if wrong:
            question, value = wrong
            answering.answer(self.page, question, value)
            self.say_completed()
            self.must_see_problem(f"“{question['label_en']}”")
            if question["kind"] not in self.errors_seen:
                self.errors_seen.add(question["kind"])
                self.look_here()
            answering.answer(self.page, question)
        self.say_completed()

    def say_completed(self):
        self.visitor.page.get_by_label("Yes, I have completed this section").check()
        self.save("Save and continue")

    def save(self, name):
        """The page saves what was typed before it is left, so the next one comes a moment later."""
        with self.page.expect_navigation():
            self.visitor.press(name)

    def add_project(self):
        self.page.goto(self.address("projects/"))
        self.look()
        self.visitor.follow("Add a project record")
        self.look()
        answering.project(self.page)
        answering.date(self.page, "finished_on", {"day": "28", "month": "2", "year": "2023"})
        self.save("Save the record")
        self.must_see_problem("Enter a completion date that is not before the start.")
        self.look_here()
        answering.date(self.page, "finished_on", {"day": "28", "month": "2", "year": "2025"})
        self.save("Save the record")
        assert "The project record was saved." in self.words
        self.look_here()

    def address(self, more=""):
        return f"{self.visitor.origin}/en/apply/{self.application.uuid}/{more}"

    def add_documents(self):
        self.page.goto(self.address("documents/"))
        self.look()
        documents = self.application.form_version.definition["documents"]
        first = documents[0]
        self.upload(first, "drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        self.must_see_problem(
            "“drawing.svg” is not a type we can take. Choose a file of type PDF, JPG or PNG."
        )
        self.look_here()
        for each in documents:
            if each["required"]:
                name = f"{each['name_en']} 證明.pdf"
                self.upload(each, name, pdf())
                self.page.locator(".cp-uploads .cp-file__name", has_text=name).wait_for()
                assert "1 file was uploaded." in self.words
        self.look_here()

    def upload(self, requirement, name, content):
        place = self.page.get_by_role("region", name=requirement["name_en"], exact=True)
        place.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
        place.get_by_role("button", name="Upload").click()

    def submit(self):
        self.page.goto(self.address())
        assert "Opens when every part is completed" not in self.words
        self.look_here()
        self.visitor.follow("Check answers and submit")
        assert answering.LINES in self.words
        self.look()
        self.visitor.follow("Continue to the declaration")
        self.look()
        self.visitor.press("Submit application")
        self.must_see_problem("Tick the box to make the declaration.")
        self.look_here()
        assert self.application.status == Status.DRAFT
        assert self.page.get_by_label("Full name of the person who signs").input_value() == "Wong Siu Ling"
        self.page.get_by_label("I have read the declaration", exact=False).check()
        self.visitor.press("Submit application")
        assert self.title() == "Application received"

    def read_receipt(self, work_off):
        application = self.application
        assert self.page.url == self.address("receipts/1/")
        for piece in (application.reference, "Wong Siu Ling", answering.LINES, "Heat recovery", "證明.pdf"):
            assert piece in self.words
        for stored in StoredFile.objects.filter(owner_uuid=application.uuid):
            assert stored.sha256 in self.words
        self.look()
        if not self.makes_pdf:
            leave_out_papers()
        work_off()
        self.page.reload()
        mail = next(each for each in django_mail.outbox if application.reference in each.subject)
        assert mail.to == [EMAIL]
        assert self.page.url in mail.body
        if self.makes_pdf:
            with self.page.expect_download() as download:
                self.visitor.follow("Download as PDF")
            content = download.value.path().read_bytes()
            assert len(pikepdf.open(io.BytesIO(content)).pages) >= 2
        else:
            assert "The PDF copy appears here when it has been made." in self.words

    def take_back(self):
        self.page.goto(self.address())
        self.look()
        self.visitor.follow("Take it back to change it")
        self.look()
        self.visitor.press("Take it back")
        assert self.application.status == Status.DRAFT
        assert "Taken back, not submitted again yet" in self.words
        self.look_here()
        self.page.goto(self.address("receipts/1/"))
        assert self.application.reference in self.words, "the receipt keeps its address"


@pytest.mark.parametrize(
    "javascript",
    [pytest.param(True, id="script"), pytest.param(False, id="no script", marks=pytest.mark.audit)],
)
def test_provider_applies_from_account_to_receipt_and_takes_back(new_visitor, work_off, javascript):
    applicant = Applicant(new_visitor(javascript=javascript), javascript=javascript)
    applicant.open_account()
    applicant.register_company()
    applicant.start()
    applicant.fill_sections()
    applicant.add_project()
    applicant.add_documents()
    applicant.submit()
    applicant.read_receipt(work_off)
    applicant.take_back()


def prepare(application, member, *, leave_section, leave_document):
    """Bring the draft to where one section and one document are missing."""
    held = contents.Contents(application)
    for section in held.definition["sections"]:
        kept = held.sections.get(section["uid"])
        if section["title_en"] != leave_section and not (kept and kept.is_completed):
            drafting.save_section(
                application,
                section["uid"],
                answering.data_of(section),
                base_version=kept.version if kept else 0,
                member=member,
                completed=True,
            )
    for each in held.definition["documents"]:
        if each["required"] and each["name_en"] != leave_document and not held.in_slot(each["uid"]):
            documents.add(application, each, ContentFile(pdf(), name="made.pdf"), member=member)


def sign_in_by_keys(keys, page):
    keys.to(page.get_by_role("link", name="Skip to main content"), most=1)
    keys.press("Enter")
    email = page.get_by_label("Email address")
    keys.to(email)
    keys.to(page.locator("input[name=password]"))
    keys.to(email, key="Shift+Tab")
    keys.write(DEMO_OWNER.email)
    keys.to(page.locator("input[name=password]"))
    keys.write(DEMO_PASSWORD)
    keys.to(page.get_by_role("button", name="Sign in", exact=True))
    keys.enter()


def answer_by_keys(keys, page, section):
    for question in answering.asked(section):
        first = page.locator(f"input[name={question['key']}]").first
        keys.to(first)
        keys.press("Space")
        assert first.is_checked()
        if question["key"] == "earlier":
            keys.press("ArrowDown")
            assert page.locator("input[name=earlier][value=no]").is_checked()
    keys.to(page.locator("input[name=is_completed]").first)
    keys.press("Space")
    keys.to(page.get_by_role("button", name="Save and continue"))
    keys.enter()


def upload_by_keys(keys, page, document):
    place = page.get_by_role("region", name=document, exact=True)
    keys.to(place.get_by_role("button", name="Choose a file", exact=False))
    with page.expect_file_chooser() as opened:
        keys.press("Enter")
    opened.value.set_files({"name": "signed.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    keys.to(place.get_by_role("button", name="Upload"))
    keys.press("Enter")
    page.get_by_text("1 file was uploaded.").wait_for()


def declare_by_keys(keys, page):
    keys.follow("Check answers and submit")
    keys.follow("Continue to the declaration")
    keys.to(page.get_by_label("I have read the declaration", exact=False))
    keys.press("Space")
    keys.to(page.get_by_role("button", name="Submit application"))
    keys.enter()
    page.get_by_role("heading", name="Application received").wait_for()


def test_provider_completes_and_submits_with_the_keyboard_alone(new_visitor):
    member = Membership.objects.get(user__email=DEMO_OWNER.email)
    visitor = new_visitor()
    application = Application.objects.get(provider=member.provider)
    title, document = "Earlier commendations and consent", "Signed declaration"
    prepare(application, member, leave_section=title, leave_document=document)
    sections = application.form_version.definition["sections"]
    keys, page = Keyboard(visitor.page), visitor.page

    visitor.go("/en/account/login/")
    sign_in_by_keys(keys, page)
    keys.follow("Continue the application")
    keys.follow(title)
    answer_by_keys(keys, page, next(each for each in sections if each["title_en"] == title))
    keys.follow("Documents")
    upload_by_keys(keys, page, document)
    keys.follow("Back to your application")
    declare_by_keys(keys, page)
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED

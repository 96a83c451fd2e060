"""Two companies' whole stories, with a word of its own in every text that is not for everybody.

Readers are named beside each word; nobody else may ever be shown it.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import rounds, workflow
from applications.clarifications import clarifying, reopening
from applications.clarifications.clarifying import Asked
from applications.desk import case_copies, checklist, notes, visits
from applications.drafts import documents, project_imports, projects
from applications.models import SiteVisit
from applications.round_setup import extensions
from applications.submissions import receipts
from applications.support import threads
from portal.accounts import verification
from portal.accounts.permissions import membership_of
from portal.files import previews, scanning
from portal.files.models import StoredFile
from tests.access.routes_officer import picture
from tests.access.words import Words
from tests.applications.clarifications import clarification
from tests.applications.conftest import (
    CONTACTS,
    DECLARATION,
    GOOD,
    PROJECT,
    make_round,
    own_section,
    save,
    submit,
)

OFFICE = "officer releaser auditor root"
OFFICERS = "officer root"
# Copies as PDF take seconds to make: of one company they are enough to see who gets them.
COPIED = "Alpha"


def pdf_saying(word):
    """A PDF with the word on its page, as text."""
    document = pikepdf.new()
    page = document.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
    page.Contents = document.make_stream(f"BT /F1 18 Tf 72 720 Td ({word}) Tj ET".encode())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@dataclass(frozen=True)
class Saying:
    """Words for the places of one part of a story, all with the same readers."""

    words: Words
    part: str
    readers: str

    def __call__(self, name):
        return self.words.plant(f"{self.part}{name}", self.readers)

    def telephone(self, name):
        return self.words.telephone(f"{self.part}{name}", self.readers)


class Story:
    """All that one company does, and what the office does with it. `us` are the company's people."""

    def __init__(self, world, words, *, side, owner, us):
        self.world, self.words, self.side, self.us = world, words, side, us
        self.member = membership_of(world.user(owner))
        self.owner = owner
        self.officer = world.user("officer")
        self.handed_in = f"{us} {OFFICE}"

    def say(self, name, readers):
        return self.words.plant(f"{self.side}{name}", readers)

    def saying(self, part, readers):
        return Saying(self.words, f"{self.side}{part}", readers)

    def begin(self, part, say, *, is_checked=False):
        application = workflow.start(make_round(f"{self.side}-{part}-".upper()), member=self.member)
        fill(application, self.member, say, is_checked=is_checked)
        return application

    def hand_in(self, part):
        say = self.saying(part, self.handed_in)
        application = self.begin(part, say)
        self.sign(application, part, say, self.handed_in)
        return application

    def sign(self, application, part, say, readers):
        declaration = DECLARATION.__class__(say("SignerName"), say("SignerRole"))
        submission = submit(application, self.member, declaration=declaration)
        self.words.know(application.reference, f"{self.side}{part}Reference", readers)
        return submission

    def check(self, part):
        application = self.hand_in(part)
        workflow.start_verification(application, officer=self.officer)
        return application


def fill(application, member, say, *, is_checked):
    definition = application.form_version.definition
    eligibility = next(each for each in definition["sections"] if each["uid"] == "eligibility")
    contacts = CONTACTS | {
        "contact_name": say("Contact"),
        "contact_post": say("Post"),
        "contact_email": f"{say('Mail')}@demo.example",
        "deputy_name": say("Deputy"),
        "contact_telephone": say.telephone("Telephone"),
        "signatory_name": say("Signatory"),
    }
    given = GOOD | {
        "summary": say("Summary"),
        "slogan": say("Slogan"),
        "verifier": say("Verifier"),
        "events": [{"what": say("Event"), "when": "May"}],
    }
    save(application, "contacts", contacts, member)
    save(application, "eligibility", {each["key"]: "yes" for each in eligibility["questions"]}, member)
    save(application, own_section(application)["uid"], given, member)
    record = {
        "project_number": say("Number"),
        "factory_name": say("Factory"),
        "technology": say("Technology"),
    }
    projects.add(application, PROJECT | record, member=member)
    described = say("Described")
    # What is not checked yet can be read by nobody, so there is no use in a word inside.
    content = pdf_saying(say("Inside")) if is_checked else pdf_saying("x")
    stored = upload(application, member, f"{say('File')}.pdf", content, description=described)
    if is_checked:
        scanning.scan.call(str(stored.uuid))
        previews.make.call(str(stored.uuid))


def upload(application, member, name, content, **more):
    requirement = application.form_version.definition["documents"][0]
    return documents.add(application, requirement, SimpleUploadedFile(name, content), member=member, **more)


def identity(story):
    """The company's profile, its people, and what the office wrote about its registration."""
    say = story.saying("Company", story.handed_in)
    provider = story.member.provider
    for name in ("name_en", "name_zh_hant", "name_zh_hans", "address"):
        setattr(provider, name, say(name.title()))
    provider.website = f"https://demo.example/{say('Website')}"
    provider.telephone = say.telephone("CompanyTelephone")
    provider.save()
    for name in ("hk_registration", "mainland_registration"):
        if text := getattr(provider, name):
            story.words.know(text, f"{story.side}{name}", story.handed_in)
    for code in story.us.split():
        person = story.world.user(code)
        person.name = say(f"Person{code.title()}")
        person.save()
        story.words.know(person.email, f"{story.side}Mail{code.title()}", f"{story.us} officer auditor root")
    verification.decide(
        provider,
        is_verified=False,
        note=story.say("RegistrationNote", OFFICERS),
        seen=verification.fingerprint(provider),
        officer=story.officer,
    )


def drafting(story):
    """A draft: the company's alone, but for the questions that it asks and the time it is given."""
    world, us = SimpleNamespace(), story.us
    world.draft = story.begin("Draft", story.saying("Draft", us), is_checked=True)
    world.round = world.draft.round
    world.project = world.draft.projects.get()
    world.slot = world.draft.form_version.definition["documents"][0]["uid"]
    world.file = StoredFile.objects.get(owner_uuid=world.draft.uuid)
    table = f"factory,city\n{story.say('ImportedFactory', story.owner)},4419\n".encode()
    given = SimpleUploadedFile(f"{story.say('ImportFile', story.owner)}.csv", table)
    world.project_import = project_imports.receive(world.draft, given, member=story.member)
    world.thread = threads.ask(
        world.draft,
        member=story.member,
        place="",
        text=story.say("ThreadQuestion", story.handed_in),
        key=uuid4(),
        language="en",
    )
    answer = story.say("ThreadAnswer", story.handed_in)
    threads.answer(world.thread, officer=story.officer, text=answer, key=uuid4())
    extensions.extend_application(
        world.draft,
        until=world.round.closes_at + timedelta(days=1),
        reason=story.say("ExtensionReason", f"{us} officer auditor root"),
        officer=story.officer,
    )
    taken_back(story)
    return world


def taken_back(story):
    """Handed in, taken back and gone on with: a draft again, and nothing of it is the office's to see."""
    say = story.saying("Back", story.us)
    application = story.begin("Back", say)
    story.sign(application, "Back", say, story.us)
    workflow.take_back(application, member=story.member)
    # Its receipt went out while it was the office's to see, and stands among the mails.
    told = [f"{story.side}Back{name}" for name in ("File", "SignerName", "SignerRole", "Reference")]
    story.words.show(told, "officer auditor root")
    projects.add(application, PROJECT | {"factory_name": say("After")}, member=story.member)


def asking(story):
    """A clarification answered, and another whose answer is only begun."""
    application = story.check("Asked")
    request = ask(story, application, "First", story.handed_in)
    later = request.due_at + timedelta(days=3)
    reason = story.say("FirstExtension", story.handed_in)
    clarifying.extend(request, officer=story.officer, due_at=later, reason=reason)
    begin_answer(story, application, "FirstAnswer", story.handed_in)
    clarification.hand_in(application, story.member)
    ask(story, application, "Second", story.handed_in)
    begin_answer(story, application, "SecondAnswer", story.us)
    return SimpleNamespace(asked=application)


def ask(story, application, part, readers):
    say = story.saying(part, readers)
    return clarifying.ask(
        application,
        officer=story.officer,
        due_at=rounds.database_now() + timedelta(days=7),
        asked=[Asked("question", "summary", say("Comment"))],
        key=uuid4(),
        message=say("Message"),
    )


def begin_answer(story, application, part, readers):
    say = story.saying(part, readers)
    clarification.reply(application, say("Reply"), story.member)
    section = reopening.of(application).narrowed(own_section(application))
    held = application.answers.get(section_uid=section["uid"])
    save(application, section["uid"], held.data | {"summary": say("Changed")}, story.member)


def dropping(story):
    """A question that is dropped: what the company had begun to answer was never handed in."""
    application = story.check("Dropped")
    request = ask(story, application, "DroppedQuestion", story.handed_in)
    begin_answer(story, application, "DroppedAnswer", story.us)
    reason = story.say("DroppedReason", story.handed_in)
    clarifying.cancel(request, officer=story.officer, reason=reason)


def checking(story):
    """What the office writes for itself: checklist, notes, visits, photos, copies."""
    world, officer = SimpleNamespace(), story.officer
    say = story.saying("Checked", OFFICE)
    world.checked = story.check("CheckedCase")
    item = world.checked.check_items.first()
    mark = checklist.mark(item.state, item.note)
    verdict = checklist.Verdict(item.uuid, checklist.State.QUESTION, say("CheckNote"), mark)
    checklist.save(world.checked, [verdict], officer=officer)
    world.note = notes.write(world.checked, author=officer, text=say("Note"))
    now = rounds.database_now()
    world.visit = visits.plan(world.checked, visits.Plan(now, say("Place"), say("People")), officer=officer)
    found = visits.Report(
        now, world.visit.place, world.visit.people, say("Findings"), SiteVisit.Result.PARTLY
    )
    world.visit = visits.report(world.visit, found, base_version=world.visit.version, officer=officer)
    photo = picture()
    photo.name = f"{say('Photo')}.png"
    world.photo = visits.add_photo(world.visit, photo, officer=officer, description=say("PhotoDescribed"))
    scanning.scan.call(str(world.photo.uuid))
    previews.make.call(str(world.photo.uuid))
    other = visits.plan(world.checked, visits.Plan(now, "1 Demo Street", ""), officer=officer)
    visits.cancel(other, say("VisitReason"), base_version=other.version, officer=officer)
    return world


def deciding(story):
    """To assessment and back with reasons; and another case that ends as ineligible."""
    application = story.check("Decided")
    say = story.saying("Decided", OFFICE)
    workflow.send_to_assessment(application, officer=story.officer, reason=say("SentOnReason"))
    workflow.return_to_verification(application, officer=story.officer, reason=say("ReturnReason"))
    reason = story.say("IneligibleReason", story.handed_in)
    workflow.find_ineligible(story.check("Ineligible"), officer=story.officer, reason=reason)


def handing_in(story):
    """A case with its documents, copies of its receipt, and a PDF of it all that one officer ordered."""
    world = SimpleNamespace()
    world.submitted = story.hand_in("Submitted")
    say = story.saying("Case", story.handed_in)
    world.case = story.begin("Case", say, is_checked=True)
    world.case_file = StoredFile.objects.get(owner_uuid=world.case.uuid)
    # Its check never ends: such a document is only named in the PDF of the case.
    upload(world.case, story.member, f"{say('Unchecked')}.pdf", pdf_saying("x"))
    submission = story.sign(world.case, "Case", say, story.handed_in)
    world.case_copy = case_copies.order(world.case, reader=story.officer, language="en", with_notes=True)
    if story.side == COPIED:
        make_copies(submission, world.case_copy)
    return world


def make_copies(submission, case_copy):
    receipts.make_copies.call(str(submission.uuid))
    for stored in StoredFile.objects.filter(owner_uuid=submission.uuid):
        scanning.scan.call(str(stored.uuid))
    case_copies.make.call(str(case_copy.uuid))


def tell(world, words, *, side, owner, us):
    """The story, as the attributes that the rows of the matrix ask for."""
    story = Story(world, words, side=side, owner=owner, us=us)
    identity(story)
    told = {}
    for part in (drafting, handing_in, asking, checking, deciding, dropping):
        told |= vars(part(story) or SimpleNamespace())
    return told

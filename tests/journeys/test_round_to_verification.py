"""One round from last year's copy to the end of its verification, through the pages, on both databases."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.drafts import project_sheets, projects
from applications.models import (
    Application,
    ClarificationRequest,
    ProjectImport,
    Round,
    SectionAnswers,
    SiteVisit,
    Status,
)
from applications.questions import versions
from portal import dates
from portal.accounts.models import Membership, Provider, Role
from portal.audit.models import Event
from portal.mail.models import Message
from tests.applications.conftest import CONTACTS, GOOD, PROJECT, at, own_section, private_folder
from tests.applications.round_setup.conftest import make_ready
from tests.applications.test_views import flat
from tests.files.makers import pdf
from tests.journeys.walking import Walker
from tests.services.people import member, person

__all__ = ["at", "private_folder"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

NAMES = ("Demo Amber Limited", "Demo Birch Limited", "Demo Cedar Limited")
LANGUAGES = ("en", "zh-hant", "zh-hans")
SIGNED = {"signer_name": "Demo Signatory", "signer_role": "Director", "agreed": "on"}


@pytest.fixture
def office(db):
    return Walker(person("officer", role=Role.OFFICER))


@pytest.fixture
def companies(db):
    """(owner, colleague) of three companies, each with a language of its own."""
    made = []
    for number, (name, language) in enumerate(zip(NAMES, LANGUAGES, strict=True)):
        company = Provider.objects.create(
            name_en=name,
            hk_registration=f"{30000000 + number}",
            address="1 Demo Street, Hong Kong",
            telephone="+85220000001",
        )
        roles = (Membership.Role.OWNER, Membership.Role.SUBMIT)
        made.append([Walker(member(f"{role} {number}", company, role), language) for role in roles])
    return made


def open_next_round(office, at):
    old = make_ready("DEMO-OLD-")
    office.send("rounds:copy", old.uuid)
    made = Round.objects.exclude(pk=old.pk).get()
    assert "The check has found nothing to put right" in office.read("rounds:desk", made.uuid)
    at(made.opens_at - timedelta(days=1))
    office.send("rounds:open", made.uuid)
    at(made.opens_at + timedelta(days=1))
    made.refresh_from_db()
    assert made.form_versions.get().number == 1
    return made


def begin(owner, round):
    owner.post(owner.url("applications:start", round.uuid), {})
    return Application.objects.get(provider__memberships__user=owner.user, round=round)


def answer_everything(owner, application, *, with_project=True):
    sections = application.form_version.definition["sections"]
    eligibility = next(each for each in sections if each["uid"] == versions.ELIGIBILITY)
    answers = {
        versions.CONTACTS: CONTACTS,
        versions.ELIGIBILITY: {each["key"]: "yes" for each in eligibility["questions"]},
        own_section(application)["uid"]: GOOD,
    }
    for uid, data in answers.items():
        owner.send("applications:section", application.uuid, uid, **flat(data), is_completed="yes")
    if with_project:
        owner.post(owner.url("applications:project_add", application.uuid), flat(PROJECT))
    slot = application.form_version.definition["documents"][0]["uid"]
    owner.post(
        owner.url("applications:upload", application.uuid, slot),
        {"files": SimpleUploadedFile("certificate.pdf", pdf())},
    )


def two_people_in_one_section(owner, colleague, application):
    """The second to save is shown both texts and decides; neither text is lost on the way."""
    place = ("applications:section", application.uuid, own_section(application)["uid"])
    opened_at_once = [each.form(*place) for each in (owner, colleague)]
    (address, fields), (their_address, their_fields) = opened_at_once
    owner.post(address, fields | {"summary": "The owner's words."})
    answer = colleague.post(their_address, their_fields | {"summary": "The colleague's words."}, expect=409)
    both = Walker.text(answer)
    assert "The owner's words." in both and "The colleague's words." in both
    assert _summary(application) == "The owner's words."
    colleague.send(*place, summary="The words of both.", is_completed="yes")
    assert _summary(application) == "The words of both."


def _summary(application):
    return SectionAnswers.objects.get(
        application=application, section_uid=own_section(application)["uid"]
    ).data["summary"]


def import_projects(owner, application):
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(project_sheets.heading(name) for name in projects.FIELDS)
    for number in (1, 2):
        dates_typed = {"started_on": "2024-03-01", "finished_on": "30/9/2024"}
        entered = PROJECT | {"project_number": f"P-{number}"} | dates_typed
        rows.writerow(entered.get(name, "") for name in projects.FIELDS)
    file = SimpleUploadedFile("projects.csv", sheet.getvalue().encode("utf-8-sig"))
    owner.post(owner.url("applications:project_import", application.uuid), {"file": file})
    held = ProjectImport.objects.get(application=application)
    owner.send("applications:project_preview", application.uuid, held.uuid)
    assert [each.project_number for each in application.projects.all()] == ["P-1", "P-2"]


def hand_in(owner, application):
    owner.send("applications:submit", application.uuid, **SIGNED)


def start_checking(office, application):
    office.send("cases:start", application.uuid)


def clarify(office, owner, application):
    uid = own_section(application)["uid"]
    page = office.url("cases:clarification_ask", application.uuid)
    fields = {"place": f"section:{uid}", "question-0": "Which year is this?", "send": "1"}
    due = dates.local(application.round.closes_at + timedelta(days=30))
    fields |= {"due_day": due.day, "due_month": due.month, "due_year": due.year}
    office.post(page, fields)
    request = ClarificationRequest.objects.get(application=application)
    assert "Which year is this?" in owner.read("applications:clarification", application.uuid)
    owner.send("applications:section", application.uuid, uid, summary="In 2025.", is_completed="yes")
    reply = {f"reply-{request.targets.get().pk}": "2025."}
    owner.send("applications:clarification", application.uuid, **reply)
    owner.send("applications:clarification_check", application.uuid, **SIGNED)
    request.refresh_from_db()
    assert request.state == ClarificationRequest.State.ANSWERED


def visit(office, application):
    day = dates.local(application.round.closes_at + timedelta(days=20))
    when = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "at": "14:30"}
    office.send(
        "cases:visit_plan", application.uuid, **when, place="Demo Dyeing Works", people="Demo Officer"
    )
    planned = SiteVisit.objects.get(application=application)
    office.send(
        "cases:visit_report", application.uuid, planned.uuid, findings="As described.", result="confirmed"
    )
    planned.refresh_from_db()
    assert planned.findings == "As described."


def tick_the_checklist(office, application):
    address, fields = office.form("cases:checklist", application.uuid)
    verdicts = {f"check-{item.uuid}-state": "passed" for item in application.check_items.all()}
    office.post(address, fields | verdicts)
    assert set(application.check_items.values_list("state", flat=True)) == {"passed"}


def moves(application):
    events = Event.objects.filter(object_uuid=application.uuid, verb__startswith="application.")
    events = events.exclude(to_state="").order_by("pk")
    return [each.verb.removeprefix("application.") for each in events]


def mails(application):
    sent = Message.objects.filter(kind__startswith="application.").order_by("pk")
    people = application.provider.memberships.filter(role="owner").values_list("user__email", flat=True)
    return [each.kind.removeprefix("application.") for each in sent if each.to in people]


def handed_in(application):
    uid = own_section(application)["uid"]
    return [each.content["answers"][uid]["summary"] for each in application.submissions.order_by("number")]


def three_companies_hand_in(round, companies, at):
    """The first with two people in a section, the second by import and late in grace, the third twice."""
    (amber, amber_colleague), (birch, birch_colleague), (cedar, _cedar_colleague) = companies
    first, second, third = (begin(owner, round) for owner, _colleague in companies)

    answer_everything(amber, first)
    two_people_in_one_section(amber, amber_colleague, first)
    hand_in(amber_colleague, first)

    answer_everything(birch, second, with_project=False)
    import_projects(birch, second)

    answer_everything(cedar, third)
    hand_in(cedar, third)
    cedar.send("applications:take_back", third.uuid)
    cedar.send("applications:section", third.uuid, own_section(third)["uid"], summary="Better words.")
    hand_in(cedar, third)

    at(round.closes_at - timedelta(minutes=1))
    address, fields = birch_colleague.form("applications:submit", second.uuid)
    at(round.closes_at + timedelta(minutes=5))
    birch_colleague.post(address, fields | SIGNED)
    return [Application.objects.get(pk=each.pk) for each in (first, second, third)]


def verify(office, companies, cases):
    """One clarified, visited and sent on, one ineligible, one withdrawn by its company."""
    (amber, _), _birch, (cedar, _) = companies
    for each in cases:
        start_checking(office, each)
    clarify(office, amber, cases[0])
    visit(office, cases[0])
    tick_the_checklist(office, cases[0])
    office.send("cases:assessment", cases[0].uuid)
    ineligible = office.url("cases:ineligible", cases[1].uuid)
    office.post(ineligible, {"reason": "The company is not registered.", "confirmed": "1"})
    cedar.send("applications:withdraw", cases[2].uuid)
    for each in cases:
        each.refresh_from_db()


MOVES = [
    [
        "started",
        "submitted",
        "verification_started",
        "clarification_requested",
        "clarification_answered",
        "sent_to_assessment",
    ],
    ["started", "submitted", "verification_started", "found_ineligible"],
    ["started", "submitted", "taken_back", "submitted", "verification_started", "withdrawn"],
]


def test_round_from_last_years_copy_to_the_end_of_verification(office, companies, at):
    round = open_next_round(office, at)
    cases = three_companies_hand_in(round, companies, at)
    assert [each.received_in_grace for each in cases] == [False, True, False]
    assert [each.revision for each in cases] == [1, 1, 2]
    assert {each.reference for each in cases} == {f"{round.reference_prefix}{n:04}" for n in (1, 2, 3)}

    at(round.closes_at + timedelta(days=10))
    verify(office, companies, cases)
    assert [each.status for each in cases] == [Status.IN_ASSESSMENT, Status.INELIGIBLE, Status.WITHDRAWN]
    assert [moves(each) for each in cases] == MOVES
    assert mails(cases[1]) == ["receipt", "being_checked", "ineligible"]
    assert mails(cases[2]) == ["receipt", "taken_back", "receipt", "being_checked", "withdrawn"]
    assert handed_in(cases[0]) == ["The words of both.", "In 2025."]

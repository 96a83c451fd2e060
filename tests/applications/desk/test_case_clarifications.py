"""The office's side of a clarification."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import workflow
from applications.clarifications import clarifying, reopening
from applications.drafts import drafting
from applications.models import CheckItem, ClarificationRequest
from portal import dates
from portal.accounts.permissions import membership_of
from portal.mail.models import Message
from tests.applications.clarifications.clarification import ask, hand_in, reply
from tests.applications.screens import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_for, officer):
    return client_for(officer)


@pytest.fixture
def verified(case, officer):
    workflow.start_verification(case, officer=officer)
    Message.objects.all().delete()
    return case


def address(name, case, *more):
    return reverse(f"cases:{name}", args=[case.uuid, *more])


def hidden_in(response):
    """What the form of a page carries along, as a browser would send it."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode().split("<main", 1)[1]
    )
    carried = {}
    for name, value in found:
        carried.setdefault(name, []).append(html.unescape(value))
    return carried


def day(number, prefix="due"):
    wanted = dates.local(timezone.now()).date() + timedelta(days=number)
    return {f"{prefix}_day": wanted.day, f"{prefix}_month": wanted.month, f"{prefix}_year": wanted.year}


def slot(case):
    return case.form_version.definition["documents"][0]["uid"]


def test_choosing_writing_looking_and_sending(verified, browser):
    choose = browser.get(address("clarification_choose", verified))
    assert choose.status_code == 200
    places = ["question:service", f"document:{slot(verified)}"]
    page = browser.get(address("clarification_ask", verified), {"place": places})
    form = page.context["form"]
    assert [field.label for field in form.visible_fields()][:2] == ["What do you offer?", "Certificate"]
    typed = {
        "place": places,
        "key": form["key"].value(),
        "question-0": "Which air?",
        "question-1": "Page 2\nis “missing”.",
        "message": "",
        **day(7),
    }
    preview = browser.post(address("clarification_ask", verified), typed)
    assert "This is what the company reads" in words(preview)
    assert ClarificationRequest.objects.count() == 0
    carried = hidden_in(preview)
    sent = [browser.post(address("clarification_ask", verified), carried | {"send": "1"}) for _ in range(2)]
    assert {each["Location"] for each in sent} == {address("clarifications", verified)}
    request = ClarificationRequest.objects.get()
    asked = [(each.kind, each.uid, each.comment) for each in request.targets.all()]
    assert asked == [
        ("question", "service", "Which air?"),
        ("document", slot(verified), "Page 2\nis “missing”."),
    ]
    assert dates.local(request.due_at).strftime("%H:%M") == "18:00"
    assert [each.kind for each in Message.objects.all()] == ["application.clarification_requested"]
    tab = words(browser.get(address("clarifications", verified)))
    assert "Which air?" in tab
    assert "6 days left" in tab or "7 days left" in tab


def test_going_back_from_the_preview_loses_nothing(verified, browser):
    typed = {"place": "projects", "question-0": "Long question", "message": "Dear all", **day(7)}
    page = browser.post(address("clarification_ask", verified), typed | {"change": "1"})
    assert "Long question" in page.content.decode()
    assert "Preview" in words(page)


def test_choosing_other_places_keeps_what_was_written_about_the_others(verified, browser):
    certificate = f"document:{slot(verified)}"
    typed = {
        "place": ["projects", certificate],
        "question-0": "Which year?",
        "question-1": "Expired?",
        "message": "Dear all",
        **day(7),
    }
    choose = browser.post(address("clarification_ask", verified), typed | {"choose": "1"})
    assert choose.context["picked"] == {"projects", certificate}
    carried = hidden_in(choose)
    nothing = browser.post(address("clarification_ask", verified), carried | {"chosen": "1"})
    assert "Choose at least one place to ask about." in words(nothing)
    carried = hidden_in(nothing) | {"chosen": "1", "place": ["question:service", certificate]}
    form = browser.post(address("clarification_ask", verified), carried).context["form"]
    assert not form.is_bound
    assert [form[f"question-{number}"].value() for number in (0, 1)] == ["", "Expired?"]
    assert form["message"].value() == "Dear all"
    assert form["due"].value().split("-")[2] == str(typed["due_day"])


def test_too_long_a_question_is_named_and_not_its_place(verified, browser):
    asking = address("clarification_ask", verified)
    typed = {"place": "projects", "question-0": "x" * 3001, "message": "", **day(7), "send": "1"}
    for language, sentence in (
        ("en", "Shorten the question about “Project records” to 3000 characters; it has 3001"),
        ("tc", "請將有關「項目紀錄」的問題縮短至3000字，現有3001字"),
        ("sc", "请将关于“项目记录”的问题缩短至3000字，现有3001字"),
    ):
        page = browser.post(asking.replace("/en/", f"/{language}/"), typed)
        assert page.status_code == 422
        assert sentence in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"question-0": ""}, {"due_day": "31", "due_month": "2"}, day(0), day(200), {"question-0": "x" * 3001}],
)
def test_mistakes_are_told_and_send_nothing(verified, browser, wrong):
    typed = {"place": "projects", "question-0": "Why?", "message": "Keep me", **day(7)} | wrong
    page = browser.post(address("clarification_ask", verified), typed | {"send": "1"})
    assert page.status_code == 422
    assert "Keep me" in page.content.decode()
    assert ClarificationRequest.objects.count() == 0


def test_places_of_another_application_are_not_taken(verified, other_case, browser):
    foreign = other_case.projects.get()
    page = browser.get(address("clarification_ask", verified), {"place": f"project:{foreign.uuid}"})
    assert page.status_code == 302
    assert "none=1" in page["Location"]
    page = browser.get(page["Location"])
    assert "Choose at least one place to ask about." in words(page)


def test_doubtful_checks_are_ticked_already(verified, browser):
    CheckItem.objects.filter(application=verified, subject="document").update(state="question")
    page = browser.get(address("clarification_choose", verified))
    assert page.context["picked"] == {f"document:{slot(verified)}"}


def test_before_verification_nothing_can_be_asked(case, browser):
    assert browser.get(address("clarification_choose", case)).status_code == 302
    typed = {"place": "projects", "question-0": "Why?", "message": "", **day(7), "send": "1"}
    page = browser.post(address("clarification_ask", case), typed)
    assert page.status_code == 409
    assert "Why?" in page.content.decode()
    assert ClarificationRequest.objects.count() == 0


def test_more_time_and_dropping_ask_for_a_reason(verified, officer, browser):
    ask(verified, officer, ("projects", ""))
    assert browser.post(address("clarification_extend", verified), day(20)).status_code == 422
    browser.post(address("clarification_extend", verified), day(20) | {"reason": "Holiday"})
    request = ClarificationRequest.objects.get()
    assert request.extensions.get().reason == "Holiday"
    earlier = browser.post(address("clarification_extend", verified), day(10) | {"reason": "Back"})
    assert earlier.status_code == 409
    browser.post(address("clarification_cancel", verified), {"reason": "Found it"})
    request.refresh_from_db()
    assert (request.state, request.settled_reason) == ("cancelled", "Found it")
    again = browser.post(address("clarification_cancel", verified), {"reason": "Twice"}, follow=True)
    assert "No clarification is open in this case." in words(again)


def test_the_answer_and_its_changes_are_read_side_by_side(verified, officer, mei, browser):
    ask(verified, officer, ("question", "service"), ("projects", ""))
    member = membership_of(mei)
    uid = verified.form_version.definition["sections"][-1]["uid"]
    row = verified.answers.get(section_uid=uid)
    drafting.save_section(
        verified,
        uid,
        row.data | {"service": "We clean exhaust water."},
        base_version=row.version,
        member=member,
        completed=True,
    )
    reply(verified, "Corrected.", member)
    hand_in(verified, member)
    tab = words(browser.get(address("clarifications", verified)))
    assert "Corrected." in tab
    assert "Not answered" in tab
    page = browser.get(address("changes", verified, 2))
    assert "<del>air</del>" in page.content.decode()
    assert "<ins>water</ins>" in page.content.decode()
    assert browser.get(address("changes", verified, 1)).status_code == 404


def test_unsent_replies_are_not_the_offices_to_read(verified, officer, mei, browser):
    ask(verified, officer, ("projects", ""))
    reply(verified, "Only begun", membership_of(mei))
    assert "Only begun" not in words(browser.get(address("clarifications", verified)))
    clarifying.cancel(reopening.of(verified).request, officer=officer, reason="Solved")
    assert "Only begun" not in words(browser.get(address("clarifications", verified)))


@pytest.mark.parametrize("count", [1, 3])
def test_the_tab_costs_a_fixed_number_of_queries(
    verified, officer, browser, count, django_assert_max_num_queries
):
    for number in range(count):
        request = ask(verified, officer, ("projects", ""), ("question", "service"))
        if number < count - 1:
            clarifying.cancel(request, officer=officer, reason="Solved")
            verified.refresh_from_db()
    with django_assert_max_num_queries(20):
        browser.get(address("clarifications", verified))

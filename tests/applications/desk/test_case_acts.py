"""What officers do with a case: who may, what changes, and that a second press does no harm."""

import pytest
from django.urls import reverse

from applications import workflow
from applications.desk import assignment
from applications.errors import InvalidTransition
from applications.models import ENDED, Application, CheckItem, Status
from portal.accounts.models import Role
from portal.audit.models import Event
from portal.mail.models import Message
from tests.services.people import person

ACTS = ["take", "hand_over", "start_verification"]
ASKING = ["officer", "start"]


def address(name, case):
    return reverse(f"cases:{name}", args=[case.uuid])


def words(answer):
    """The sentences that the next page shows above its content."""
    return [str(message) for message in answer.context["messages"]]


def press(client, name, case, **data):
    return client.post(address(name, case), data, follow=True)


def events(case):
    found = Event.objects.filter(object_uuid=case.uuid).order_by("id")
    return [event.verb.removeprefix("application.") for event in found]


def test_take_gives_the_case_to_the_officer(client_for, officer, case):
    answer = press(client_for(officer), "take", case)

    case.refresh_from_db()
    assert case.assignee == officer
    assert case.status == Status.SUBMITTED
    assert words(answer) == ["You have this case now."]
    assert events(case)[-1] == "assigned"
    assert not Message.objects.filter(about=case.uuid).exists()


def test_taking_twice_changes_nothing_more(client_for, officer, case):
    client = client_for(officer)
    press(client, "take", case)
    before = events(case)

    answer = press(client, "take", case)

    assert words(answer) == ["You have this case now."]
    assert events(case) == before


def test_take_loses_against_a_faster_colleague(client_for, officer, colleague, case):
    assignment.take(case, officer=colleague)
    before = events(case)

    answer = press(client_for(officer), "take", case)

    case.refresh_from_db()
    assert case.assignee == colleague
    assert words(answer) == ["This case is with Colleague now. Nothing was changed."]
    assert events(case) == before


def test_hand_over_gives_the_case_to_a_colleague(client_for, officer, colleague, case):
    assignment.take(case, officer=officer)

    answer = press(client_for(officer), "hand_over", case, officer=colleague.uuid, seen=officer.uuid)

    case.refresh_from_db()
    assert case.assignee == colleague
    assert words(answer) == ["Colleague has this case now."]
    newest = Event.objects.filter(object_uuid=case.uuid).latest("id")
    assert (newest.from_state, newest.to_state) == (str(officer.uuid), str(colleague.uuid))


def test_case_can_be_given_back(client_for, officer, case):
    assignment.take(case, officer=officer)

    answer = press(client_for(officer), "hand_over", case, officer="", seen=officer.uuid)

    case.refresh_from_db()
    assert case.assignee is None
    assert words(answer) == ["The case was given back. Nobody has it now."]


def test_hand_over_from_an_old_page_changes_nothing(client_for, officer, colleague, case):
    assignment.take(case, officer=colleague)

    answer = press(client_for(officer), "hand_over", case, officer=officer.uuid, seen="")

    case.refresh_from_db()
    assert case.assignee == colleague
    assert words(answer) == ["This case is with Colleague now. Nothing was changed."]


def test_second_press_of_hand_over_does_no_harm(client_for, officer, colleague, case):
    client = client_for(officer)
    press(client, "hand_over", case, officer=colleague.uuid, seen="")
    before = events(case)

    answer = press(client, "hand_over", case, officer=colleague.uuid, seen="")

    assert words(answer) == ["Colleague has this case now."]
    assert events(case) == before


@pytest.mark.parametrize(
    "wrong", ["not-a-uuid", "00000000-0000-4000-8000-000000000000", "mei", "auditor", "gone"]
)
def test_only_an_active_officer_can_have_a_case(client_for, officer, colleague, auditor, mei, case, wrong):
    colleague.is_active = False
    colleague.save()
    people = {"mei": mei.uuid, "auditor": auditor.uuid, "gone": colleague.uuid}

    answer = press(client_for(officer), "hand_over", case, officer=people.get(wrong, wrong), seen="")

    case.refresh_from_db()
    assert answer.status_code == 422
    assert case.assignee is None
    page = answer.content.decode()
    assert "Choose an officer from the list." in page
    assert "<title>Error: " in page


def test_asking_page_offers_the_officers_and_the_present_one(client_for, officer, colleague, auditor, case):
    assignment.take(case, officer=colleague)

    page = client_for(officer).get(address("officer", case)).content.decode()

    assert f'<option value="{colleague.uuid}" selected>Colleague</option>' in page
    assert f'<option value="{officer.uuid}">Officer</option>' in page
    assert "Auditor" not in page.split("<main")[1]
    assert f'name="seen" value="{colleague.uuid}"' in page


def test_start_asks_first_and_shows_what_the_company_will_read(client_for, officer, mei, case):
    mei.language = "zh-hant"
    mei.save()

    page = client_for(officer).get(address("start", case)).content.decode()

    case.refresh_from_db()
    assert case.status == Status.SUBMITTED
    workflow.start_verification(case, officer=officer)
    sent = Message.objects.get(about=case.uuid, kind="application.being_checked", to=mei.email)
    letter = page.split('class="cp-card cp-letter"')[1].split("</div>")[0]
    assert "[[" not in letter
    assert f"/tc/apply/{case.uuid}/" in letter
    assert 'lang="zh-Hant-HK"' in letter
    assert sent.subject in letter
    assert all(line in letter for line in sent.body.split("\n\n")[1].splitlines())


def test_start_moves_the_case_tells_the_company_and_makes_the_checklist(client_for, officer, mei, case):
    answer = press(client_for(officer), "start_verification", case)

    case.refresh_from_db()
    assert case.status == Status.IN_VERIFICATION
    assert case.assignee == officer
    assert words(answer) == ["Verification has begun. The company is told by email."]
    assert events(case)[-1] == "verification_started"
    mails = Message.objects.filter(about=case.uuid)
    assert [(mail.kind, mail.to) for mail in mails] == [("application.being_checked", mei.email)]
    assert CheckItem.objects.filter(application=case).count() == 5


def test_second_start_changes_nothing_and_says_so(client_for, officer, case):
    client = client_for(officer)
    press(client, "start_verification", case)
    before = events(case)

    answer = press(client, "start_verification", case)

    assert words(answer) == ["This case cannot go into verification now: its status changed in the meantime."]
    assert events(case) == before
    assert Message.objects.filter(about=case.uuid).count() == 1


def test_start_keeps_the_officer_who_has_the_case(client_for, officer, colleague, case):
    assignment.take(case, officer=colleague)

    press(client_for(officer), "start_verification", case)

    case.refresh_from_db()
    assert case.assignee == colleague


def test_asking_to_start_after_the_start_leads_back(client_for, officer, case):
    workflow.start_verification(case, officer=officer)

    answer = client_for(officer).get(address("start", case), follow=True)

    assert answer.redirect_chain == [(address("overview", case), 302)]
    assert words(answer) == ["This case cannot go into verification now: its status changed in the meantime."]


def test_acts_are_only_posted(client_for, officer, case):
    client = client_for(officer)

    assert [client.get(address(name, case)).status_code for name in ACTS] == [405] * 3
    assert [client.post(address(name, case)).status_code for name in ASKING] == [405] * 2


def test_acts_ask_for_sign_in_and_second_factor(client, client_for, officer, case):
    half = client_for(officer, mfa=False)
    for name in ACTS:
        assert client.post(address(name, case)).status_code in {302, 403}
        assert half.post(address(name, case)).status_code in {302, 403}

    case.refresh_from_db()
    assert (case.status, case.assignee) == (Status.SUBMITTED, None)


def test_nobody_else_acts(
    client_for, case, auditor, releaser, organiser, editor, assessor, record_checker, mei, otto, stranger
):
    before = events(case)
    for user in (auditor, releaser, organiser, editor, assessor, record_checker, mei, otto, stranger):
        client = client_for(user)
        assert [client.post(address(name, case)).status_code for name in ACTS] == [403] * 3, user
        assert [client.get(address(name, case)).status_code for name in ASKING] == [403] * 2, user

    case.refresh_from_db()
    assert (case.status, case.assignee, events(case)) == (Status.SUBMITTED, None, before)


def test_case_taken_back_by_the_company_is_gone(client_for, officer, mei, case):
    workflow.take_back(case, member=mei.memberships.select_related("provider", "user").get())
    client = client_for(officer)

    assert [client.post(address(name, case)).status_code for name in ACTS] == [404] * 3
    assert [client.get(address(name, case)).status_code for name in ASKING] == [404] * 2


@pytest.mark.parametrize("act", [assignment.take, assignment.hand_over])
def test_take_back_between_page_and_press_is_a_sentence(officer, mei, case, act):
    workflow.take_back(case, member=mei.memberships.select_related("provider", "user").get())
    arguments = (
        {"officer": officer} if act is assignment.take else {"to": officer, "seen": None, "actor": officer}
    )

    with pytest.raises(InvalidTransition, match="The company has taken this application back"):
        act(case, **arguments)


def test_acts_lead_back_to_the_case_with_its_list(client_for, officer, case):
    origin = "/en/office/cases/?status=submitted"

    answer = client_for(officer).post(
        f"{address('take', case)}?back=%2Fen%2Foffice%2Fcases%2F%3Fstatus%3Dsubmitted"
    )

    assert answer.url == f"{address('overview', case)}?back=%2Fen%2Foffice%2Fcases%2F%3Fstatus%3Dsubmitted"
    assert f'href="{origin}#case-{case.uuid}"' in client_for(officer).get(answer.url).content.decode()


def test_pages_need_the_token_against_forged_presses(officer, case, client_for):
    client = client_for(officer)
    client.handler.enforce_csrf_checks = True

    assert client.post(address("take", case)).status_code == 403
    case.refresh_from_db()
    assert case.assignee is None


def test_next_step_follows_the_case(client_for, officer, colleague, case):
    client = client_for(officer)

    def step():
        return client.get(address("overview", case)).context["next"].url_name

    assert step() == "cases:take"
    assignment.take(case, officer=colleague)
    assert step() == "cases:officer"
    assignment.hand_over(case, officer, seen=colleague, actor=colleague)
    assert step() == "cases:start"
    workflow.start_verification(case, officer=officer)
    assert step() == "cases:checklist"


def test_landing_page_counts_what_waits(client_for, officer, colleague, auditor, case, other_case):
    assignment.take(other_case, officer=officer)

    for user, expected in {
        officer: {"Received, with nobody yet": 1, "Received, with you": 1, "Overdue": 0},
        colleague: {"Received, with nobody yet": 1, "Received, with you": 0, "Overdue": 0},
        auditor: {"Received, with nobody yet": 1, "Overdue": 0},
    }.items():
        client = client_for(user)
        answer = client.get(reverse("office:home"))
        card = next(each for each in answer.context["cards"] if each["item"].url_name == "cases:queue")
        assert {str(figure.label): figure.value for figure in card["figures"]} == expected
        for figure in card["figures"]:
            assert client.get(figure.url).context["page"].paginator.count == figure.value


@pytest.mark.parametrize("role", Role.values)
def test_menu_shows_cases_to_those_who_may_read_them(db, client_for, role):
    page = client_for(person(f"staff {role}", role=role)).get(reverse("office:home")).content.decode()

    assert ('href="/en/office/cases/"' in page) == (role in {"officer", "releaser", "auditor"})


@pytest.mark.parametrize("status", sorted(ENDED))
def test_ended_case_stays_with_whoever_had_it(client_for, officer, case, status):
    Application.objects.filter(pk=case.pk).update(status=status)
    browser = client_for(officer)
    refusal = "This case has ended. Nobody has to be given it any more."

    assert address("officer", case) not in browser.get(address("overview", case)).content.decode()
    assert words(browser.get(address("officer", case), follow=True)) == [refusal]
    assert words(press(browser, "take", case)) == [refusal]
    assert words(press(browser, "hand_over", case, officer=officer.uuid, seen="")) == [refusal]
    case.refresh_from_db()
    assert case.assignee is None

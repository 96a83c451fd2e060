"""The checklist: verdicts that nobody overwrites unseen, and what it lets through to assessment."""

import pytest
from django.urls import reverse

from applications import workflow
from applications.desk import checklist
from applications.desk.checklist import Verdict
from applications.errors import InvalidTransition, Unsettled
from applications.models import CheckItem, InternalNote, Status
from portal.audit.models import Event
from portal.mail.models import Message

State = CheckItem.State


@pytest.fixture
def checked(case, officer):
    """A case whose verification has begun: five lines, none checked."""
    workflow.start_verification(case, officer=officer)
    return case


def address(name, case, *parts):
    return reverse(f"cases:{name}", args=[case.uuid, *parts])


def answers(items, **changed):
    """The form as the page gives it, with some lines answered: position -> (state, note)."""
    data = {}
    for position, item in enumerate(items):
        state, note = changed.get(f"n{position}", (item.state, item.note))
        data |= {
            f"check-{item.uuid}-state": state,
            f"check-{item.uuid}-note": note,
            f"check-{item.uuid}-seen": checklist.mark(item.state, item.note),
        }
    return data


def states(case):
    return list(case.check_items.values_list("state", flat=True))


def settle(case, officer):
    seen = checklist.mark(State.OPEN, "")
    verdicts = [Verdict(item.uuid, State.PASSED, "", seen) for item in case.check_items.all()]
    checklist.save(case, verdicts, officer=officer)


def test_saving_keeps_verdict_note_person_and_time(client_for, officer, checked):
    items = list(checked.check_items.all())
    mails = Message.objects.count()

    answer = client_for(officer).post(
        address("checklist", checked),
        answers(items, n0=("passed", ""), n3=("question", "Which year?\r\nSay.")),
    )

    assert answer.url == address("checklist", checked)
    assert states(checked) == ["passed", "open", "open", "question", "open"]
    asked = checked.check_items.get(position=3)
    assert (asked.note, asked.checked_by, asked.version) == ("Which year?\nSay.", officer, 2)
    assert asked.checked_at is not None
    told = Event.objects.filter(object_kind="case", object_uuid=checked.uuid)
    assert [(each.verb, each.to_state, each.changed) for each in told] == [
        ("check.decided", "passed", ["identity:"]),
        ("check.decided", "question", ["projects:"]),
    ]
    assert Message.objects.count() == mails


def test_saving_an_untouched_page_changes_nothing(client_for, officer, checked):
    items = list(checked.check_items.all())

    answer = client_for(officer).post(address("checklist", checked), answers(items), follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["Nothing was changed."]
    assert set(checked.check_items.values_list("version", "checked_by")) == {(1, None)}


def test_old_page_keeps_what_a_colleague_saved_in_other_lines(client_for, officer, colleague, checked):
    old = list(checked.check_items.all())
    client_for(colleague).post(address("checklist", checked), answers(old, n1=("failed", "No stamp.")))

    client_for(officer).post(address("checklist", checked), answers(old, n2=("passed", "")))

    assert states(checked) == ["open", "failed", "passed", "open", "open"]
    assert checked.check_items.get(position=1).checked_by == colleague


def test_same_line_changed_twice_shows_both_texts_and_overwrites_nothing(
    client_for, officer, colleague, checked
):
    old = list(checked.check_items.all())
    client_for(colleague).post(address("checklist", checked), answers(old, n1=("failed", "No stamp.")))

    answer = client_for(officer).post(
        address("checklist", checked), answers(old, n1=("passed", "Stamp is on page 2."), n2=("passed", ""))
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert states(checked) == ["open", "failed", "passed", "open", "open"]
    assert "Colleague saved meanwhile: Not in order" in page
    assert "No stamp." in page and "Stamp is on page 2." in page
    assert "<title>Error: " in page
    # The page that came back replaces it knowingly.
    form = next(each for each in answer.context["forms"] if each.is_stale)
    again = {f"{form.prefix}-{name}": form[name].value() for name in ("state", "note", "seen")}
    client_for(officer).post(address("checklist", checked), again)
    assert checked.check_items.get(position=1).note == "Stamp is on page 2."


def test_both_saying_the_same_is_no_conflict(client_for, officer, colleague, checked):
    old = list(checked.check_items.all())
    data = answers(old, n1=("passed", ""))
    client_for(colleague).post(address("checklist", checked), data)

    assert client_for(officer).post(address("checklist", checked), data).status_code == 302
    assert checked.check_items.get(position=1).checked_by == colleague


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("failed", ""), "Company identity: write in the note what is not in order."),
        (("question", "  "), "Company identity: write in the note what is not in order."),
        (("passed", "字" * 2001), "Company identity: shorten the note to 2000 characters."),
        (("done", ""), "Choose a verdict."),
        (("", ""), "Choose a verdict."),
    ],
)
def test_bad_line_is_named_and_nothing_typed_is_lost(client_for, officer, checked, line, sentence):
    items = list(checked.check_items.all())

    answer = client_for(officer).post(
        address("checklist", checked), answers(items, n0=line, n1=("passed", "Kept 𨋢 <b>"))
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Kept 𨋢 &lt;b&gt;" in page
    assert set(states(checked)) == {"open"}


def test_lines_of_another_case_are_not_touched(client_for, officer, checked, other_case):
    workflow.start_verification(other_case, officer=officer)
    theirs = list(other_case.check_items.all())

    client_for(officer).post(address("checklist", checked), answers(theirs, n0=("passed", "")))

    assert set(states(other_case)) == {"open"}
    assert (
        checklist.save(checked, [Verdict(theirs[0].uuid, State.PASSED, "", "x")], officer=officer).saved == []
    )


def test_only_officers_check(client_for, checked, officer, auditor, releaser, assessor, mei, otto, stranger):
    data = answers(list(checked.check_items.all()), n0=("passed", ""))

    for user in (auditor, releaser, assessor, mei, otto, stranger):
        assert client_for(user).post(address("checklist", checked), data).status_code == 403
    page = client_for(auditor).get(address("checklist", checked)).content.decode()
    page = page.split("<main")[1].split("</main>")[0]

    assert set(states(checked)) == {"open"}
    assert "Company identity" in page
    assert "<button" not in page and "<textarea" not in page


@pytest.mark.parametrize(
    "status", sorted(set(Status.values) - {"in_verification", "clarification_requested"})
)
def test_checklist_rests_outside_verification(officer, checked, status):
    item = checked.check_items.first()
    type(checked).objects.filter(pk=checked.pk).update(status=status)

    with pytest.raises(InvalidTransition):
        checklist.save(
            checked, [Verdict(item.uuid, State.PASSED, "", checklist.mark("open", ""))], officer=officer
        )
    assert set(states(checked)) == {"open"}


def test_case_that_moved_on_meanwhile_keeps_the_typed_text(client_for, officer, checked):
    data = answers(list(checked.check_items.all()), n0=("passed", "Compared with the register."))
    workflow.find_ineligible(checked, officer=officer, reason="Not registered.")

    answer = client_for(officer).post(address("checklist", checked), data)

    assert answer.status_code == 409
    assert "nothing of the checklist was saved" in answer.content.decode()
    assert "Compared with the register." in answer.content.decode()


def test_progress_stands_on_tab_and_overview(client_for, officer, checked):
    items = list(checked.check_items.all())
    client = client_for(officer)
    client.post(address("checklist", checked), answers(items, n0=("passed", ""), n1=("failed", "No.")))

    page = client.get(address("overview", checked)).content.decode()

    assert '<span class="cp-count">2/5</span>' in page
    assert "2 of 5 checked, 4 not settled" in " ".join(page.split())


def test_history_names_the_line_and_the_verdict(client_for, officer, checked):
    items = list(checked.check_items.all())
    client_for(officer).post(address("checklist", checked), answers(items, n4=("passed", "")))

    newest = client_for(officer).get(address("history", checked)).context["entries"][0]

    assert (newest.title, newest.who) == ("Certificate: In order", "Officer")


def test_settled_case_goes_to_assessment_without_a_word(client_for, officer, checked):
    settle(checked, officer)
    client = client_for(officer)
    assert client.get(address("overview", checked)).context["next"].url_name == "cases:assessment"

    answer = client.post(address("assessment", checked))

    checked.refresh_from_db()
    assert answer.url == address("overview", checked)
    assert checked.status == Status.IN_ASSESSMENT
    assert not InternalNote.objects.exists()


def test_unsettled_case_needs_a_reason(client_for, officer, checked):
    client = client_for(officer)
    mails = Message.objects.count()

    refused = client.post(address("assessment", checked), {"reason": " "})

    checked.refresh_from_db()
    assert refused.status_code == 422
    assert checked.status == Status.IN_VERIFICATION
    client.post(address("assessment", checked), {"reason": "The certificate follows by post."})
    checked.refresh_from_db()
    assert checked.status == Status.IN_ASSESSMENT
    assert [note.text for note in checked.notes.all()] == ["The certificate follows by post."]
    assert Message.objects.count() == mails


@pytest.mark.parametrize("state", ["open", "question", "failed"])
def test_domain_refuses_an_unsettled_line_without_reason(officer, checked, state):
    settle(checked, officer)
    checked.check_items.filter(position=2).update(state=state)

    with pytest.raises(Unsettled):
        workflow.send_to_assessment(checked, officer=officer)
    checked.refresh_from_db()
    assert checked.status == Status.IN_VERIFICATION


def test_back_to_verification_needs_a_reason_and_opens_the_checklist(client_for, officer, checked):
    settle(checked, officer)
    workflow.send_to_assessment(checked, officer=officer)
    client = client_for(officer)

    assert client.post(address("back_to_verification", checked)).status_code == 422
    client.post(address("back_to_verification", checked), {"reason": "A page is missing."})

    checked.refresh_from_db()
    assert checked.status == Status.IN_VERIFICATION
    assert "Save the checklist" in client.get(address("checklist", checked)).content.decode()


def test_ineligible_shows_the_very_mail_before_it_acts(client_for, officer, mei, checked):
    client = client_for(officer)
    reason = "Condition 2 is not met: <no> registration.\nPlease write to us."
    before = Message.objects.count()

    shown = client.post(address("ineligible", checked), {"reason": reason})
    checked.refresh_from_db()
    assert (shown.status_code, checked.status) == (200, Status.IN_VERIFICATION)
    assert "Condition 2 is not met: &lt;no&gt; registration." in shown.content.decode()
    changed = client.post(address("ineligible", checked), {"reason": reason, "change": "yes"})
    assert "Condition 2 is not met: &lt;no&gt; registration." in changed.content.decode()
    assert Message.objects.count() == before

    answer = client.post(address("ineligible", checked), {"reason": reason, "confirmed": "yes"})

    checked.refresh_from_db()
    assert answer.url == address("overview", checked)
    assert checked.status == Status.INELIGIBLE
    mail = Message.objects.latest("id")
    assert (mail.to, mail.kind) == (mei.email, "application.ineligible")
    assert reason in mail.body
    assert [note.text for note in checked.notes.all()] == [reason]


def test_second_press_of_ineligible_says_that_it_is_done(client_for, officer, checked):
    client = client_for(officer)
    data = {"reason": "Not registered.", "confirmed": "yes"}
    client.post(address("ineligible", checked), data)
    mails = Message.objects.count()

    answer = client.post(address("ineligible", checked), data)

    assert answer.status_code == 409
    assert "Only a case in verification can be found ineligible." in answer.content.decode()
    assert "Not registered." in answer.content.decode()
    assert (Message.objects.count(), checked.notes.count()) == (mails, 1)


@pytest.mark.parametrize("name", ["assessment", "ineligible", "back_to_verification"])
def test_only_officers_end_a_verification(
    client_for, checked, auditor, releaser, assessor, organiser, mei, otto, name
):
    data = {"reason": "x", "confirmed": "yes"}
    for user in (auditor, releaser, assessor, organiser, mei, otto):
        assert client_for(user).get(address(name, checked)).status_code == 403
        assert client_for(user).post(address(name, checked), data).status_code == 403
    checked.refresh_from_db()
    assert checked.status == Status.IN_VERIFICATION

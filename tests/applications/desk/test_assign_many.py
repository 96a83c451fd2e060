"""Giving many cases at once: every row on its own, and a report of each."""

from uuid import uuid4

import pytest

from applications.desk import assignment
from applications.desk.assignment import Choice
from applications.models import Application, Status
from applications.views.desk import queue_assign
from portal.audit.models import Event
from tests.applications.desk.case_rows import URL, make_rows

ASK, ASSIGN = URL + "assign/", URL + "assign/confirm/"

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def ticked(cases, seen=None):
    return [f"{case.uuid}:{seen.uuid if seen else ''}" for case in cases]


def whose(cases):
    rows = Application.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk")
    return [row.assignee for row in rows.select_related("assignee")]


def test_asking_names_number_and_cases_and_changes_nothing(client_for, officer, round):
    cases = make_rows(3, round)

    answer = client_for(officer).post(ASK, {"case": ticked(cases[:2]), "query": "status=submitted&page=2"})

    page = answer.content.decode()
    assert "2 cases will be given to another officer." in page
    assert [str(case.uuid) in page for case in cases] == [True, True, False]
    assert f'href="{URL}?status=submitted&amp;page=2"' in page
    assert whose(cases) == [None] * 3


def test_asking_proposes_oneself_not_to_give_everything_back(client_for, officer, round):
    cases = make_rows(1, round)

    page = client_for(officer).post(ASK, {"case": ticked(cases)}).content.decode()

    assert f'<option value="{officer.uuid}" selected>' in page


def test_all_matching_means_all_pages_of_this_list(client_for, officer, round):
    make_rows(40, round)
    make_rows(2, round, start=100, status=Status.WITHDRAWN)

    answer = client_for(officer).post(ASK, {"all": "yes", "query": "status=submitted&page=2"})

    assert len(answer.context["rows"]) == 40


@pytest.mark.parametrize(
    "data", [{}, {"case": "x"}, {"case": f"{uuid4()}:"}, {"all": "yes", "query": "q=none"}]
)
def test_nothing_chosen_leads_back_with_a_sentence(client_for, officer, round, data):
    make_rows(1, round)

    answer = client_for(officer).post(ASK, data, follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["Tick at least one case first."]


def test_too_many_are_refused_before_anything_happens(client_for, officer, round, monkeypatch):
    monkeypatch.setattr(queue_assign, "MOST", 2)
    make_rows(3, round)

    answer = client_for(officer).post(ASK, {"all": "yes", "query": ""}, follow=True)

    assert "At most 2 cases" in str(next(iter(answer.context["messages"])))


def test_report_tells_what_became_of_each(client_for, officer, colleague, auditor, round):
    good, stale, same, taken_back = make_rows(4, round)
    assignment.take(stale, officer=officer)
    assignment.take(same, officer=colleague)
    values = ticked([good, stale, taken_back]) + ticked([same], colleague) + ["nonsense", f"{uuid4()}:"]
    Application.objects.filter(pk=taken_back.pk).update(status=Status.DRAFT)

    answer = client_for(officer).post(
        ASSIGN, {"case": values, "officer": str(colleague.uuid), "query": "q=demo"}
    )

    assert answer.status_code == 200
    assert [each.case for each in answer.context["done"]] == [good]
    said = {each.case: str(each.sentence) for each in answer.context["skipped"]}
    assert said[stale] == "This case is with Officer now. Nothing was changed."
    assert said[same] == "Nothing to change: it is so already."
    assert said[None].startswith("The company has taken this application back.")
    assert len(answer.context["skipped"]) == 4
    assert whose([good, stale, same]) == [colleague, officer, colleague]
    page = " ".join(answer.content.decode().split())
    assert "1 case is with Colleague now" in page and "4 cases were left as they are" in page
    assert f'href="{URL}?q=demo"' in page


def test_second_press_changes_nothing_more(client_for, officer, colleague, round):
    cases = make_rows(2, round)
    data = {"case": ticked(cases), "officer": str(colleague.uuid)}
    client_for(officer).post(ASSIGN, data)
    before = Event.objects.count()

    answer = client_for(officer).post(ASSIGN, data)

    assert answer.context["done"] == []
    assert Event.objects.count() == before


def test_cases_can_be_given_back_together(client_for, officer, round):
    cases = make_rows(2, round, assignee=officer)

    answer = client_for(officer).post(ASSIGN, {"case": ticked(cases, officer), "officer": ""})

    assert whose(cases) == [None, None]
    assert "2 cases were given back" in " ".join(answer.content.decode().split())


def test_wrong_officer_keeps_the_choice_of_cases(client_for, officer, auditor, round):
    cases = make_rows(2, round)

    for wrong in (auditor.uuid, "x", uuid4()):
        answer = client_for(officer).post(ASSIGN, {"case": ticked(cases), "officer": str(wrong)})
        assert answer.status_code == 422
        assert "Choose an officer from the list." in answer.content.decode()
        assert len(answer.context["rows"]) == 2
    assert whose(cases) == [None, None]


def test_only_officers_give_cases(client_for, officer, auditor, releaser, assessor, organiser, mei, round):
    cases = make_rows(1, round)
    for user in (auditor, releaser, assessor, organiser, mei):
        for url in (ASK, ASSIGN):
            answer = client_for(user).post(url, {"case": ticked(cases), "officer": str(officer.uuid)})
            assert answer.status_code == 403
    assert whose(cases) == [None]
    page = client_for(auditor).get(URL).content.decode()
    assert 'type="checkbox"' not in page and "Give the ticked" not in page


def test_every_case_has_its_own_event(officer, colleague, round):
    cases = make_rows(3, round)

    assignment.hand_over_many([Choice(case.uuid, None) for case in cases], colleague, actor=officer)

    events = Event.objects.filter(verb="application.assigned")
    assert {each.object_uuid for each in events} == {case.uuid for case in cases}
    assert {each.to_state for each in events} == {str(colleague.uuid)}


def test_ended_cases_are_left_out_and_counted(client_for, officer, round):
    going_on = make_rows(2, round)
    ended = make_rows(1, round, start=10, status=Status.WITHDRAWN)
    browser = client_for(officer)

    assert f'id="tick-{going_on[0].uuid}"' in browser.get(URL).content.decode()
    assert f'id="tick-{ended[0].uuid}"' not in browser.get(URL).content.decode()
    answer = browser.post(ASK, {"all": "yes", "query": ""})
    assert answer.context["rows"] == going_on
    assert "1 case has ended and is given to nobody." in answer.content.decode()
    answer = browser.post(ASK, {"case": ticked(ended)}, follow=True)
    assert [str(each) for each in answer.context["messages"]] == ["1 case has ended and is given to nobody."]


def test_case_that_ended_since_the_list_is_reported_and_not_given(client_for, officer, round):
    good, ended = make_rows(2, round)
    Application.objects.filter(pk=ended.pk).update(status=Status.WITHDRAWN)

    answer = client_for(officer).post(ASSIGN, {"case": ticked([good, ended]), "officer": officer.uuid})

    assert [each.case for each in answer.context["done"]] == [good]
    said = [(each.case, each.sentence) for each in answer.context["skipped"]]
    assert said == [(ended, "This case has ended. Nobody has to be given it any more.")]
    assert whose([good, ended]) == [officer, None]

"""What is overdue, the usual lists, and filters that a person saves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications.desk import saved_filters, targets
from applications.desk.cases import CaseList
from applications.models import Application, SavedFilter, Status, StatusTarget
from tests.applications.desk.case_rows import URL, make_rows

SAVE = URL + "filters/"


def aged(round, status, days, *, start, **fields):
    rows = make_rows(1, round, start=start, status=status, **fields)
    since = timezone.now() - timedelta(days=days)
    Application.objects.filter(pk=rows[0].pk).update(status_changed_at=since)
    return rows[0].reference


def shown(client, **query):
    return sorted(case.reference for case in client.get(URL, query).context["page"])


@pytest.fixture
def late(round, officer, colleague):
    """References of what is overdue, beside cases that are not."""
    now = timezone.now()
    references = [
        aged(round, Status.SUBMITTED, 15, start=1),
        aged(round, Status.IN_VERIFICATION, 29, start=2, assignee=officer),
        aged(round, Status.IN_ASSESSMENT, 91, start=3, assignee=colleague),
        aged(
            round,
            Status.CLARIFICATION_REQUESTED,
            1,
            start=4,
            assignee=officer,
            clarification_due_at=now - timedelta(minutes=1),
        ),
    ]
    aged(round, Status.SUBMITTED, 13, start=5)
    aged(round, Status.IN_VERIFICATION, 27, start=6, assignee=officer)
    aged(
        round,
        Status.CLARIFICATION_REQUESTED,
        400,
        start=7,
        clarification_due_at=now + timedelta(minutes=5),
    )
    for number, status in enumerate(["commended", "not_commended", "ineligible", "withdrawn"]):
        aged(round, status, 400, start=10 + number, assignee=officer)
    aged(round, Status.DRAFT, 400, start=20)
    return references


def test_overdue_is_beyond_the_target_or_the_companys_time(client_for, officer, late):
    assert shown(client_for(officer), due="overdue") == late


def test_row_says_since_when_it_is_overdue(client_for, officer, late):
    client = client_for(officer)

    assert client.get(URL, {"due": "overdue"}).content.decode().count("overdue since") == 4
    in_time = client.get(URL, {"status": "submitted"}).content.decode()
    assert in_time.count("overdue since") == 1
    assert in_time.count(">due ") == 1


def test_changed_target_changes_what_is_overdue(client_for, officer, late):
    targets.change({Status.SUBMITTED: 20, Status.IN_VERIFICATION: 20}, officer=officer)

    found = shown(client_for(officer), due="overdue")

    assert late[0] not in found
    assert len(found) == 4


def test_target_says_what_changed_and_keeps_defaults_silent(officer):
    assert targets.change({Status.SUBMITTED: 14}, officer=officer) == []
    assert targets.change({Status.SUBMITTED: 10}, officer=officer) == [Status.SUBMITTED]
    assert targets.change({Status.SUBMITTED: 10}, officer=officer) == []
    assert StatusTarget.objects.get().changed_by == officer


def test_every_usual_list_counts_the_rows_that_it_shows(client_for, officer, colleague, late):
    for user, mine in ((officer, 3), (colleague, 0)):
        client = client_for(user)
        presets = client.get(URL).context["presets"]
        assert [str(each["label"]) for each in presets] == ["All", "Mine", "With nobody", "Overdue"]
        for preset in presets:
            answer = client.get(preset["url"])
            assert answer.context["page"].paginator.count == preset["count"]
            assert [each["current"] for each in answer.context["presets"]].count(True) == 1
        assert presets[1]["count"] == mine


def test_further_filter_leaves_the_usual_lists(client_for, officer, late):
    presets = client_for(officer).get(URL, {"officer": "me", "q": "demo"}).context["presets"]

    assert not any(each["current"] for each in presets)


def test_unknown_value_of_time_shows_nothing(client_for, officer, late):
    answer = client_for(officer).get(URL, {"due": "soon"})

    assert answer.context["page"].paginator.count == 0
    assert "“soon” is not a choice of the filter “Time”" in answer.content.decode()


def test_saved_filter_brings_the_list_back(client_for, officer, late):
    client = client_for(officer)
    asked = CaseList(q="Demo", status="submitted", sort="-company", page="3")

    answer = client.post(SAVE, {"name": " My  列表 ", "query": asked.query(page="3")})

    saved = SavedFilter.objects.get()
    assert (saved.user, saved.name, saved.query) == (
        officer,
        "My 列表",
        "q=Demo&status=submitted&sort=-company",
    )
    assert answer.url == f"{URL}?{saved.query}"
    assert f'href="{URL}?q=Demo&amp;status=submitted&amp;sort=-company">My 列表</a>' in (
        client.get(URL).content.decode()
    )


def test_saved_filter_is_used_and_gets_another_name(client_for, officer, colleague, late):
    client = client_for(officer)
    client.post(SAVE, {"name": "First name", "query": "due=overdue"})
    first = SavedFilter.objects.get()

    used = client.get(f"{URL}?{first.query}")
    assert sorted(case.reference for case in used.context["page"]) == late

    client.post(SAVE, {"name": "Second name", "query": first.query})
    client.post(f"{SAVE}{first.uuid}/remove/", {"query": first.query})
    page = client.get(URL).content.decode()
    assert f'href="{URL}?due=overdue">Second name</a>' in page
    assert "First name" not in page
    assert "Second name" not in client_for(colleague).get(URL).content.decode()


def test_saving_under_a_name_in_use_replaces_the_list(officer):
    saved_filters.save(officer, "Mine", CaseList(q="a"))
    saved_filters.save(officer, "Mine", CaseList(q="b"))

    assert [each.query for each in saved_filters.of(officer)] == ["q=b"]


@pytest.mark.parametrize(
    ("name", "sentence"), [(" ", "Enter a name for the filter."), ("x" * 61, "Shorten the name to 60")]
)
def test_refused_filter_keeps_list_and_name(client_for, officer, late, name, sentence):
    answer = client_for(officer).post(SAVE, {"name": name, "query": "due=overdue"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sorted(case.reference for case in answer.context["page"]) == late
    assert f'value="{name}"' in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_only_so_many_filters_can_be_saved(officer):
    for number in range(saved_filters.MOST):
        saved_filters.save(officer, f"List {number}", CaseList(q=str(number)))

    with pytest.raises(saved_filters.NotSaved):
        saved_filters.save(officer, "One more", CaseList())
    saved_filters.save(officer, "List 0", CaseList(q="other"))
    with pytest.raises(saved_filters.NotSaved):
        saved_filters.save(officer, "Long", CaseList(q="𨋢" * 100))


def test_nobody_sees_or_removes_the_filters_of_another(client_for, officer, colleague, auditor):
    saved = saved_filters.save(officer, "Demo Private Name", CaseList(q="x"))
    for user in (colleague, auditor):
        client = client_for(user)
        assert "Demo Private Name" not in client.get(URL).content.decode()
        client.post(f"{SAVE}{saved.uuid}/remove/")
    assert SavedFilter.objects.exists()

    for _ in range(2):
        answer = client_for(officer).post(f"{SAVE}{saved.uuid}/remove/", {"query": "due=overdue"})
        assert answer.url == f"{URL}?due=overdue"
    assert not SavedFilter.objects.exists()


def test_query_of_a_saved_filter_is_only_a_list(client_for, officer):
    answer = client_for(officer).post(
        SAVE, {"name": "Odd", "query": "next=//evil.example&status=%00&page=9&sort=x"}
    )

    assert SavedFilter.objects.get().query == "status=%00&sort=x"
    assert answer.url == f"{URL}?status=%00&sort=x"

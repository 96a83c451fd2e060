"""Figures for officers: the same numbers in the chart, in its table and in the file."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from applications.models import Application, Status, StatusTarget
from portal import dates
from tests.applications.desk.case_rows import make_rows
from tests.applications.desk.handing_in import make_round

URL = "/en/office/figures/"


def table(client, code, **query):
    answer = client.get(f"{URL}csv/{code}/", query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def rows(round):
    make_rows(3, round)
    make_rows(2, round, start=10, status=Status.IN_VERIFICATION)
    make_rows(1, round, start=20, status=Status.DRAFT)
    made = make_rows(1, round, start=30, status=Status.WITHDRAWN)
    Application.objects.filter(pk=made[0].pk).update(submitted_at=timezone.now() - timedelta(weeks=60))
    Application.objects.filter(status=Status.IN_VERIFICATION).update(
        status_changed_at=timezone.now() - timedelta(days=30)
    )
    return round


def test_cases_are_counted_by_status_without_drafts(client_for, officer, rows):
    counted = dict(table(client_for(officer), "status")[1:])

    assert counted["Received"] == "3"
    assert counted["In verification"] == "2"
    assert counted["Withdrawn"] == "1"
    assert sum(map(int, counted.values())) == 6


def test_weeks_begin_on_monday_in_hong_kong_and_newest_comes_first(client_for, officer, round):
    # Sunday 23:30 in UTC is Monday in Hong Kong.
    now = timezone.now()
    sunday = (now - timedelta(days=now.weekday() + 8)).replace(hour=23, minute=30)
    make_rows(1, round, submitted_at=sunday)

    lines = table(client_for(officer), "week")

    assert len(lines) == 27
    assert dict(lines)[dates.day(dates.local(sunday))] == "1"
    assert sum(int(number) for _, number in lines[1:]) == 1


def test_time_in_status_stands_against_its_target(client_for, officer, rows):
    lines = {line[0]: line[1:] for line in table(client_for(officer), "age")}

    assert lines["In verification"] == ["28", "2", "2", "30"]
    assert lines["Received"] == ["14", "3", "0", "0"]
    assert lines["Clarification requested"] == ["as given", "0", "0", "–"]


def test_round_narrows_every_number(client_for, officer, rows):
    other = make_round("OTHER-")
    make_rows(1, other, start=50)
    client = client_for(officer)

    assert dict(table(client, "status", round=str(other.uuid))[1:])["Received"] == "1"
    page = client.get(URL, {"round": str(other.uuid)})
    assert f"csv/status/?round={other.uuid}" in page.content.decode()
    for wrong in ("x", "00000000-0000-4000-8000-000000000000"):
        assert client.get(URL, {"round": wrong}).status_code == 404


def test_page_draws_charts_with_words_and_tables(client_for, officer, rows):
    page = client_for(officer).get(URL).content.decode()

    assert page.count('role="img"') == 3
    assert page.count("<title id=") == page.count("<desc id=") == 1
    assert page.count('aria-describedby="desc-') == 2
    assert page.count('<table class="cp-table') == 3
    assert "30 days, 2 overdue" in page
    assert "style=" not in page.split("<main")[1]


def test_page_without_cases_has_tables_and_no_drawing(client_for, officer, round):
    page = client_for(officer).get(URL).content.decode()

    assert 'role="img"' not in page
    assert page.count('<table class="cp-table') == 3


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_at_any_size(
    client_for, officer, round, count, django_assert_num_queries
):
    make_rows(count, round)
    client = client_for(officer)
    client.get(URL)

    with django_assert_num_queries(9):
        client.get(URL)


def test_targets_are_set_by_officers_and_used_at_once(client_for, officer, rows):
    client = client_for(officer)
    data = {"submitted": "14", "in_verification": "４０", "in_assessment": "90"}

    answer = client.post(URL + "targets/", data)

    assert answer.url == URL
    assert list(StatusTarget.objects.values_list("status", "days")) == [("in_verification", 40)]
    lines = {line[0]: line[1:] for line in table(client, "age")}
    assert lines["In verification"] == ["40", "2", "0", "30"]


@pytest.mark.parametrize("wrong", ["", "0", "731", "soon", "1.5"])
def test_wrong_target_is_explained_and_kept(client_for, officer, wrong):
    data = {"submitted": wrong, "in_verification": "28", "in_assessment": "90"}

    answer = client_for(officer).post(URL + "targets/", data)

    assert answer.status_code == 422
    assert f'value="{wrong}"' in answer.content.decode() or not wrong
    assert not StatusTarget.objects.exists()


def test_readers_see_figures_and_only_officers_set_targets(
    client_for, auditor, releaser, assessor, organiser, mei, rows
):
    for user in (auditor, releaser):
        client = client_for(user)
        assert client.get(URL).status_code == 200
        assert "targets/" not in client.get(URL).content.decode()
        assert client.get(URL + "targets/").status_code == 403
        assert client.post(URL + "targets/", {"submitted": "1"}).status_code == 403
    for user in (assessor, organiser, mei):
        client = client_for(user)
        assert {client.get(URL + path).status_code for path in ("", "csv/status/", "targets/")} == {403}
    assert not StatusTarget.objects.exists()

"""The officers' list as a page: what it shows, how it sorts and pages, and to whom."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, Status
from portal.accounts.models import Provider
from tests.applications.desk.case_rows import URL, make_rows
from tests.applications.desk.handing_in import DRAFT_MARKER, make_round

QUERIES = 12


def markup(answer):
    """The page without the white space that only lays out its source."""
    return re.sub(r"\s*(<|>)\s*", r"\1", answer.content.decode())


@pytest.fixture
def case(round, provider_a):
    """A row is all that the list needs."""
    return Application.objects.create(
        round=round,
        provider=provider_a,
        form_version=round.form_versions.get(),
        status=Status.SUBMITTED,
        reference="DEMO-TS-0001",
        submitted_at=timezone.now(),
        revision=1,
    )


@pytest.fixture
def unsent(round):
    """Begun and never submitted, or taken back: the reference is kept then."""
    provider = Provider.objects.create(name_en=DRAFT_MARKER, hk_registration="19999999")
    return Application.objects.create(
        round=round,
        provider=provider,
        form_version=round.form_versions.get(),
        reference="DEMO-TS-0099",
        submitted_at=timezone.now(),
    )


@pytest.mark.parametrize("name", ["cases:queue", "figures:index", "threads:index"])
def test_round_in_preparation_is_no_choice(client_for, releaser, case, name):
    """Who only reads cases may not know of it yet."""
    make_round("NEXT-", state="preparing", name_en="Unheard-of round")
    page = client_for(releaser).get(reverse(name)).content.decode()

    assert str(case.round) in page
    assert "Unheard-of" not in page


def test_page_lists_each_case_with_its_facts(client_for, officer, case):
    page = markup(client_for(officer).get(URL))

    assert f'id="case-{case.uuid}"' in page
    assert f"/en/office/cases/{case.uuid}/?back=%2Fen%2Foffice%2Fcases%2F" in page
    assert "DEMO-TS-0001" in page
    assert '<span class="cp-sub" lang="zh-Hant-HK">示範甲有限公司</span>' in page
    assert "Received" in page
    assert 'role="status">1 case</p>' in page


@pytest.mark.parametrize("count", [1, 3, 10, 5_000])
def test_list_costs_the_same_queries_at_any_size(
    client_for, officer, round, count, django_assert_num_queries
):
    make_rows(count, round, assignee=officer)
    client = client_for(officer)
    client.get(URL)

    with django_assert_num_queries(QUERIES):
        answer = client.get(URL, {"q": "demo", "status": "submitted", "officer": "me", "sort": "-company"})

    assert answer.context["page"].paginator.count == count


def test_companies_are_read_for_the_rows_of_one_page_only(client_for, officer, round):
    make_rows(30, round)
    client = client_for(officer)

    with CaptureQueriesContext(connection) as queries:
        client.get(URL, {"page": "2"})

    rows = next(each["sql"] for each in queries if "LIMIT" in each["sql"] and "name_zh_hans" in each["sql"])
    outer, chosen = rows.split(" IN (SELECT ", 1)
    assert outer.count(" JOIN ") == 3
    assert " JOIN " not in chosen.split(" LIMIT ")[0]


def test_drafts_are_counted_and_never_shown(client_for, officer, case, unsent):
    client = client_for(officer)
    queries = [
        {},
        {"q": DRAFT_MARKER},
        {"q": "0099"},
        {"status": "draft"},
        {"sort": "company", "round": str(unsent.round.uuid), "officer": "nobody"},
    ]

    pages = [client.get(URL, query).content.decode() for query in queries]

    assert 'Demonstration round <span class="cp-count">1</span>' in pages[0]
    assert [page.count(str(case.uuid)) > 0 for page in pages] == [True, False, False, False, True]
    assert not any(str(unsent.uuid) in page or "DEMO-TS-0099" in page for page in pages)
    # Where it was searched for, the search box and the chip repeat what was typed, and nothing else does.
    assert [page.count(DRAFT_MARKER) for page in pages] == [0, 2, 0, 0, 0]


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ({"status": "lost"}, "“lost” is not a choice of the filter “Status”, so no case is shown."),
        ({"status": ""}, "The filter “Status” is empty, so no case is shown."),
        ({"officer": "<b>"}, "“&lt;b&gt;” is not a choice of the filter “Officer”, so no case is shown."),
        ({"round": "x"}, "“x” is not a choice of the filter “Round”, so no case is shown."),
        (
            {"q": "x" * 101},
            "The search is longer than 100 characters, so no case is shown. Shorten it.",
        ),
    ],
)
def test_unknown_filter_shows_nothing_and_says_so(client_for, officer, case, query, note):
    answer = client_for(officer).get(URL, query)

    page = markup(answer)
    assert answer.status_code == 200
    assert note in page
    assert 'role="status">0 cases</p>' in page
    assert str(case.uuid) not in page


def test_unknown_sort_is_named_and_the_usual_one_used(client_for, officer, case):
    page = client_for(officer).get(URL, {"sort": "provider__address"}).content.decode()

    assert "The list cannot be sorted by “provider__address”." in page
    assert str(case.uuid) in page


@pytest.mark.parametrize("text", ["\0", "%", "_", "' OR 1=1 --", "\\", "a\u0301", "示範甲 DEMO-TS", "＿"])
def test_any_search_text_is_only_text(client_for, officer, case, text):
    answer = client_for(officer).get(URL, {"q": text})

    assert answer.status_code == 200
    # An accent does not keep one from finding "A".
    expected = 1 if text in {"\0", "示範甲 DEMO-TS", "a\u0301"} else 0
    assert answer.context["page"].paginator.count == expected


def test_chips_remove_one_filter_and_keep_the_others(client_for, officer, round):
    make_rows(1, round)
    query = {
        "q": "demo",
        "status": "submitted",
        "round": str(round.uuid),
        "officer": "nobody",
        "due": "overdue",
        "sort": "status",
    }

    chips = client_for(officer).get(URL, {**query, "page": "2"}).context["chips"]

    assert [str(chip.label) for chip in chips] == [
        "Search: demo",
        "Status: Received",
        "Round: Demonstration round",
        "Officer: Nobody yet",
        "Time: Overdue",
    ]
    for name, chip in zip(["q", "status", "round", "officer", "due"], chips, strict=True):
        parts = urlsplit(chip.url)
        assert parts.path == URL
        left = {key: values[0] for key, values in parse_qs(parts.query).items()}
        assert left == {key: value for key, value in query.items() if key != name}


def test_heads_sort_and_say_how_it_is_sorted(client_for, officer, case):
    client = client_for(officer)

    rising = client.get(URL, {"sort": "company", "status": "submitted"})
    falling = client.get(URL, {"sort": "-company"})

    heads = {str(column["label"]): column for column in rising.context["columns"]}
    assert heads["Company"]["direction"] == "ascending"
    assert heads["Company"]["href"] == f"{URL}?status=submitted&sort=-company"
    assert heads["Reference"]["href"] == f"{URL}?status=submitted&sort=reference"
    assert heads["Officer"]["href"] == ""
    assert rising.content.decode().count("aria-sort") == 1
    assert 'aria-sort="descending"' in falling.content.decode()
    assert "<caption" in falling.content.decode()


@pytest.mark.parametrize(
    ("asked", "number", "rows"),
    [("1", 1, 25), ("3", 3, 2), ("99", 3, 2), ("0", 3, 2), ("-1", 3, 2), ("x", 1, 25), ("", 1, 25)],
)
def test_pages_at_their_edges(client_for, officer, round, asked, number, rows):
    make_rows(52, round)

    page = client_for(officer).get(URL, {"page": asked}).context["page"]

    assert (page.number, len(page.object_list)) == (number, rows)


def test_every_case_stands_on_exactly_one_page(client_for, officer, round):
    made = make_rows(60, round, submitted_at=timezone.now())
    client = client_for(officer)

    found = [
        row.pk
        for number in (1, 2, 3)
        for row in client.get(URL, {"page": number, "sort": "status"}).context["page"]
    ]

    assert sorted(found) == sorted(row.pk for row in made)


def test_empty_list_says_why(client_for, officer, round):
    client = client_for(officer)

    assert "No application has been submitted yet." in client.get(URL).content.decode()
    assert "No case fits these filters." in client.get(URL, {"status": "withdrawn"}).content.decode()


@pytest.mark.parametrize("name", ["officer", "releaser", "auditor", "root"])
def test_office_readers_may_see_the_list(request, client_for, case, name):
    answer = client_for(request.getfixturevalue(name)).get(URL)

    assert str(case.uuid) in answer.content.decode()


@pytest.mark.parametrize("name", ["organiser", "editor", "assessor", "record_checker", "mei", "stranger"])
def test_everybody_else_is_refused(request, client_for, case, name):
    answer = client_for(request.getfixturevalue(name)).get(URL)

    assert answer.status_code == 403
    assert str(case.uuid) not in answer.content.decode()


def test_without_sign_in_or_second_factor_there_is_no_list(client, client_for, officer):
    assert client.get(URL).status_code == 302
    assert client.get(URL).url.startswith("/en/account/login/")
    assert client_for(officer, mfa=False).get(URL).status_code in {302, 403}


def test_list_is_not_for_posting(client_for, officer):
    assert client_for(officer).post(URL).status_code == 405


def test_list_comes_with_the_strict_policy(client_for, officer):
    policy = client_for(officer).get(URL)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy

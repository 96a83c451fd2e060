"""The search page: what it shows, and what harms it not."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import navigation
from portal.search import index, kinds, views
from portal.search.models import SearchEntry
from tests.search import corpus

ADDRESS = "/{}/search/"
GARBAGE = [
    "%",
    "_",
    "\\",
    "%%%___\\\\",
    "'; DROP TABLE search_searchentry; --",
    "\0",
    "a\0b",
    "<script>alert(1)</script>",
    '"',
    "“”「」",
    "((((((((((",
    "\ud83d\ude00 \u202e \ufeff".encode("utf-16", "surrogatepass").decode("utf-16"),
    "é" * 3000,
    "清潔" * 5000,
    "a " * 5000,
    "-" * 10_000,
    "x-" * 5000,
    "{{ 7*7 }} ${7*7} {% now %}",
]


@pytest.fixture
def places(db):
    cache.clear()
    SearchEntry.objects.all().delete()
    corpus.write()


def find(client, words, prefix="en", **others):
    return client.get(ADDRESS.format(prefix), {"q": words, **others})


def titles(response):
    html = response.content.decode()
    links = re.findall(r'class="cp-found__title"><a class="govuk-link" href="([^"]+)"', html)
    return links


def test_results_stand_in_groups_with_the_words_marked(client, places):
    response = find(client, "commend")

    assert titles(response) == ["/en/scheme/", "/en/who-may/"]
    html = response.content.decode()
    assert re.findall(r"<h2[^>]+>(?:Pages|Questions and answers)</h2>", html)
    assert "<mark>commends</mark>" in html and "<mark>commendation</mark>" in html
    assert [group.kind.code for group in response.context["groups"]] == ["page", "question"]


def test_page_is_for_readers_and_not_for_search_engines(client, places):
    html = find(client, "label").content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert html.count('role="search"') == 1, "the box in the masthead would be a second one"
    assert 'href="/tc/search/?q=label"' in html


def test_other_pages_have_the_box_in_the_masthead(client, places):
    html = client.get("/sc/account/login/").content.decode()

    assert re.search(r'<form[^>]+role="search"[^>]+action="/sc/search/"[^>]+method="get"', html)
    assert "csrfmiddlewaretoken" not in html[html.index('role="search"') : html.index('role="search"') + 600]


def test_one_kind_alone_is_shown_by_pages(client, db, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    write_many(5)
    write_many(1, kind="news")

    first = find(client, "filter", kind="page")
    third = find(client, "filter", kind="page", page="3")
    beyond = find(client, "filter", kind="page", page="99")
    no_number = find(client, "filter", kind="page", page="x")

    assert titles(first) == titles(no_number) == ["/en/page-4/", "/en/page-3/"]
    assert titles(third) == titles(beyond) == ["/en/page-0/"]
    html = first.content.decode()
    assert 'href="?q=filter&amp;kind=page&amp;page=2"' in html
    assert 'href="/en/search/?q=filter"' in html


def test_only_the_beginning_of_each_group_is_shown_with_a_way_to_all(client, db):
    write_many(6)
    write_many(1, kind="news")

    response = find(client, "filter")

    assert len(titles(response)) == views.SHOWN_OF_EACH + 1
    assert "All 6 under “Pages”" in response.content.decode()


def test_a_kind_that_nobody_knows_shows_nothing(client, places):
    response = find(client, "label", kind="secret")

    assert titles(response) == []
    html = response.content.decode()
    assert "There is nothing of this kind among the results." in html and "Show all results" in html


def test_results_in_another_language_say_so(client, places):
    html = find(client, "印染").content.decode()

    assert '<li lang="zh-Hant-HK">' in html and "繁體中文" in html
    assert '<li lang="zh-Hans">' in find(client, "锅炉").content.decode()


@pytest.mark.parametrize(
    ("prefix", "nothing", "empty", "signs"),
    [
        ("en", "Nothing was found for “zzz”.", "Or begin here", "Type at least one letter"),
        ("tc", "找不到與「zzz」有關的內容。", "或由這裏開始", "請輸入至少一個"),
        ("sc", "未找到与“zzz”有关的内容。", "或从这里开始", "请输入至少一个"),
    ],
)
def test_who_finds_nothing_is_helped_on(client, places, homes_in_menu, prefix, nothing, empty, signs):
    assert nothing in find(client, "zzz", prefix).content.decode()
    assert empty in client.get(ADDRESS.format(prefix)).content.decode()
    assert signs in find(client, "%_\\", prefix).content.decode()


def test_part_of_what_was_asked_is_better_than_nothing(client, places):
    html = find(client, "申請截止日期", "tc").content.decode()

    assert "沒有內容完全符合「申請截止日期」。以下1項符合其中一部分：" in html
    assert "<mark>申請</mark>的<mark>截止日期</mark>是何時" in html


@pytest.mark.parametrize("typed", GARBAGE)
def test_garbage_does_no_harm(client, places, typed):
    response = find(client, typed, kind=typed[:50], page=typed[:50])

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.content) < 60_000
    assert SearchEntry.objects.exists()


def test_wildcards_are_letters_like_others(client, places):
    assert titles(find(client, "l%l")) == titles(find(client, "l_b_l")) == []
    assert titles(find(client, "%label%")) == titles(find(client, "label")) != []


def test_a_long_query_says_that_its_end_was_left_out(client, places):
    html = find(client, "label " + "scheme " * 30).content.decode()

    assert "only its beginning was looked for" in html


def test_number_of_results_does_not_change_the_number_of_queries(client, db):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as counted:
            assert find(client, "filter").status_code == 200
        return len(counted)

    write_many(1)
    with_one = queries()
    write_many(3)
    write_many(3, kind="news")

    # The matches, the rows that are shown, and the shell's two.
    assert queries() == with_one <= 4


def test_searching_all_day_long_is_slowed_down(client, places, monkeypatch):
    monkeypatch.setattr(views, "MOST_SEARCHES", 2)
    assert [find(client, "label").status_code for _ in range(3)] == [200, 200, 429]

    refused = find(client, "label", "tc")

    assert "搜尋次數過多" in refused.content.decode() and int(refused["Retry-After"]) > 0


def test_search_is_only_read(client, places):
    assert client.post(ADDRESS.format("en"), {"q": "label"}).status_code == 405


def test_rebuilding_drops_what_no_source_knows(db, monkeypatch):
    def write_all():
        index.replace("here:1", [entry("here-1")])
        yield "here:1"

    monkeypatch.setattr(kinds, "sources", {"here": write_all})
    index.replace("here:2", [entry("here-2")])
    index.replace("there:1", [entry("there-1")])

    index.rebuild()
    index.rebuild()

    assert sorted(SearchEntry.objects.filter(title="Filter").values_list("source", flat=True)) == [
        "here:1",
        "there:1",
    ]


def test_what_a_source_has_no_more_is_no_longer_found(db):
    index.replace("x:1", [entry("a", part="one"), entry("b", part="two")])
    index.replace("x:1", [entry("b2", part="two")])

    assert list(SearchEntry.objects.filter(source="x:1").values_list("part", "family")) == [("two", "b2")]
    index.replace("x:1", [])
    assert not SearchEntry.objects.filter(source="x:1").exists()


@pytest.fixture
def homes_in_menu(monkeypatch):
    links = (navigation.Link("A", "/a/"),)
    monkeypatch.setattr(navigation, "_provider", lambda request: navigation.Shell(main=links))


def entry(name, *, kind="page", day=None, part=""):
    return index.Entry(
        kind=kind,
        language="en",
        family=name,
        title="Filter",
        text="A filter",
        url=f"/en/{name}/",
        date=day,
        part=part,
    )


def write_many(count, kind="page"):
    for number in range(count):
        day = date(2026, 1, 1 + number)
        index.replace(f"many:{kind}-{number}", [entry(f"{kind}-{number}", kind=kind, day=day)])

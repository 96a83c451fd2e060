"""What strangers get from the cache, and what ends it. A kept page asks the database nothing."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import ContactSettings, HomePage, NewsIndexPage, NewsPage
from portal import page_cache
from portal.dates import HONG_KONG
from tests.home.conftest import publish

PAGE = "/en/programme/"


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.PAGE_CACHE_SECONDS = 300


@pytest.fixture
def is_kept():
    """Whether an address is answered without a query; every answer must be whole."""

    def ask(address=PAGE, browser=None, **headers):
        with _counted() as queries:
            response = (browser or Client()).get(address, **headers)
        assert response.status_code == 200 and b"</html>" in response.content
        return len(queries) == 0

    return ask


def _counted():
    return CaptureQueriesContext(connection)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def words(address=PAGE):
    return Client().get(address).content.decode()


def test_second_stranger_gets_the_same_bytes_and_headers(client, site, is_kept):
    first = client.get(PAGE)
    assert is_kept()

    second = Client().get(PAGE)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert {"Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "ETag"} <= set(second.headers)
    assert second["Content-Language"] == "en"
    assert second["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert not second.cookies and b"csrfmiddlewaretoken" not in second.content


def test_head_is_answered_from_what_a_reader_was_given(site, is_kept):
    assert Client().head(PAGE).status_code == 200
    assert not is_kept(), "a HEAD has no page to keep"

    with _counted() as queries:
        head = Client().head(PAGE)
    assert (len(queries), head.status_code, head.content) == (0, 200, b"")
    assert int(head["Content-Length"]) == len(Client().get(PAGE).content)


def test_known_page_is_not_sent_again_until_it_changes(site, page_of, committed):
    etag = Client().get(PAGE)["ETag"]
    known = {"HTTP_IF_NONE_MATCH": etag}
    for _ in range(2):
        unchanged = Client().get(PAGE, **known)
        assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)

    page = page_of("programme")
    page.lead = "Other words"
    with committed():
        publish(page)
    changed = Client().get(PAGE, **known)
    assert changed.status_code == 200 and b"Other words" in changed.content


def test_language_host_and_query_have_pages_of_their_own(site, is_kept, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    assert not is_kept("/en/news/") and is_kept("/en/news/")

    assert not is_kept("/tc/news/")
    assert 'lang="zh-Hant-HK"' in words("/tc/news/")
    assert not is_kept("/en/news/", HTTP_HOST="other.example")
    assert (
        "http://other.example/en/news/"
        in Client().get("/en/news/", HTTP_HOST="other.example").content.decode()
    )
    for _ in range(2):
        assert not is_kept("/en/news/?page=2")


def test_stranger_of_a_wrong_host_is_refused_whatever_is_kept(site, is_kept):
    is_kept()
    for address in (PAGE, "/en/news/"):
        answer = Client().get(address, HTTP_HOST="evil.example")
        assert answer.status_code == 400 and b"evil" not in answer.content


def test_language_of_browser_and_cookie_changes_no_page(site, is_kept, settings):
    is_kept()
    chinese = Client(headers={"Accept-Language": "zh-HK"})
    chinese.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hant"

    assert is_kept(browser=chinese)
    assert '<html lang="en"' in chinese.get(PAGE).content.decode()


def test_signed_in_person_neither_gets_nor_leaves_a_kept_page(client_for, mei, site, is_kept):
    own = client_for(mei)
    assert "Sign out" in own.get(PAGE).content.decode()
    assert "Sign out" not in words()

    assert not is_kept(browser=own)
    answer = own.get(PAGE)
    assert "Sign out" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"] and not answer.has_header("ETag")


def test_what_somebody_is_about_to_be_told_is_told_to_nobody_else(site, is_kept, settings):
    is_kept()
    told = Client()
    told.cookies["messages"] = "anything"

    assert not is_kept(browser=told)


def test_preview_shows_the_draft_and_leaves_nothing(site, page_of):
    Client().get(PAGE)
    page = page_of("programme")
    page.lead = "Only a draft"

    preview = page.make_preview_request()
    assert "Only a draft" in preview.content.decode()
    assert "Only a draft" not in words()

    page_cache.forget_now()
    page.make_preview_request()
    assert "Only a draft" not in words()


def test_page_that_sets_a_cookie_or_asks_for_a_token_is_not_kept(site, is_kept, monkeypatch):
    serve = HomePage.serve

    def with_token(page, request, *args, **kwargs):
        get_token(request)
        return serve(page, request, *args, **kwargs)

    monkeypatch.setattr(HomePage, "serve", with_token)
    for _ in range(2):
        assert not is_kept("/en/")


@pytest.mark.parametrize("address", ["/en/account/login/", "/en/search/", "/en/nothing/", "/"])
def test_what_is_no_page_is_not_kept(site, address):
    for _ in range(2):
        with _counted() as queries:
            response = Client().get(address)
        assert "s-maxage" not in response.headers.get("Cache-Control", "")
    if address != "/":
        assert queries or response.status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_publication_shows_at_once_in_every_language(site, page_of, committed, is_kept, language):
    for address in ("/en/", "/tc/", "/sc/"):
        is_kept(address)
    index = page_of("news", language)
    news = NewsPage(
        title="Just now", slug="just-now", date="2026-01-02", summary="Words", locale=index.locale
    )
    index.add_child(instance=news)

    with committed():
        publish(news)

    prefix = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}[language]
    for each in ("en", "tc", "sc"):
        assert not is_kept(f"/{each}/")
        assert ("Just now" in words(f"/{each}/news/")) == (each == prefix)


def test_unpublished_page_is_gone_from_itself_and_from_others(site, page_of, committed):
    assert PAGE in words("/en/") and PAGE in words(PAGE)

    with committed():
        page_of("programme").unpublish()

    assert Client().get(PAGE).status_code == 404
    assert PAGE not in words("/en/")


def test_moved_page_is_found_only_where_it_stands_now(site, page_of, committed):
    words("/en/news/round-2025/")
    with committed():
        page_of("round-2025").move(page_of("faq"), pos="last-child")

    assert Client().get("/en/faq/round-2025/").status_code == 200
    assert Client().get("/en/news/round-2025/").status_code in {301, 404}


def test_page_closed_to_the_public_is_closed_at_once(site, page_of, committed):
    words()
    with committed():
        PageViewRestriction.objects.create(
            page=Page.objects.get(pk=page_of("programme").pk), restriction_type=PageViewRestriction.LOGIN
        )

    assert Client().get(PAGE).status_code == 302


def test_changed_contact_shows_at_once_on_every_page(site, committed):
    words()
    row = ContactSettings.load()
    row.telephone = "+852 2000 0042"
    with committed():
        row.save()

    assert "+852 2000 0042" in words()


def test_change_that_is_rolled_back_forgets_nothing(site, is_kept):
    is_kept()
    page_cache.forget()  # nothing commits here

    assert is_kept()


def test_page_begun_before_a_change_does_not_come_back_after_it(site, is_kept, monkeypatch):
    """The change commits while a page of before is being written."""
    serve = HomePage.serve

    def slow(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs).render()
        page_cache.forget_now()
        return response

    monkeypatch.setattr(HomePage, "serve", slow)
    is_kept("/en/")
    monkeypatch.setattr(HomePage, "serve", serve)

    assert not is_kept("/en/") and is_kept("/en/")


def test_page_is_kept_for_five_minutes_at_most(site, is_kept, move_to):
    noon = datetime(2026, 3, 4, 12, tzinfo=HONG_KONG)
    move_to(noon)
    is_kept()

    move_to(noon + timedelta(minutes=4, seconds=59))
    assert is_kept()
    move_to(noon + timedelta(minutes=5))
    assert not is_kept()


def test_no_page_outlives_the_day_in_hong_kong(site, is_kept, move_to):
    move_to(datetime(2026, 3, 4, 23, 58, tzinfo=HONG_KONG))
    is_kept()
    move_to(datetime(2026, 3, 4, 23, 59, 59, tzinfo=HONG_KONG))
    assert is_kept()

    move_to(datetime(2026, 3, 5, tzinfo=HONG_KONG))
    assert not is_kept()


def test_page_ends_at_the_next_registered_instant(site, is_kept, move_to, monkeypatch):
    noon = datetime(2026, 3, 4, 12, tzinfo=HONG_KONG)
    later = noon + timedelta(seconds=90)
    monkeypatch.setattr(
        page_cache,
        "_instants",
        [(lambda now: later if now <= later else None, ""), (lambda now: None, "")],
    )
    move_to(noon)
    is_kept()

    move_to(noon + timedelta(seconds=89))
    assert is_kept("/en/") is False and is_kept("/en/")
    move_to(later)
    assert not is_kept() and not is_kept("/en/"), "at the instant itself nothing is kept"
    assert not is_kept(), "of the instant itself either"
    move_to(later + timedelta(seconds=1))
    assert not is_kept() and is_kept()


def test_emptied_cache_costs_one_more_look(site, is_kept):
    is_kept()
    caches["default"].clear()

    assert not is_kept() and is_kept()


def test_cache_that_is_away_costs_time_only(site, client, cache_away):
    started = timezone.now()
    for address in (PAGE, "/tc/", "/sc/contact/", "/en/search/?q=water", "/en/account/login/"):
        assert client.get(address).status_code == 200
    page_cache.forget_now()
    assert ContactSettings.load().save() is None
    assert (timezone.now() - started).total_seconds() < 60


def test_page_kept_by_the_server_of_production_is_whole_until_it_changes(
    site, page_of, is_kept, committed, shared_cache
):
    first = Client().get(PAGE)
    assert is_kept()
    second = Client().get(PAGE)
    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))

    page = page_of("programme")
    page.lead = "Other words"
    with committed():
        publish(page)
    assert not is_kept() and is_kept()
    assert "Other words" in words()


def test_mark_ends_the_pages_that_show_it_and_no_others(site, monkeypatch, is_kept, committed):
    get_context = NewsIndexPage.get_context

    def counting(self, request, *args, **kwargs):
        page_cache.shows("counted")
        return get_context(self, request, *args, **kwargs)

    monkeypatch.setattr(NewsIndexPage, "get_context", counting)
    marked = [f"/{prefix}/news/" for prefix in ("en", "tc", "sc")]
    others = [PAGE, "/tc/", "/sc/programme/"]
    for address in (*marked, *others):
        words(address)
    assert all(is_kept(address) for address in (*marked, *others))

    with committed():
        page_cache.forget_showing("counted", "other")

    assert [is_kept(address) for address in (*marked, *others)] == [False] * 3 + [True] * 3
    assert all(is_kept(address) for address in marked), "made anew, they are kept again"


def test_page_made_while_its_mark_changes_is_not_shown_again(site, monkeypatch, is_kept):
    get_context = NewsIndexPage.get_context
    changes = iter([True])

    def overtaken(self, request, *args, **kwargs):
        page_cache.shows("counted")
        context = get_context(self, request, *args, **kwargs)
        if next(changes, False):
            caches["default"].set("pages.mark:counted", "somebody else's")
        return context

    monkeypatch.setattr(NewsIndexPage, "get_context", overtaken)
    words("/en/news/")

    assert not is_kept("/en/news/")
    assert is_kept("/en/news/")


def test_mark_of_a_page_that_is_not_kept_is_asked_nobody():
    page_cache.shows("counted")

    assert caches["default"].get("pages.mark:counted") is None

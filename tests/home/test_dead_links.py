"""Links whose page, document or address is gone: what readers see, and what editors are told."""

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Site

from home.models import ContentPage
from tests.home.conftest import publish

REPORT = "home_dead_link_report"


@pytest.fixture
def at_desk(client_for, editor, homes):
    return client_for(editor)


@pytest.fixture
def add_page(homes):
    def add(slug, language="en", body=(), **fields):
        page = ContentPage(
            title=slug.title(), slug=slug, locale=homes[language].locale, body=list(body), **fields
        )
        return publish(homes[language].add_child(instance=page))

    return add


def text(link, words="these words"):
    return ("text", f"<p>Read <a {link}>{words}</a> first.</p>")


def link_to(page, words="these words"):
    return text(f'linktype="page" id="{page.pk}"', words)


def call(**link):
    return (
        "call_to_action",
        {"title": "Call", "text": "", "link": {"label": "Go", "page": None, "path": "", **link}},
    )


def rows_of(desk):
    rows = desk.get(reverse(REPORT)).context["rows"]
    return [(row.title, row.place, row.words, row.reason) for row in rows]


def read(client, page):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize("gone", ["deleted", "unpublished"])
def test_reader_gets_the_words_without_a_link(client, add_page, gone):
    goal = add_page("goal")
    caller = add_page("caller", body=[link_to(goal), call(page=goal)])
    assert '<a href="/en/goal/">these words</a>' in read(client, caller)
    assert ">Go</a>" in read(client, caller)

    goal.delete() if gone == "deleted" else goal.unpublish()

    html = read(client, caller)
    assert "Read <a>these words</a> first." in html and "Call" in html
    assert "/en/goal/" not in html and ">Go</a>" not in html


def test_link_leads_to_the_version_in_the_readers_language_or_to_none(client, add_page, locale):
    goal = add_page("goal")
    version = add_page("goal", "zh-hant", translation_key=goal.translation_key)
    caller = add_page("caller", "zh-hant", body=[link_to(goal)])
    goal.unpublish()
    assert '<a href="/tc/goal/">' in read(client, caller)

    version.unpublish()
    assert "<a>these words</a>" in read(client, caller)


def test_link_that_was_typed_is_words_alone_once_nothing_stands_there(client, add_page):
    goal = add_page("goal")
    host = Site.objects.get().hostname
    addresses = ["/en/goal/", f"http://{host}/en/goal/?a=1&amp;b=2#part", "/goal/"]
    kept = ["/en/search/?q=a&amp;b=c", "https://elsewhere.example/en/goal/", "mailto:a@demo.example", "#part"]
    links = "".join(f'<a href="{each}">words</a>' for each in [*addresses, *kept])
    steps = ("steps", [{"title": "Step", "text": '<p><a href="/en/goal/">in a step</a></p>'}])
    details = ("details", {"summary": "More", "text": '<p><a href="/en/goal/">in details</a></p>'})
    caller = add_page("caller", body=[("text", f"<p>{links}</p>"), steps, details, call(path="goal/")])
    html = read(client, caller)
    assert all(f'<a href="{each}">words</a>' in html for each in [*addresses, *kept])
    assert html.count('href="/en/goal/">in') == 2 and ">Go</a>" in html

    goal.unpublish()

    html = read(client, caller)
    assert html.count("<a>words</a>") == len(addresses)
    assert all(f'<a href="{each}">words</a>' in html for each in kept)
    assert "<a>in a step</a>" in html and "<a>in details</a>" in html and ">Go</a>" not in html

    Redirect.objects.create(old_path="/en/goal", redirect_page=add_page("other"))
    cache.clear()
    html = read(client, caller)
    assert '<a href="/en/goal/">words</a>' in html and ">Go</a>" in html


def test_only_a_link_that_was_typed_to_a_page_asks_the_database(client, add_page):
    def cost(page):
        read(client, page)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, page)
        return len(queries)

    plain = add_page("plain", body=[("text", "<p>No link</p>")])
    screens = add_page("screens", body=[text('href="/en/search/"'), call(path="apply/")])
    pages = add_page("pages", body=[text('href="/en/plain/"')] * 3)

    assert cost(screens) == cost(plain)
    assert cost(pages) == cost(plain) + 1


def test_report_names_page_place_words_and_reason(at_desk, add_page):
    deleted, hidden, kept = add_page("deleted"), add_page("hidden"), add_page("kept")
    paper = Document.objects.create(title="Paper", file=ContentFile(b"words", name="paper.txt"))
    number = paper.pk
    host = Site.objects.get().hostname
    caller = add_page(
        "caller",
        body=[
            link_to(deleted, "one"),
            link_to(hidden, "two"),
            link_to(kept, "good"),
            text(f'linktype="document" id="{number}"', "three"),
            text('href="/en/nowhere/"', "four"),
            text(f'href="https://{host}/tc/kept"', "five"),
            text('href="https://elsewhere.example/en/nowhere/"', "another site"),
            text('href="#part"', "same page"),
            text('href="mailto:a@demo.example"', "mail"),
            text('href="/en/kept/#part"', "part"),
            text('href="/en/search/?q=a"', "a screen"),
            text('href="/kept/"', "in the reader's language"),
            call(page=deleted),
            call(path="kept/"),
            call(path="apply/nowhere/"),
            ("steps", [{"title": "Step", "text": link_to(deleted, "in a step")[1]}]),
            ("details", {"summary": "More", "text": link_to(deleted, "in details")[1]}),
            ("files", [{"title": "Paper", "document": paper}]),
            ("video", {"title": "Film", "url": f"https://{host}/en/film/", "note": ""}),
        ],
    )
    deleted.delete(), hidden.unpublish(), paper.delete()

    was_deleted = "The page was deleted."
    expected = [
        ("one", was_deleted),
        ("two", "“Hidden” is not published."),
        ("three", "The document was deleted."),
        ("four", "Nothing stands at /en/nowhere/."),
        ("five", f"Nothing stands at https://{host}/tc/kept."),
        ("Go", was_deleted),
        ("Go", "Nothing stands at /en/apply/nowhere/."),
        ("in a step", was_deleted),
        ("in details", was_deleted),
        ("", "The document was deleted."),
        ("", f"Nothing stands at https://{host}/en/film/."),
    ]
    assert rows_of(at_desk) == [("Caller (English)", "Text", words, reason) for words, reason in expected]
    html = at_desk.get(reverse(REPORT)).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[caller.pk]) in html
    caller.unpublish()
    assert rows_of(at_desk) == []


def test_moved_page_and_old_address_are_still_found(at_desk, add_page):
    goal = add_page("goal")
    add_page("caller", body=[text('href="/en/old/"'), text('href="/en/goal/"'), link_to(goal)])
    Redirect.objects.create(old_path="/en/old", redirect_page=goal)
    assert rows_of(at_desk) == []

    goal.unpublish()

    assert [row[3] for row in rows_of(at_desk)] == [
        "Nothing stands at /en/old/.",
        "Nothing stands at /en/goal/.",
        "“Goal” is not published.",
        "“Goal” is not published.",
    ]
    assert rows_of(at_desk)[-1][:2] == ("/en/old", "Redirect")


def test_redirect_that_was_given_no_goal_is_listed(at_desk, homes):
    Redirect.objects.create(old_path="/en/older")

    told = "Neither a page nor an address is chosen."
    assert rows_of(at_desk) == [("/en/older", "Redirect", "/en/older", told)]


def test_page_with_a_deleted_file_is_shown_without_it(client, add_page):
    paper = Document.objects.create(title="Paper", file=ContentFile(b"words", name="paper.txt"))
    page = add_page("caller", body=[("files", [{"title": "The paper", "document": paper}])])
    assert "The paper" in read(client, page)

    paper.delete()
    html = read(client, page)
    assert "The paper" not in html and 'href=""' not in html


def test_report_shows_only_what_its_reader_may_change_and_stands_in_the_menu(
    at_desk, client_for, organiser, add_page
):
    assert reverse(REPORT) in at_desk.get(reverse("wagtailadmin_home")).content.decode()
    goal = add_page("goal")
    add_page("caller", body=[link_to(goal)])
    goal.delete()

    assert len(rows_of(at_desk)) == 1
    assert client_for(organiser).get(reverse(REPORT)).status_code in (302, 403)


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_report_speaks_the_editors_language(at_desk, editor, add_page, language):
    profile = type(editor)._meta.get_field("wagtail_userprofile").related_model.get_for_user(editor)
    profile.preferred_language = language
    profile.save()
    html = at_desk.get(reverse(REPORT)).content.decode()

    assert {"zh-hant": "所有連結均有去處。", "zh-hans": "所有链接都有去处。"}[language] in html


def test_report_costs_the_same_for_many_pages(at_desk, add_page):
    def cost():
        at_desk.get(reverse(REPORT))  # what is kept between requests
        with CaptureQueriesContext(connection) as queries:
            at_desk.get(reverse(REPORT))
        return len(queries)

    goal = add_page("goal")
    add_page("one", body=[link_to(goal), call(page=goal)])
    goal.delete()
    for_one = cost()
    for slug in ("two", "three"):
        add_page(slug, body=[link_to(goal), call(path="search/")])

    assert cost() == for_one <= 25


def test_number_of_typed_buttons_does_not_change_the_number_of_queries(client, add_page):
    add_page("goal")
    counts = []
    for number in (1, 4):
        page = add_page(f"from-{number}", body=[call(path="goal/")] * number)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            html = read(client, page)
        assert html.count('href="/en/goal/">Go</a>') == number
        counts.append(len(queries))

    assert counts[0] == counts[1]

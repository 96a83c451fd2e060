"""The search index follows the pages: nothing that is not public is ever in it."""

import pytest
from wagtail.models import Page, PageViewRestriction

from home import searching
from home.demo.shapes import category, details, heading, question, text
from home.models import ContentPage, FAQPage, NewsIndexPage, NewsPage
from portal.search import index
from portal.search.models import SearchEntry
from tests.home.conftest import publish


def found(word):
    entries = SearchEntry.objects.filter(folded__contains=f" {word} ")
    return sorted(entries.values_list("url", flat=True))


@pytest.fixture
def add(homes):
    """`add("first")`: a published page with the words Zirconium and 鋯石."""

    def make(slug, parent=None, language="en", live=True, model=ContentPage, **fields):
        parent = parent or homes[language]
        words = {"title": "Zirconium", **({"lead": "鋯石的用途"} if model is ContentPage else {})}
        page = model(slug=slug, locale=homes[language].locale, live=False, **{**words, **fields})
        parent.add_child(instance=page)
        page.save_revision()
        return publish(page) if live else page

    return make


def test_page_is_found_from_its_publication_on_and_a_draft_never(add):
    page = add("first", live=False)
    assert found("zirconium") == []

    publish(page)
    page.title = "Beryllium"
    page.save_revision()

    assert found("zirconium") == ["/en/first/"]
    assert found("beryllium") == []
    publish(page)
    assert found("zirconium") == [] and found("beryllium") == ["/en/first/"]


def test_front_page_is_not_found_by_the_names_of_its_marks(homes):
    home = homes["en"]
    entry = {"icon": "leaf", "title": "Zirconium", "text": "Words", "links": []}
    home.entries = [("entry", entry)]
    publish(home)

    assert found("zirconium") == ["/en/"] and found("leaf") == []


def test_unpublished_and_deleted_pages_are_not_found(add):
    first, second = add("first"), add("second")
    below = add("below", parent=second)

    first.unpublish()
    assert found("zirconium") == ["/en/second/", "/en/second/below/"]
    second.refresh_from_db()
    second.delete()

    assert found("zirconium") == []
    assert not SearchEntry.objects.filter(source=f"page:{below.pk}").exists()


def test_moved_page_is_found_where_it_stands_now(add, django_capture_on_commit_callbacks):
    first, second = add("first"), add("second")
    add("below", parent=first)

    first.refresh_from_db()
    first.move(second, pos="last-child")
    assert found("zirconium") == ["/en/second/", "/en/second/first/", "/en/second/first/below/"]
    first = ContentPage.objects.get(slug="first")
    first.slug = "renamed"
    with django_capture_on_commit_callbacks(execute=True):
        publish(first)

    assert found("zirconium") == ["/en/second/", "/en/second/renamed/", "/en/second/renamed/below/"]


def test_closed_pages_and_what_lies_below_are_not_found_until_they_open(add):
    first = add("first")
    add("below", parent=first)

    closed = PageViewRestriction.objects.create(page=first, restriction_type="login")
    assert found("zirconium") == []
    add("later", parent=first)
    assert found("zirconium") == []
    closed.delete()

    assert found("zirconium") == ["/en/first/", "/en/first/below/", "/en/first/later/"]


def test_alias_repeats_another_page_and_is_not_found(add, homes):
    page = add("first")
    page.copy_for_translation(homes["zh-hant"].locale, alias=True).save()
    publish(page)

    assert found("zirconium") == ["/en/first/"]


def test_everything_written_on_a_page_is_found_by_its_words(add):
    field = ContentPage._meta.get_field("body")
    raw = [heading("Palladium", "pd"), text("<p>Rhodium &amp; co</p>"), details("Osmium", "<p>Iridium</p>")]
    body = field.stream_block.to_python([{"type": kind, "value": value} for kind, value in raw])
    add("first", body=body)

    for word in ("palladium", "rhodium", "osmium", "iridium", "锆石", "zirconium"):
        assert found(word) == ["/en/first/"], word
    assert found("pd") == found("amp") == found("p") == []


def test_every_question_is_found_at_its_own_place(add):
    field = FAQPage._meta.get_field("categories")
    asked = category("a", "Metals", question("what", "What is zirconium?", "<p>A metal.</p>"))
    raw = [{"type": "category", "value": asked}]
    add("answers", model=FAQPage, title="Questions", categories=field.stream_block.to_python(raw))

    assert found("zirconium") == ["/en/answers/#what"]
    entry = SearchEntry.objects.get(part="what")
    assert (entry.kind, entry.title, entry.text) == ("question", "What is zirconium?", "A metal.")


def test_news_bears_its_date(add):
    parent = add("notices", model=NewsIndexPage, title="News")
    add(
        "metal", parent=parent, model=NewsPage, date="2025-05-14", summary="New.", month_only=True
    ).refresh_from_db()

    entry = SearchEntry.objects.get(url="/en/notices/metal/")
    assert (entry.kind, str(entry.date), entry.when) == ("news", "2025-05-14", "May 2025")


def test_translations_are_one_family(add, homes):
    page = add("first")
    other = page.copy_for_translation(homes["zh-hans"].locale)
    publish(other)

    families = SearchEntry.objects.filter(folded__contains=" zirconium ").values_list("family", "language")
    assert sorted(families) == [
        (str(page.translation_key), "en"),
        (str(page.translation_key), "zh-hans"),
    ]


def test_rebuilding_brings_back_what_stands_and_nothing_else(site, add):
    add("draft", live=False)
    before = set(SearchEntry.objects.values_list("source", "part", "url", "folded"))
    assert len(before) > 40
    SearchEntry.objects.all().delete()
    index.replace("page:999999", [index.Entry("page", "en", "x", "Zirconium", "/en/gone/")])

    index.rebuild()

    assert set(SearchEntry.objects.values_list("source", "part", "url", "folded")) == before


def test_publishing_asks_the_database_little_for_the_search(add, django_assert_num_queries):
    page = add("first")
    add("second")

    # The page, restrictions, its row, its type's row, site; then the entries in a savepoint.
    with django_assert_num_queries(8):
        searching.refresh(Page.objects.filter(pk=page.pk))

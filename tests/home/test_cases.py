"""Success cases: what the list finds, and what a case says of its figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from home import amounts
from home.models import CaseIndexPage, CasePage, CaseTerm
from portal.search.models import SearchEntry
from tests.home.test_pages import queries_of

LIST = "/en/success-cases/"


def titles_at(client, address):
    return [case.title for case in client.get(address).context["list"].page.object_list]


@pytest.fixture
def add_case(site, page_of):
    """`add_case("one", industry="paper")`: a published case below the English list."""

    def add(slug, **fields):
        above = page_of("success-cases")
        wanted = {"process": "dyeing", "technology": "heat-recovery", **fields}
        terms = {name: CaseTerm.objects.get(code=wanted.pop(name)) for name in ("process", "technology")}
        plain = {"title": slug.title(), "industry": "paper", "summary": "Words", "company": "Demo", **wanted}
        return above.add_child(instance=CasePage(slug=slug, locale=above.locale, **terms, **plain))

    return add


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"dye-house", "plating-line", "printing-plant"}),
        ("?industry=textiles", {"dye-house"}),
        ("?process=surface-treatment", {"plating-line"}),
        ("?technology=low-voc", {"printing-plant"}),
        ("?industry=printing&technology=low-voc&page=1", {"printing-plant"}),
        ("?industry=printing&technology=heat-recovery", set()),
        ("?industry=nonsense", set()),
        ("?process=%00%27--", set()),
        (f"?technology={'x' * 3000}", set()),
        ("?industry=&unknown=1&page=99", {"dye-house", "plating-line", "printing-plant"}),
    ],
)
def test_list_shows_what_its_address_asks_for(client, site, query, found):
    response = client.get(LIST + query)

    assert response.status_code == 200
    assert {case.slug for case in response.context["list"].page.object_list} == found
    assert ("No case fits these filters." in response.content.decode()) is (not found)


def test_filters_offer_only_what_occurs_and_say_what_is_chosen(client, site):
    html = client.get("/tc/success-cases/?technology=low-voc").content.decode()

    assert '<option value="low-voc" selected>低溶劑物料</option>' in html
    assert '<option value="textiles">紡織業</option>' in html and "家具" not in html and "傢具" not in html
    assert "1個個案" in html and 'href="/tc/success-cases/"' in html


def test_case_for_some_people_only_is_in_no_list_and_not_found(client, site, page_of):
    PageViewRestriction.objects.create(page=page_of("dye-house"), restriction_type="login")

    assert titles_at(client, LIST + "?industry=textiles") == []
    assert "dye house" not in client.get(LIST).content.decode()
    assert not SearchEntry.objects.filter(url="/en/success-cases/dye-house/").exists()


def test_newest_figures_stand_first_and_cases_without_date_last(client, add_case):
    add_case("undated")
    add_case("newer", as_of=date(2026, 1, 1))

    assert titles_at(client, LIST)[0] == "Newer" and titles_at(client, LIST)[-1] == "Undated"


def test_case_says_its_figures_with_date_and_source_in_every_language(client, site):
    english = client.get(f"{LIST}dye-house/").content.decode()
    hant = client.get("/tc/success-cases/dye-house/").content.decode()
    hans = client.get("/sc/success-cases/dye-house/").content.decode()

    for words in ("RMB 860,000", "RMB 430,000", "2 years", "310 tonnes a year", "As of March 2025."):
        assert words in english
    for words in ("人民幣86萬元", "2年", "每年18,500立方米", "截至2025年3月。"):
        assert words in hant
    for words in ("人民币86万元", "每年310吨", "截至2025年3月。"):
        assert words in hans


@pytest.mark.parametrize(
    ("prefix", "words"), [("en", "Made-up example"), ("tc", "虛構例子"), ("sc", "虚构示例")]
)
def test_invented_case_is_marked_in_list_and_page(client, site, page_of, prefix, words):
    html = client.get(f"/{prefix}/success-cases/").content.decode()
    page = client.get(f"/{prefix}/success-cases/plating-line/").content.decode()

    assert html.count(words) == 3
    assert "cp-draft" in page


@pytest.mark.parametrize("missing", ["as_of", "source"])
def test_figures_without_date_or_source_are_refused_with_a_sentence(add_case, missing):
    facts = {"investment": Decimal(100), "as_of": date(2025, 1, 1), "source": "Factory", missing: None}
    with pytest.raises(ValidationError) as refused:
        add_case("bare", **{**facts, "source": facts["source"] or ""})

    assert set(refused.value.message_dict) == {missing}


def test_case_without_figures_needs_no_date_and_shows_no_empty_heading(client, add_case):
    add_case("quiet").full_clean()

    assert "In figures" not in client.get(f"{LIST}quiet/").content.decode()


@pytest.mark.parametrize(
    ("investment", "saving", "stated", "payback"),
    [
        (1_000_000, 400_000, None, Decimal("2.5")),
        (1_000_000, 400_000, Decimal("3.1"), Decimal("3.1")),
        (100, 90_000, None, Decimal("0.1")),
        (1_000_000, None, None, None),
        (None, 400_000, None, None),
    ],
)
def test_payback_is_what_the_source_says_else_what_the_amounts_give(investment, saving, stated, payback):
    amount = lambda value: None if value is None else Decimal(value)  # noqa: E731
    case = CasePage(investment=amount(investment), yearly_saving=amount(saving), payback_years=stated)

    assert case.payback == payback


@pytest.mark.parametrize(
    ("amount", "english", "hant"),
    [
        (950, "HK$950", "950港元"),
        (1_200_000, "HK$1.2 million", "120萬港元"),
        (1_234_567, "HK$1,234,567", "1,234,567港元"),
        (12_500, "HK$12,500", "1.25萬港元"),
        (311_000_000, "HK$311 million", "3.11億港元"),
    ],
)
def test_amounts_are_said_as_people_say_them_and_never_rounded(amount, english, hant):
    with override("en"):
        assert amounts.money(amount, "HKD") == english
    with override("zh-hant"):
        assert amounts.money(amount, "HKD") == hant


def test_case_is_found_by_the_names_of_its_filters(site):
    entries = SearchEntry.objects.filter(kind="case", language="en", text__contains="Heat recovery")

    assert [(each.url, each.when) for each in entries] == [(f"{LIST}dye-house/", "March 2025")]
    assert "Textiles" in entries[0].text


def test_number_of_cases_does_not_change_the_number_of_queries(site, add_case, page_of):
    CasePage.objects.child_of(page_of("success-cases")).delete()
    index = CaseIndexPage.objects.get(locale=site["en"].locale)
    index.numchild = 0
    index.save()
    counts = []
    for slugs in (["a"], ["b", "c"]):
        for slug in slugs:
            add_case(slug, process="dyeing" if slug == "a" else "surface-treatment")
        cache.clear()
        counts.append(queries_of(LIST))

    assert CasePage.objects.child_of(index).count() == 3
    assert counts[0] == counts[1] <= 16


def test_long_list_goes_on_another_page_that_keeps_the_filter(client, add_case):
    for number in range(13):
        add_case(f"paper-{number}")

    html = client.get(f"{LIST}?industry=paper").content.decode()
    second = client.get(f"{LIST}?industry=paper&page=2").context["list"]

    assert 'href="?industry=paper&amp;page=2"' in html
    assert (len(second.page.object_list), second.count) == (1, 13)

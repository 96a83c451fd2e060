import pytest
from django.utils import translation

from applications.questions import answers
from portal.forms import count_characters
from tests.applications.conftest import texts


def question(kind, **more):
    return {
        "key": "q",
        "kind": kind,
        "required": True,
        "limit": None,
        "choices": [{"code": "air", **texts("label", "Air")}],
        "columns": [{"code": "what", **texts("label", "What")}],
        "only_if": None,
        **texts("label", "Staff"),
        **texts("unit", "people"),
        **more,
    }


@pytest.mark.parametrize("typed", ["12", "１２", "1,200", "1 200", "0", "12.5", "９９．５", "999999999999"])
def test_number_takes_what_people_type(typed):
    assert answers.problem(question("number"), typed) is None


@pytest.mark.parametrize("typed", ["twelve", "-1", "1e99", "NaN", "Infinity", "1.2.3", "十二"])
def test_number_says_what_to_enter(typed):
    assert answers.problem(question("number"), typed) == (
        "Enter “Staff” as a number, for example 12 or 12.5."
    )


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("short_text", "", "Answer “Staff”."),
        ("short_text", "  \n ", "Answer “Staff”."),
        ("one_of", "", "Choose an answer to “Staff”."),
        ("one_of", "fire", "Choose an answer to “Staff”."),
        ("yes_no", None, "Choose an answer to “Staff”."),
        ("several_of", [], "Choose at least one answer to “Staff”."),
        ("several_of", ["air", "fire"], "Choose at least one answer to “Staff”."),
        ("declaration", "", "Tick “Staff” if you agree to it."),
        ("money", {"amount": "5", "currency": ""}, "Choose the currency for “Staff”."),
        ("money", {"amount": "much", "currency": "HKD"},
         "Enter the amount for “Staff” as a number, for example 120,000."),
        ("date", {"day": "31", "month": "2", "year": "2026"},
         "Enter “Staff” as a real date with day, month and year, for example 31 3 2026."),
        ("email", "mei@", "Enter “Staff” like name@example.com."),
        ("telephone", "123",
         "Enter “Staff” with its area code, for example 2345 6789 or +86 755 1234 5678."),
        ("long_text", "x" * 3001, "Shorten “Staff” by 1 characters: at most 3000 are taken."),
        ("table", [{"what": "x"}] * 21, "Keep at most 20 rows in “Staff”."),
    ],
)  # fmt: skip
def test_problem_says_what_to_do(kind, value, sentence):
    assert answers.problem(question(kind), value) == sentence


@pytest.mark.parametrize("kind", ["short_text", "number", "money", "date", "one_of", "several_of", "table"])
def test_optional_answer_may_be_blank(kind):
    assert answers.problem(question(kind, required=False), None) is None


def test_limit_counts_characters_of_every_script_alike():
    limited = question("long_text", limit=4)
    assert answers.problem(limited, "𨋢嘅\r\n😀") is None
    assert answers.problem(limited, "𨋢嘅咗鿫x") is not None


def test_condition_names_an_answer():
    conditional = question("short_text", only_if={"key": "verified", "value": "yes"})
    assert answers.applies(conditional, {"verified": "yes"})
    assert not answers.applies(conditional, {"verified": "no"})
    assert not answers.applies(conditional, {})
    assert answers.applies(conditional, {"verified": ["no", "yes"]})


@pytest.mark.parametrize(
    ("kind", "value", "en", "zh_hant"),
    [
        ("number", "12", "12 people", "12 people繁"),
        ("money", {"amount": "1,200", "currency": "CNY"}, "RMB 1,200", "RMB 1,200"),
        ("date", {"day": "1", "month": "4", "year": "2016"}, "1 April 2016", "2016年4月1日"),
        ("date", {"day": "32", "month": "4", "year": ""}, "32 4", "32 4"),
        ("one_of", "air", "Air", "Air繁"),
        ("several_of", ["air", "gone"], "Air\ngone", "Air繁\ngone"),
        ("yes_no", "no", "No", "否"),
        ("long_text", "", "", ""),
    ],
)
def test_answer_is_shown_in_the_readers_language(kind, value, en, zh_hant):
    assert answers.shown(question(kind), value) == en
    with translation.override("zh-hant"):
        assert answers.shown(question(kind), value) == zh_hant


def test_limit_counts_like_the_counter_of_the_page():
    """portal.forms.count_characters is held to the browser's counter by tests/portal/test_ui_forms.py."""
    for text in ("𨋢𨋢𨋢𨋢𨋢", "清🙂\r\n字e", "👩‍👩‍👧", "e\u0301\n\u3000\u2028"):
        assert answers.length(text) == count_characters(text) == 5
        assert answers.problem(question("long_text", limit=5), text) is None
        assert "by 1 characters" in answers.problem(question("long_text", limit=5), text + "𨋢")


def test_date_of_a_year_that_no_calendar_has_is_none():
    assert answers.typed_date({"day": "1", "month": "1", "year": "9" * 60}) is None

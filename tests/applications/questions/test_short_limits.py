"""A short answer with a tight limit says it before anybody types, and counts as the server does."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from applications.questions import answers, question_set
from applications.questions.forms import SectionForm
from tests.applications.conftest import texts
from tests.applications.questions.test_answers import question


def shown(typed="", **more):
    asked = question("short_text", **{**texts("hint", ""), **texts("asked_if", ""), **more})
    form = SectionForm({"questions": [asked]}, data={"q": typed})
    return BeautifulSoup(form["q"].as_field_group(), "html.parser"), asked


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Up to 40 characters"), ("zh-hant", "最多40字"), ("zh-hans", "最多40字")],
)
def test_tight_limit_of_a_short_answer_is_said_before_typing(language, sentence):
    with translation.override(language):
        page, _asked = shown(limit=40)
    told = page.find(attrs={"data-count-shown": True})
    assert told.get_text() == sentence
    assert told["id"] in page.find("input")["aria-describedby"].split()
    assert page.find(attrs={"data-count": "40"})["data-under-one"]
    assert "maxlength" not in page.find("input").attrs


@pytest.mark.parametrize(
    ("limit", "is_said"), [(None, False), (101, False), (300, False), (100, True), (1, True)]
)
def test_limit_that_nobody_meets_is_not_said(limit, is_said):
    page, _asked = shown(limit=limit)
    assert bool(page.find(attrs={"data-count": True})) is is_said
    assert bool(page.find(attrs={"data-count-shown": True})) is is_said


def test_other_short_kinds_are_not_counted():
    for kind in ("number", "email", "telephone"):
        assert not answers.is_tight(question(kind, limit=20))


def test_short_answer_over_its_limit_is_kept_and_told_by_how_much():
    page, asked = shown("𨋢嘅咗鿫😀", limit=4)
    assert page.find("input")["value"] == "𨋢嘅咗鿫😀"
    assert page.find(attrs={"data-count": "4"})
    assert answers.problem(asked, "𨋢嘅咗鿫") is None
    assert "by 1 characters: at most 4" in answers.problem(asked, "𨋢嘅咗鿫😀")


def test_question_set_says_the_same_limits_as_the_form(round):
    told = question_set.of(
        {
            "sections": [
                {
                    "questions": [
                        question("short_text", limit=40),
                        question("short_text", limit=300),
                        question("long_text", limit=1200),
                        question("table", limit=3),
                    ]
                }
            ],
            "documents": [],
        },
        round,
    )
    assert [each["characters"] for each in told["sections"][0]["questions"]] == ["40", "", "1,200", ""]

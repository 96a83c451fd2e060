from datetime import date, timedelta

import pytest

from applications.models import Criterion, EligibilityItem, Question, Round, Section
from applications.round_setup import checking
from applications.round_setup.checking import Screen
from tests.applications.conftest import texts

pytestmark = pytest.mark.django_db


def found(round):
    round = Round.objects.get(pk=round.pk)
    return {(each.sentence, each.screen) for each in checking.findings(round)}


def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def question(round, key):
    return Question.objects.get(section__round=round, key=key)


def test_round_in_order_has_no_findings(preparing):
    assert checking.findings(preparing) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"assessment_closes_at": timedelta(0)},
            "The assessment ends before the round closes: move its end.",
        ),
        (
            {"label_valid_from": date(2030, 1, 2), "label_valid_until": date(2030, 1, 1)},
            "The label ends before it begins: put its dates right.",
        ),
        (
            {"notice_from": date(2099, 1, 2), "notice_until": date(2099, 1, 1)},
            "The public notice ends before it begins: put its dates right.",
        ),
        ({"notice_from": date(2020, 1, 1)}, "The public notice begins before the round closes: move it."),
        ({"name_zh_hans": ""}, "The name of the round is missing in Simplified Chinese."),
    ],
)
def test_facts_out_of_order_are_named(preparing, fields, sentence):
    moved = {
        name: preparing.closes_at + value if isinstance(value, timedelta) else value
        for name, value in fields.items()
    }
    change(preparing, **moved)
    assert found(preparing) == {(sentence, Screen.FACTS)}


def test_closing_time_in_the_past_is_named(preparing, at):
    at(preparing.closes_at)
    assert found(preparing) == {("The closing time has passed: move it.", Screen.FACTS)}


def test_missing_texts_are_named_per_language(preparing):
    change(preparing, declaration_zh_hant=" ", introduction_en="Welcome", introduction_zh_hans="欢迎")
    assert found(preparing) == {
        ("The declaration is missing in Traditional Chinese.", Screen.TEXTS),
        ("The introduction is missing in Traditional Chinese.", Screen.TEXTS),
    }
    change(
        preparing,
        **texts("introduction", ""),
        declaration_en="",
        declaration_zh_hans="",
        declaration_zh_hant="",
    )
    change(preparing, introduction_en="", introduction_zh_hant="", introduction_zh_hans="")
    assert found(preparing) == {("The declaration is missing: write what applicants declare.", Screen.TEXTS)}


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("verifier", {"only_if_key": "nowhere"}, "There is no question with the key “nowhere”"),
        ("verifier", {"only_if_value": "perhaps"}, "“perhaps” is no answer of “verified”"),
        ("summary", {"only_if_key": "verified", "only_if_value": "yes"}, "“verified” is asked later"),
        ("verifier", {"only_if_key": "summary"}, "“summary” has no answers to choose from"),
        ("field", {"choices": "air | Air | 空氣 | 空气"}, "give at least two choices"),
        ("field", {"choices": "air"}, "Line 1 needs four parts"),
        ("events", {"columns": ""}, "a table needs at least one column"),
        ("events", {"limit": 201}, "the limit must lie between 1 and 200"),
        ("summary", {"limit": 0}, "the limit must lie between 1 and 20000"),
        ("slogan", {"key": "since_day"}, "the key “since” is taken"),
        ("slogan", {"key": "contact_name"}, "the key “contact_name” is taken"),
        ("slogan", {"key": "is_completed"}, "the key “is_completed” is taken"),
        ("staff", {"unit_zh_hant": ""}, "the unit is missing in Traditional Chinese"),
        ("staff", {"why_en": "To see"}, "why it is asked is missing in Simplified Chinese"),
    ],
)
def test_what_is_wrong_with_a_question_is_named_with_its_place(preparing, key, fields, words):
    row = question(preparing, key)
    change(row, **fields)
    findings = checking.findings(preparing)
    assert any(words in each.sentence for each in findings), findings
    assert {each.section for each in findings} == {row.section_id}
    assert {each.screen for each in findings} == {Screen.SECTIONS}


def test_question_behind_an_impossible_condition_cannot_be_reached(preparing):
    section = preparing.sections.get()
    change(question(preparing, "verifier"), kind="yes_no", only_if_value="perhaps")
    Question.objects.create(
        section=section, sort_order=50, key="behind", kind="short_text", only_if_key="verifier",
        only_if_value="yes", **texts("label", "Behind"),
    )  # fmt: skip
    sentences = [each.sentence for each in checking.findings(preparing)]
    assert len(sentences) == 2
    assert sentences[1].startswith("Question “Behind”: nobody can reach it")
    assert checking.findings(preparing)[1].row == 11


def test_condition_on_a_retired_question_is_impossible(preparing):
    change(question(preparing, "verified"), retired_at=preparing.opens_at)
    (finding,) = checking.findings(preparing)
    assert "no question with the key “verified”" in finding.sentence


def test_condition_may_name_a_question_of_an_earlier_section_only(preparing):
    other = Section.objects.create(round=preparing, sort_order=2, **texts("title", "Second"))
    row = Question.objects.create(
        section=other, sort_order=1, key="there", kind="short_text", only_if_key="verified",
        only_if_value="no", **texts("label", "There"),
    )  # fmt: skip
    assert checking.findings(preparing) == []
    change(other, sort_order=0)
    (finding,) = checking.findings(preparing)
    assert "“verified” is asked later" in finding.sentence
    assert (finding.section, finding.row) == (other.pk, 0)
    assert row.section_id == other.pk


def test_empty_parts_are_named(preparing):
    Section.objects.create(round=preparing, sort_order=9, **texts("title", "Empty"))
    Criterion.objects.filter(round=preparing).delete()
    change(preparing.document_requirements.first(), types="pdf,exe")
    assert found(preparing) == {
        ("Section “Empty” has no questions: add some or remove it.", Screen.SECTIONS),
        ("There are no criteria: add what assessors score.", Screen.CRITERIA),
        (
            "Document “Certificate”: “exe” is no type that can be taken. "
            "Known are: pdf, docx, xlsx, pptx, jpg, png.",
            Screen.DOCUMENTS,
        ),
    }
    Section.objects.filter(round=preparing).delete()
    assert ("The round has no section: add one and its questions.", Screen.SECTIONS) in found(preparing)


def test_what_is_retired_is_not_looked_at(preparing):
    EligibilityItem.objects.filter(round=preparing).update(text_zh_hant="", retired_at=preparing.opens_at)
    change(question(preparing, "slogan"), label_zh_hant="", retired_at=preparing.opens_at)
    assert checking.findings(preparing) == []


@pytest.mark.parametrize("sections", [1, 3])
def test_check_asks_the_database_the_same_number_of_times(preparing, sections, django_assert_max_num_queries):
    for number in range(1, sections):
        section = Section.objects.create(
            round=preparing, sort_order=number + 1, **texts("title", str(number))
        )
        Question.objects.create(
            section=section, sort_order=1, key=f"more{number}", kind="short_text", **texts("label", "More")
        )
    with django_assert_max_num_queries(7):
        assert checking.findings(preparing) == []

"""Conditions, by example and by chance: whoever follows the form meets exactly the questions it says."""

import random

import pytest

from applications.questions import answers
from applications.round_setup.conditions import Asked, codes_of, problem, unreachable, wrong_field

CHOICES = "air | Air | 空氣 | 空气\nwater | Water | 水 | 水"
FIRST = Asked("first", "yes_no")
SECOND = Asked("second", "one_of", CHOICES)
TEXT = Asked("text", "short_text")


def after(key, value, name="third"):
    return Asked(name, "short_text", "", key, value)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (after("first", "yes"), None),
        (after("second", "water"), None),
        (after("", ""), None),
        (after("", "yes"), "Name the question"),
        (after("nowhere", "yes"), "no question with the key “nowhere”"),
        (after("third", "yes"), "cannot depend on itself"),
        (after("text", "yes"), "no answers to choose from"),
        (after("first", "perhaps"), "Its answers are: yes, no"),
        (after("second", "fire"), "Its answers are: air, water"),
        (after("later", "yes"), "is asked later"),
    ],
)
def test_condition_is_judged(question, words):
    questions = [FIRST, SECOND, TEXT, question, Asked("later", "yes_no")]
    found = problem(question, questions)
    assert (found is None) if words is None else words in found


def test_unreadable_choices_are_told_once_and_not_as_a_wrong_condition():
    broken = Asked("second", "one_of", "air | Air")
    assert codes_of(broken) == []
    assert problem(after("second", "air"), [broken, after("second", "air")]) is None


def test_questions_behind_an_impossible_one_cannot_be_reached():
    lost = Asked("gate", "yes_no", "", "first", "perhaps")
    behind = after("gate", "yes", "behind")
    further = Asked("further", "yes_no", "", "first", "yes")
    chain = Asked("chain", "short_text", "", "behind2", "yes")
    middle = Asked("behind2", "yes_no", "", "gate", "no")
    found = unreachable([FIRST, lost, behind, further, middle, chain])
    assert [each.key for each in found] == ["behind", "behind2", "chain"]


def test_answer_of_a_branch_given_up_asks_for_nothing():
    gate = {"key": "gate", "value": "yes", "only_if": None}
    nested = {"only_if": {"key": "kind", "value": "air", "only_if": gate}}
    assert answers.applies(nested, {"gate": "yes", "kind": "air"})
    assert not answers.applies(nested, {"gate": "no", "kind": "air"})
    assert not answers.applies(nested, {"kind": "air"})
    assert answers.applies({"only_if": None}, {})


def form_by_chance(dice):
    """Choice questions, some with a condition on any key and value at all."""
    made = []
    for number in range(dice.randint(2, 8)):
        kind = dice.choice(["yes_no", "one_of", "several_of", "short_text"])
        key = f"q{dice.randint(0, 9)}" if dice.random() < 0.7 else ""
        value = dice.choice(["yes", "no", "air", "water", "fire"]) if key else ""
        choices = CHOICES if kind in {"one_of", "several_of"} else ""
        made.append(Asked(f"q{number}", kind, choices, key, value))
    return made


def can_be_asked(question, questions):
    """The long way: is there any path of answers, each from an earlier question, that leads to it?"""
    if not question.only_if_key:
        return True
    place = questions.index(question)
    parents = [each for each in questions[:place] if each.key == question.only_if_key]
    return any(question.only_if_value in codes_of(each) and can_be_asked(each, questions) for each in parents)


@pytest.mark.parametrize("seed", range(300))
def test_what_the_check_lets_through_can_be_reached_and_nothing_else(seed):
    questions = form_by_chance(random.Random(seed))
    refused = {each.key for each in questions if problem(each, questions)}
    lost = {each.key for each in unreachable(questions)}
    reachable = {each.key for each in questions if can_be_asked(each, questions)}
    assert refused | lost == {each.key for each in questions} - reachable
    assert not refused & lost


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [("gate", "maybe", "only_if_value"), ("gone", "yes", "only_if_key"), ("later", "yes", "only_if_key")],
)
def test_wrong_condition_is_told_at_the_field_to_change(key, value, field):
    behind = Asked("behind", "short_text", only_if_key=key, only_if_value=value)
    questions = [Asked("gate", "yes_no"), behind, Asked("later", "yes_no")]
    assert problem(behind, questions)
    assert wrong_field(behind, questions) == field

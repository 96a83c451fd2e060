import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import telephones


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("2123 4567", "HK", "+85221234567"),
        ("２１２３－４５６７", "HK", "+85221234567"),
        ("+852 9123-4567", "CN", "+85291234567"),
        ("00852 4123 4567", "", "+85241234567"),
        ("852 2123 4567", "HK", "+85221234567"),
        ("2123 4567 ext. 12", "HK", "+85221234567;ext=12"),
        ("2123 4567 內線 305", "HK", "+85221234567;ext=305"),
        ("138 0000 0000", "CN", "+8613800000000"),
        ("+86 138 0000 0000", "HK", "+8613800000000"),
        ("0769-2123 4567", "CN", "+8676921234567"),
        ("020-83123456-801", "CN", "+862083123456;ext=801"),
        ("+86 10 6512 3456", "", "+861065123456"),
        ("2812 3456", "MO", "+85328123456"),
        ("+65 6123 4567", "", "+6561234567"),
    ],
)
def test_number_is_kept_in_one_form(typed, country, stored):
    assert telephones.parse(typed, country) == stored


@pytest.mark.parametrize(
    ("typed", "country", "words"),
    [
        ("1123 4567", "HK", "8 digits"),
        ("2123 456", "HK", "8 digits"),
        ("128 1234 5678", "CN", "11 digits"),
        ("6123 4567", "", "country code"),
        ("+999 1", "", "Check the telephone"),
        ("none", "HK", "8 digits"),
    ],
)
def test_refusal_says_what_to_enter(typed, country, words):
    with pytest.raises(ValidationError, match=words):
        telephones.parse(typed, country)


def test_number_is_shown_as_people_write_it():
    assert telephones.display("+85221234567;ext=12") == "+852 2123 4567 ext. 12"
    assert telephones.display("+8613800000000") == "+86 138 0000 0000"


@given(st.text(), st.sampled_from(["HK", "CN", "MO", ""]))
def test_no_text_breaks_the_check(text, country):
    try:
        stored = telephones.parse(text, country)
    except ValidationError:
        return
    assert telephones.parse(stored, "") == stored

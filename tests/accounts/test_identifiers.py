import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import identifiers

VALID_CODES = ["91440300MA00000077", "91440101MA0000007B", "91441900MA0000007J", "91442000MA0000007G"]
first_17 = st.text(alphabet=identifiers.USCC_ALPHABET, min_size=17, max_size=17)
WIDE = {chr(code - 0xFEE0): chr(code) for code in range(0xFF01, 0xFF5F)}


@pytest.mark.parametrize("code", VALID_CODES)
def test_made_up_code_of_the_domain_page_passes(code):
    assert identifiers.mainland_registration(code) == code
    assert identifiers.has_ordinary_organisation_code(code)


def test_worked_check_of_the_domain_page():
    assert identifiers.mainland_registration("91350100M000100Y43") == "91350100M000100Y43"
    with pytest.raises(ValidationError):
        identifiers.mainland_registration("91350100M000100Y4Z")


@given(first_17)
def test_exactly_one_last_character_is_right(start):
    passing = []
    for last in identifiers.USCC_ALPHABET:
        try:
            passing.append(identifiers.mainland_registration(start + last))
        except ValidationError:
            continue
    assert passing == [start + identifiers.uscc_check_character(start)]


@given(first_17)
def test_sum_divisible_by_31_gives_0_and_not_an_index_out_of_range(start):
    total = sum(
        identifiers.USCC_ALPHABET.index(each) * weight
        for each, weight in zip(start, identifiers.USCC_WEIGHTS, strict=True)
    )
    expected = 31 - total % 31
    assert (
        identifiers.uscc_check_character(start)
        == identifiers.USCC_ALPHABET[0 if expected == 31 else expected]
    )


@given(first_17, st.integers(0, 16), st.sampled_from(identifiers.USCC_ALPHABET))
def test_one_wrong_character_is_always_found(start, place, other):
    code = start + identifiers.uscc_check_character(start)
    changed = code[:place] + other + code[place + 1 :]
    if changed != code:
        with pytest.raises(ValidationError):
            identifiers.mainland_registration(changed)


@given(st.sampled_from(VALID_CODES), st.data())
def test_typing_habits_change_nothing(code, data):
    typed = ""
    for each in code:
        each = data.draw(st.sampled_from([each, each.lower(), WIDE[each], WIDE.get(each.lower(), each)]))
        typed += each + data.draw(st.sampled_from(["", "", " ", "-", "－", "—", "\u3000", "\u200b"]))

    assert identifiers.mainland_registration(typed) == code


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letter_that_is_never_used_is_named(letter):
    with pytest.raises(ValidationError, match="never used"):
        identifiers.mainland_registration(letter + VALID_CODES[0][1:])


def test_unusual_organisation_code_is_a_warning_only():
    start = "91440300MA0000008"
    code = start + identifiers.uscc_check_character(start)

    assert identifiers.mainland_registration(code) == code
    assert not identifiers.has_ordinary_organisation_code(code)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12345678", "12345678"),
        ("12345678-000-01-11-1", "12345678"),
        ("12345678 000 01 11 1", "12345678"),
        ("12345678-000", "12345678"),
        ("１２３４５６７８", "12345678"),
        ("c0012345", "C0012345"),
        (" 1234 5678 ", "12345678"),
    ],
)
def test_hong_kong_number_as_people_type_it(typed, number):
    assert identifiers.hk_registration(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", "1234567", "123456789", "C123456", "CC123456", "12345678-0", "91440300MA00000077", "١٢٣٤٥٦٧٨x"],
)
def test_anything_else_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="12345678"):
        identifiers.hk_registration(typed)


@given(st.text())
def test_no_text_breaks_the_checks(text):
    for check in (identifiers.hk_registration, identifiers.mainland_registration):
        try:
            assert check(text).isascii()
        except ValidationError:
            continue

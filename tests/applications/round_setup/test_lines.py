import pytest

from applications.round_setup.lines import BadLine, parse_lines


def test_lines_are_read_with_their_places():
    assert parse_lines("air | Air | 空氣 | 空气\n\n  two_2｜Two｜二｜二  \r\n") == [
        {"code": "air", "label_en": "Air", "label_zh_hant": "空氣", "label_zh_hans": "空气"},
        {"code": "two_2", "label_en": "Two", "label_zh_hant": "二", "label_zh_hans": "二"},
    ]
    assert parse_lines("") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("air | Air | 空氣", "Line 1 needs four parts"),
        ("\nair | Air | 空氣 | 空气\nx | | y | z", "Line 3 needs four parts"),
        ("a | b | c | d | e", "Line 1 needs four parts"),
        ("Air Quality | b | c | d", "Line 1: write the code “Air Quality”"),
        ("𨋢 | b | c | d", "Line 1: write the code “𨋢”"),
        ("a | b | c | d\n\na | e | f | g", "Line 3 has the same code as line 1"),
        (f"{'a' * 51} | b | c | d", "Line 1: write the code"),
    ],
)
def test_bad_line_is_named(text, words):
    with pytest.raises(BadLine, match=words):
        parse_lines(text)

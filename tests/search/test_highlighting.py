import pytest

from portal.search import query
from portal.search.highlighting import excerpt, marked


def phrases(typed):
    return query.read(typed).phrases


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Applying for labels", "label apply", "<mark>Applying</mark> for <mark>labels</mark>"),
        ("清潔生產伙伴計劃", "洁生产", "清<mark>潔生產</mark>伙伴計劃"),
        ("根據第5條規定", "第5條", "根據<mark>第5條</mark>規定"),
        ("漂洗水循環", "水", "漂洗<mark>水</mark>循環"),
        ("水。水份", "水", "<mark>水</mark>。<mark>水</mark>份"),
        ("CAFÉ ﬁlters", "cafe filter", "<mark>CAFÉ</mark> <mark>ﬁlters</mark>"),
        ("Kong Hong", "hong-kong", "Kong Hong"),
        ("<b>label</b> & co", "label", "&lt;b&gt;<mark>label</mark>&lt;/b&gt; &amp; co"),
    ],
)
def test_words_are_marked_where_they_stand(text, typed, shown):
    assert str(marked(text, phrases(typed))) == shown


def test_excerpt_shows_the_passage_with_most_words():
    text = "water here. " + "nothing to see " * 60 + "\nSteam and water saved\n" + "and so on " * 60

    shown = excerpt(text, phrases("water steam"))

    assert str(shown).startswith("<mark>Steam</mark> and <mark>water</mark> saved · and so on")
    assert shown.endswith(" …") and len(shown) < 260


def test_excerpt_without_the_words_is_the_beginning():
    assert str(excerpt("首先。" + "字" * 300, phrases("label"))) == "首先。" + "字" * 87 + " …"


def test_lines_that_are_sentences_are_joined_without_a_mark():
    chinese, english = "申請資助。\n計劃\n個案", "What it pays.\nCases\nNews"

    assert str(excerpt(chinese, phrases("申請"))) == "<mark>申請</mark>資助。計劃 · 個案"
    assert str(excerpt(english, phrases("pays"))) == "What it <mark>pays</mark>. Cases · News"


def test_excerpt_of_nothing_is_nothing():
    assert str(excerpt("", phrases("label"))) == ""


def test_excerpt_in_the_middle_of_a_long_line_begins_at_a_word():
    shown = excerpt("alpha " * 100 + "target " + "omega " * 100, phrases("target"))

    assert shown.startswith("… alpha ") and "<mark>target</mark> omega" in shown

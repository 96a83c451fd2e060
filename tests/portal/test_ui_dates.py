from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import translation

from portal import dates

CLOSING = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)  # 17:00 in Hong Kong


@pytest.mark.parametrize(
    ("language", "full", "stamp"),
    [
        ("en", "Wednesday 30 September 2026, 17:00, Hong Kong time", "Wed 30 September 2026, 17:00"),
        ("zh-hant", "2026年9月30日（星期三）下午5時，香港時間", "2026年9月30日（星期三）下午5時"),
        ("zh-hans", "2026年9月30日（星期三）下午5时，香港时间", "2026年9月30日（星期三）下午5时"),
    ],
)
def test_an_instant_is_told_with_weekday_and_zone(language, full, stamp):
    with translation.override(language):
        assert dates.full(CLOSING) == full
        assert dates.stamp(CLOSING) == stamp


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0, 0), "凌晨0時"),
        (time(5, 59), "凌晨5時59分"),
        (time(10, 30), "上午10時30分"),
        (time(12, 0), "中午12時"),
        (time(12, 5), "下午12時05分"),
        (time(17, 0), "下午5時"),
        (time(23, 59), "晚上11時59分"),
    ],
)
def test_chinese_hours_say_the_part_of_the_day(at, words):
    with translation.override("zh-hant"):
        assert dates.clock_time(at) == words


def test_the_day_is_the_day_in_hong_kong():
    with translation.override("en"):
        assert dates.day_and_weekday(datetime(2026, 9, 30, 16, 30, tzinfo=UTC)) == "Thursday 1 October 2026"
        assert dates.day_and_weekday(date(2026, 9, 30)) == "Wednesday 30 September 2026"


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_moment_keeps_its_parts_whole_and_names_the_instant():
    with translation.override("en"):
        html = render("{% moment at %}", at=CLOSING)
    assert html == (
        '<time datetime="2026-09-30T17:00+08:00"><span class="cp-part">Wednesday</span> '
        '<span class="cp-part">30 September 2026,</span> <span class="cp-part">17:00,</span> '
        '<span class="cp-part">Hong Kong time</span></time>'
    )
    with translation.override("zh-hant"):
        html = render("{% moment at %}", at=CLOSING)
    assert html == (
        '<time datetime="2026-09-30T17:00+08:00"><span class="cp-part">2026年9月30日（星期三）</span><wbr>'
        '<span class="cp-part">下午5時，</span><wbr><span class="cp-part">香港時間</span></time>'
    )


def test_a_mail_address_breaks_between_its_words():
    broken = render("{{ address|soft_breaks }}", address="mei<@demo.example")
    assert broken == "mei&lt;@<wbr>demo<wbr>.example"


def test_a_moment_of_a_plain_date_has_no_time():
    with translation.override("en"):
        html = render("{% moment at %}", at=date(2026, 9, 30))
    assert 'datetime="2026-09-30"' in html and ":" not in html.split(">", 1)[1]


def test_filters_leave_an_empty_value_empty():
    assert (
        render(
            "{{ at|hk_date }}{{ at|hk_datetime }}{{ at|hk_time }}{{ at|hk_stamp }}{% moment at %}", at=None
        )
        == ""
    )


def test_a_borrowed_text_says_its_language():
    row = {"label_en": "Textiles & <more>", "label_zh_hant": "", "label_zh_hans": "纺织"}
    with translation.override("zh-hant"):
        assert render('{% text row "label" %}', row=row) == '<span lang="zh-Hans">纺织</span>'
    with translation.override("en"):
        assert render('{% text row "label" %}', row=row) == "Textiles &amp; &lt;more&gt;"


def test_telephone_is_shown_as_people_write_it():
    assert render("{{ number|telephone }}", number="+85221234567") == "+852 2123 4567"
    assert render("{{ number|telephone }}", number="") == ""
    assert render("{{ number|telephone }}", number="not a number") == "not a number"

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from portal import catalogues
from portal.texts import localized

ALL = {"title_en": "Seminar", "title_zh_hant": "研討會", "title_zh_hans": "研讨会"}


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Seminar"), ("zh-hant", "研討會"), ("zh-hans", "研讨会")]
)
def test_the_text_of_the_active_language_is_shown(language, text):
    with translation.override(language):
        found = localized(ALL, "title")

    assert (str(found), found.language, found.is_fallback) == (text, language, False)


@pytest.mark.parametrize(
    ("language", "empty", "text", "shown_in"),
    [
        ("zh-hant", ["zh_hant"], "研讨会", "zh-hans"),
        ("zh-hans", ["zh_hans"], "研討會", "zh-hant"),
        ("zh-hans", ["zh_hans", "zh_hant"], "Seminar", "en"),
        ("en", ["en"], "研討會", "zh-hant"),
    ],
)
def test_a_missing_text_falls_back_and_says_so(language, empty, text, shown_in):
    row = {name: "" if name.removeprefix("title_") in empty else value for name, value in ALL.items()}

    found = localized(row, "title", language)

    assert (str(found), found.language, found.is_fallback) == (text, shown_in, True)


def test_a_text_that_is_nowhere_is_empty():
    found = localized(dict.fromkeys(ALL, ""), "title", "zh-hant")

    assert (str(found), found.language, found.is_fallback) == ("", "zh-hant", False)


def test_a_language_that_we_do_not_carry_gives_english():
    assert str(localized(ALL, "title", "de")) == "Seminar"


@pytest.mark.parametrize("locale", ["zh_Hant", "zh_Hans"])
@pytest.mark.parametrize("package", catalogues.PACKAGES)
def test_no_sentence_ends_with_the_name_of_a_company(package, locale):
    """Many end in a full stop of their own: “Demo Co., Ltd..”"""
    ends = re.compile(r"%\((?:company|provider|entered)\)s[.。]")
    found = catalogues.load(package, locale)
    assert not [each for each in found.values() if ends.search(f"{each.id} {each.string}")]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "A (b &amp; c)"), ("zh-hant", "A（b &amp; c）"), ("zh-hans", "A（b &amp; c）")],
)
def test_brackets_are_those_of_the_language(language, shown):
    template = Template("{% load ui %}A{% brackets %} {{ inside }} {% endbrackets %}")
    with translation.override(language):
        assert template.render(Context({"inside": "b & c"})) == shown

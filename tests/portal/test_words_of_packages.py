"""What an editor reads on the screens of wagtail-localize, in both scripts."""

import json
import re
from pathlib import Path

import pytest
import wagtail_localize
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.i18n import JavaScriptCatalog
from wagtail.users.models import UserProfile

from portal import catalogues


def words_of(domain):
    path = Path(wagtail_localize.__file__).parent / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        return {each.id if isinstance(each.id, str) else each.id[0] for each in read_po(file) if each.id}


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_no_sentence_of_the_translation_screens_is_left_in_english(rf, language):
    with override(language):
        english = {words for words in words_of("django") if gettext(words) == words}
        view = JavaScriptCatalog.as_view(packages=["wagtail_localize"])
        known = set(view(rf.get("/")).content.decode().split('"'))
    assert english == set()
    scripted = words_of("djangojs") - {"[DELETED]"}
    assert {words for words in scripted if words.strip() not in {each.strip() for each in known}} == set()


def entries(package, folder, locale):
    path = settings.BASE_DIR / package / folder / locale / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return {(each.id, each.context): each for each in read_po(file, locale=locale) if each.id}


@pytest.mark.parametrize("locale", ["zh_Hant", "zh_Hans"])
def test_words_given_to_packages_are_whole_and_change_none_of_ours(locale):
    given = entries("portal", "locale_of_packages", locale)
    assert [each.id for each in given.values() if each.fuzzy or not each.string] == []
    for package in catalogues.PACKAGES:
        ours = entries(package, "locale", locale)
        assert {key for key in given.keys() & ours.keys() if given[key].string != ours[key].string} == set()


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "One. Two."), ("zh-hant", "One.Two."), ("zh-hans", "One.Two.")]
)
def test_chinese_has_no_space_between_two_sentences(language, expected):
    with override(language):
        assert Template("{% load ui %}One.{% gap %}Two.").render(Context()) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-hant", {"類型", "永久", "暫時", "主旨", "連結文字", "片段", "狀態", "搜尋"}),
        ("zh-hans", {"类型", "永久", "临时的", "主题", "链接文字", "片段", "状态", "搜索"}),
    ],
)
def test_words_that_wagtail_reads_while_it_starts_are_in_the_language_of_the_editor(
    client_for, root, language, expected
):
    profile = UserProfile.get_for_user(root)
    profile.preferred_language = language
    profile.save()
    desk = client_for(root)
    read = "".join(
        desk.get(address).content.decode()
        for address in (
            reverse("wagtailredirects:index"),
            reverse("wagtailsnippets_home_resource:list"),
            reverse("seminar_facts:index"),
        )
    )
    choosers = [reverse("wagtailadmin_choose_page_email_link"), reverse("wagtailimages_chooser:choose")]
    read += "".join(json.loads(desk.get(address).content)["html"] for address in choosers)

    assert {words for words in expected if not re.search(rf">\s*{words}\s*<", read)} == set()
    for english in ("Type", "Permanent", "Subject", "Link text", "Snippets", "State", "Search"):
        assert not re.search(rf">\s*{english}\s*<", read), english


@pytest.mark.parametrize(
    ("language", "refusal", "expected"),
    [
        (
            "zh-hant",
            "對不起， 你沒有權限訪問。",
            {"項", "鎖定者", "以第一行為標題", "尚未有頁面或片段提交審核"},
        ),
        ("zh-hans", "对不起， 你没有权限访问。", {"项", "锁定人", "以第一行为标题"}),
    ],
)
def test_refusals_and_the_rest_of_wagtails_sentences_are_in_the_language_of_the_editor(
    client_for, editor, language, refusal, expected
):
    with override(language):
        words = ("items", "locked by", "Display the first row as a header")
        more = ("No pages/snippets have been submitted for moderation yet",) if language == "zh-hant" else ()
        assert {gettext(each) for each in (*words, *more)} == expected
    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = language
    profile.save()

    response = client_for(editor).get(reverse("wagtailadmin_workflows:index"), follow=True)

    assert [str(message).strip() for message in response.context["messages"]] == [refusal]

"""A piece of news in three languages on one screen: what it makes, who may, and what is never lost."""

import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import TranslationSource

from home import translations
from home.models import NewsIndexPage, NewsPage
from portal.accounts.models import Role
from portal.mail.models import Message
from tests.home.conftest import LANGUAGES, publish
from tests.home.test_bad_input import SVG, small_png
from tests.services.people import person

WRITTEN = {
    "date": "2026-11-20",
    "title_en": "Round opens",
    "title_zh_hant": "新一輪「軟件」資助",
    "title_zh_hans": "",
    "summary_en": "The new round takes applications.",
    "summary_zh_hant": "新一輪資助現已接受申請。",
    "summary_zh_hans": "",
}
ADDRESS = "home_new_news"


@pytest.fixture
def indexes(homes):
    news, key = {}, uuid.uuid4()
    for language in LANGUAGES:
        page = NewsIndexPage(title="News", slug="news", locale=homes[language].locale, translation_key=key)
        news[language] = publish(homes[language].add_child(instance=page))
    return news


@pytest.fixture
def desk(client_for, editor, indexes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return client_for(editor)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def press(desk, action="publish", **fields):
    texts = {f"text_{suffix}": "null" for suffix in ("en", "zh_hant", "zh_hans")}
    descriptions = {
        f"{name}_{suffix}": "" for suffix in ("en", "zh_hant", "zh_hans") for name in ("alt", "caption")
    }
    data = {**texts, **descriptions, **WRITTEN, f"action-{action}": "1", **fields}
    return desk.post(reverse(ADDRESS), data, follow=True)


def as_shown(response):
    """What the form that came back holds, as a browser would send it."""
    form = response.context["form"]
    return {name: form.data[name] for name in form.data if not name.startswith("action-")}


def read_and_press(desk, action="publish", **fields):
    shown = as_shown(press(desk, action, **fields))
    return press(desk, action, **{**shown, "simplified_read": "on"})


def family():
    return {page.locale.language_code: page for page in NewsPage.objects.select_related("locale")}


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_simplified_is_drafted_first_and_nothing_saved_before_it_is_read(desk):
    response = press(desk)

    shown = as_shown(response)
    assert (shown["title_zh_hans"], shown["summary_zh_hans"]) == (
        "新一轮“软件”资助",
        "新一轮资助现已接受申请。",
    )
    assert shown["simplified_drafted"] == "summary_zh_hans title_zh_hans"
    assert "Nothing is saved yet. The Simplified Chinese was drafted" in told(response)[0]
    html = response.content.decode()
    assert html.count("Machine draft: read it") == 2 and "I have read the Simplified Chinese" in html
    assert not family()

    assert "drafted from the Traditional" in told(press(desk, **shown))[0], "pressed again without reading"
    assert not family()


def test_one_press_publishes_three_pages_that_belong_together(desk, client, committed):
    with committed():
        response = read_and_press(desk, title_zh_hans="自己写的标题")

    pages = family()
    assert {code: (page.title, page.slug, page.live) for code, page in pages.items()} == {
        "en": ("Round opens", "round-opens", True),
        "zh-hant": ("新一輪「軟件」資助", "round-opens", True),
        "zh-hans": ("自己写的标题", "round-opens", True),
    }
    assert len({page.translation_key for page in pages.values()}) == 1
    assert not any(page.has_unpublished_changes for page in pages.values())
    assert "“Round opens” is published in all languages." in told(response)[0]
    for prefix, language in (("en", "en"), ("tc", "zh-hant"), ("sc", "zh-hans")):
        assert f'href="{pages[language].url}"' in response.content.decode()
        assert pages[language].summary in client.get(f"/{prefix}/news/round-opens/").content.decode()


def test_pages_made_together_are_in_step_and_fall_behind_like_others(desk):
    read_and_press(desk)
    pages = family()

    def states():
        return {row.language: row.state for row in translations.standing_of(pages["en"])}

    assert states() == {"zh-hant": "in_step", "zh-hans": "in_step"}
    english = pages["en"]
    english.summary = "The new round is open."
    publish(english)
    assert states() == {"zh-hant": "behind", "zh-hans": "behind"}
    publish(pages["zh-hant"])
    assert states() == {"zh-hant": "in_step", "zh-hans": "behind"}
    # They are no job of wagtail-localize's: each opens in the editor, and none can be made twice.
    assert not TranslationSource.objects.exists()
    edit = desk.get(reverse("wagtailadmin_pages:edit", args=[pages["zh-hans"].pk]))
    assert 'name="summary"' in edit.content.decode()
    submit = reverse("wagtail_localize:submit_page_translation", args=[english.pk])
    assert submit not in edit.content.decode()
    assert (
        submit
        not in desk.get(reverse("wagtailadmin_explore", args=[pages["en"].get_parent().pk])).content.decode()
    )
    desk.post(submit, {"locales": [pages["zh-hans"].locale_id]})
    assert NewsPage.objects.count() == 3
    assert NewsPage.objects.get(pk=pages["zh-hans"].pk).title == "新一轮“软件”资助"


def test_text_and_picture_stand_on_each_page_in_its_words(desk, client, committed):
    upload = SimpleUploadedFile("hall.png", small_png(), content_type="image/png")
    page_link = {"linktype": "page", "id": NewsIndexPage.objects.get(locale__language_code="zh-hant").pk}
    words = {
        "text_en": rich_text("<p>Write to us.</p>"),
        "text_zh_hant": rich_text(f'<p>請<a linktype="page" id="{page_link["id"]}">來信</a>查詢。</p>'),
        "alt_en": "People in a hall",
        "alt_zh_hant": "會堂裏的人",
    }
    shown = as_shown(press(desk, upload=upload, **words))
    image = get_image_model().objects.get()
    assert shown["picture"] == image.pk, "the picture is kept while the draft is read"
    shown.pop("upload", None)
    with committed():
        press(desk, **{**shown, "simplified_read": "on"})

    assert get_image_model().objects.count() == 1
    read = {
        prefix: client.get(f"/{prefix}/news/round-opens/").content.decode() for prefix in ("en", "tc", "sc")
    }
    assert "Write to us." in read["en"] and 'alt="People in a hall"' in read["en"]
    assert '<a href="/tc/news/">來信</a>查詢' in read["tc"] and 'alt="會堂裏的人"' in read["tc"]
    assert '<a href="/sc/news/">来信</a>查询' in read["sc"] and 'alt="会堂里的人"' in read["sc"]
    blocks = {code: [block["id"] for block in page.body.raw_data] for code, page in family().items()}
    assert blocks["en"] == blocks["zh-hant"] == blocks["zh-hans"]


def test_what_is_wrong_is_said_beside_the_box_and_makes_nothing(desk):
    response = read_and_press(desk, title_en="T" * 256, alt_en="A hall")
    errors = response.context["form"].errors
    assert set(errors) == {"title_en", "alt_en"}
    assert "There is no picture" in errors["alt_en"][0]
    assert "What you wrote is still here." in told(response)[0]

    image = get_image_model()(title="Hall", file=SimpleUploadedFile("hall.png", small_png()))
    image.save()
    response = read_and_press(desk, picture=image.pk, alt_en="hall_01.png", alt_zh_hant="會堂")
    assert list(response.context["form"].errors) == ["alt_en"]
    assert "is the name of a file" in response.context["form"].errors["alt_en"][0]
    response = press(desk, upload=SimpleUploadedFile("hall.svg", SVG))
    assert "upload" in response.context["form"].errors
    assert not family() and get_image_model().objects.count() == 1


def test_same_title_twice_has_an_address_of_its_own(desk):
    read_and_press(desk)
    read_and_press(desk, title_en="Round opens")
    assert (
        sorted(NewsPage.objects.values_list("slug", flat=True)) == ["round-opens"] * 3 + ["round-opens-2"] * 3
    )


@pytest.mark.parametrize("action", ["submit", "keep", "unheard-of"])
def test_other_buttons_keep_the_pages_from_readers(desk, client, action):
    read_and_press(desk, action)

    pages = family()
    assert len(pages) == 3 and not any(page.live for page in pages.values())
    assert {page.workflow_in_progress for page in pages.values()} == {action == "submit"}
    assert client.get("/tc/news/round-opens/").status_code == 404


def test_who_may_not_publish_submits(client_for, indexes, editor):
    GroupPagePermission.objects.filter(group__name="editor", permission__codename="publish_page").delete()
    desk = client_for(editor)
    second = person("second editor", role=Role.EDITOR)
    offered = [action for action, _label in desk.get(reverse(ADDRESS)).context["buttons"]]
    assert offered == ["submit", "keep"]

    response = read_and_press(desk, "publish")
    assert not any(page.live or page.workflow_in_progress for page in family().values())
    NewsPage.objects.all().delete()
    response = read_and_press(desk, "submit")

    assert "is submitted in all languages" in told(response)[0]
    assert all(page.workflow_in_progress and not page.live for page in family().values())
    assert set(Message.objects.values_list("kind", "to")) == {("page.submitted", second.email)}


def test_only_who_may_add_news_in_every_language_comes_in(
    client_for, indexes, client, editor, organiser, officer
):
    address = reverse(ADDRESS)
    for method in ("get", "post"):
        assert "/account/login/" in getattr(client, method)(address)["Location"]
        for user in (organiser, officer):
            assert getattr(client_for(user), method)(address).status_code in (302, 403)
    assert address not in client_for(organiser).get("/admin/").content.decode()
    assert address in client_for(editor).get("/admin/").content.decode()

    add = Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(
        group=Group.objects.get(name=Role.ORGANISER), page=indexes["en"], permission=add
    )
    assert client_for(organiser).get(address).status_code in (302, 403)
    assert client_for(editor).put(address).status_code == 405
    assert not NewsPage.objects.exists()

    Page.objects.filter(pk__in=[page.pk for page in indexes.values()]).update(live=False)
    for page in indexes.values():
        page.delete()
    assert client_for(editor).get(address, follow=True).status_code == 404


def test_words_that_look_like_something_else_are_words(desk):
    shown = as_shown(press(desk, title_zh_hant="{草稿}", summary_zh_hant='{"blocks": 3} 說明'))
    assert (shown["title_zh_hans"], shown["summary_zh_hans"]) == ("{草稿}", '{"blocks": 3} 说明')

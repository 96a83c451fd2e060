"""Drafts in Simplified from a person's Traditional: marked, for editors only, published by nobody unread."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from home import simplifying
from home.models import ContentPage
from tests.home.conftest import publish

ENGLISH = {"title": "Leaflet", "lead": "Clean production, with “partners”."}
TRADITIONAL = {"title": "單張", "lead": "「伙伴」裏的清潔生產"}
SIMPLIFIED = {"title": "单张", "lead": "“伙伴”里的清洁生产"}


@pytest.fixture
def leaflet(homes, locale):
    """An English page that is translated with wagtail-localize, into Traditional by a person."""
    page = ContentPage(slug="leaflet", locale=homes["en"].locale, **ENGLISH)
    page = publish(homes["en"].add_child(instance=page))
    translate_object(page, [locale("zh-hant"), locale("zh-hans")])
    write(page, "zh-hant", TRADITIONAL)
    return page


@pytest.fixture
def at_desk(client_for, editor):
    return client_for(editor)


def write(page, language, words):
    translation = translation_into(page, language)
    for segment in StringSegment.objects.filter(source=translation.source).select_related("context"):
        if segment.context.path in words:
            StringTranslation.objects.create(
                translation_of_id=segment.string_id,
                locale=translation.target_locale,
                context=segment.context,
                data=words[segment.context.path],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )


def translation_into(page, language):
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code=language
    )


def simplified_page(page):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="zh-hans").specific


def draft(desk, page, language="zh-hans"):
    translation = translation_into(page, language)
    return desk.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]), follow=True)


def publish_at(desk, page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return desk.post(address, {"action": "publish"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("「粵港清潔生產伙伴」標誌計劃", "“粤港清洁生产伙伴”标志计划"),
        ('裏面<a id="a1">着重</a>『連結』', '里面<a id="a1">着重</a>‘连结’'),
        ("ISO 14001 & 升降機", "ISO 14001 & 升降机"),
    ],
)
def test_characters_and_quotation_marks_are_those_of_the_mainland(traditional, expected):
    assert simplifying.simplified(traditional) == expected


def test_button_makes_drafts_from_the_traditional_words_and_marks_them(at_desk, leaflet, editor):
    html = draft(at_desk, leaflet).content.decode()

    page = simplified_page(leaflet)
    drafts = {each.context.path: each for each in simplifying.unconfirmed(page)}
    assert {path: each.data for path, each in drafts.items()} == SIMPLIFIED
    assert all("OpenCC (machine draft)" in each.get_comment() for each in drafts.values())
    assert "2 sentences have a machine draft now. Read them before you publish." in html


def test_what_a_person_wrote_is_never_overwritten_and_english_never_becomes_chinese(at_desk, leaflet):
    write(leaflet, "zh-hans", {"title": "宣传单张"})
    draft(at_desk, leaflet)
    assert [each.data for each in simplifying.unconfirmed(simplified_page(leaflet))] == [SIMPLIFIED["lead"]]

    # Traditional is written by people: there is no button for it.
    assert draft(at_desk, leaflet, "zh-hant").status_code == 404


def test_page_without_traditional_words_gets_no_draft_and_says_why(at_desk, leaflet):
    StringTranslation.objects.all().delete()

    html = draft(at_desk, leaflet).content.decode()

    assert "There is nothing to draft" in html and not StringTranslation.objects.exists()


def test_sentence_translated_in_two_ways_is_left_to_the_person(leaflet, locale):
    first = StringTranslation.objects.get(data=TRADITIONAL["title"])
    other = StringTranslation.objects.get(data=TRADITIONAL["lead"])
    StringTranslation.objects.create(
        translation_of=first.translation_of,
        locale=first.locale,
        context=other.context,
        data="小冊子",
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )

    found = simplifying._written_in_traditional(leaflet.locale, [first.translation_of.data])

    assert found == {}


def test_drafts_are_shown_to_editors_and_not_published_until_a_person_confirms(
    at_desk, client, leaflet, django_capture_on_commit_callbacks
):
    draft(at_desk, leaflet)
    page = simplified_page(leaflet)

    with django_capture_on_commit_callbacks(execute=True):
        told = publish_at(at_desk, page)
    assert "2 sentences are machine drafts that nobody has confirmed." in told
    assert not simplified_page(leaflet).live and client.get("/sc/leaflet/").status_code == 404

    reading = reverse("home_read_drafts", args=[page.pk])
    assert reading in told
    screen = at_desk.get(reading).content.decode()
    for words in (*TRADITIONAL.values(), *SIMPLIFIED.values()):
        assert words in screen
    drafts = [each.pk for each in simplifying.unconfirmed(page)]
    at_desk.post(reading, {"draft": drafts[:1]})
    assert simplifying.unconfirmed(page).count() == 1, "only what was on the screen is confirmed"
    assert "1 draft is confirmed." in at_desk.post(reading, {"draft": drafts}, follow=True).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        publish_at(at_desk, page)
    assert SIMPLIFIED["lead"] in client.get("/sc/leaflet/").content.decode()


def test_sentence_that_an_editor_saves_is_a_draft_no_more(at_desk, leaflet):
    draft(at_desk, leaflet)
    translation = translation_into(leaflet, "zh-hans")
    segment = StringSegment.objects.get(source=translation.source, context__path="lead")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])

    at_desk.put(address, "value=改写的话", content_type="application/x-www-form-urlencoded")

    left = simplifying.unconfirmed(simplified_page(leaflet))
    assert [each.data for each in left] == [SIMPLIFIED["title"]]


def test_no_other_way_to_publish_takes_unread_drafts_along(
    at_desk, leaflet, django_capture_on_commit_callbacks
):
    draft(at_desk, leaflet)
    page = simplified_page(leaflet)
    translation_into(leaflet, "zh-hans").save_target(publish=False)

    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    with django_capture_on_commit_callbacks(execute=True):
        told = at_desk.post(f"{bulk}?id={page.pk}", follow=True).content.decode()
    assert "machine drafts that nobody has confirmed" in told
    update = reverse(
        "wagtail_localize:update_translations", args=[translation_into(leaflet, "zh-hans").source_id]
    )
    assert "use_machine_translation" not in at_desk.get(update).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        told = at_desk.post(update, {"publish_translations": "on"}).content.decode()
    assert "Update without publishing." in told
    assert not simplified_page(leaflet).live


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_edit_reads_and_confirms_no_draft(client_for, organiser, at_desk, leaflet, method):
    draft(at_desk, leaflet)
    page = simplified_page(leaflet)

    response = getattr(client_for(organiser), method)(
        reverse("home_read_drafts", args=[page.pk]),
        {"draft": [each.pk for each in simplifying.unconfirmed(page)]},
    )

    assert response.status_code in (302, 403)
    assert simplifying.unconfirmed(page).count() == 2

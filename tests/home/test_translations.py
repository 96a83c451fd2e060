"""Which translation is behind, by hand and by wagtail-localize."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home import translations
from home.demo import pages
from home.models import ContentChange, ContentPage, HomePage
from home.translations import State
from tests.home.conftest import publish


@pytest.fixture
def family(homes):
    """One page in three languages, each published after the English one."""
    made = {}
    key = None
    for language, home in homes.items():
        page = ContentPage(title=f"Page {language}", slug="page", lead="First words", locale=home.locale)
        if key:
            page.translation_key = key
        home.add_child(instance=page)
        key = page.translation_key
        made[language] = publish(page)
    return made


def states(page):
    return {row.language: row.state for row in translations.standing_of(page)}


def test_translation_published_after_the_source_is_in_step(family):
    assert states(family["en"]) == {"zh-hant": State.IN_STEP, "zh-hans": State.IN_STEP}
    # Every member of the family says the same.
    assert states(family["zh-hans"]) == states(family["en"])


def test_changed_source_leaves_its_translations_behind_until_they_are_published(family):
    family["en"].lead = "Other words"
    publish(family["en"])
    assert states(family["en"]) == {"zh-hant": State.BEHIND, "zh-hans": State.BEHIND}

    publish(family["zh-hant"])
    assert states(family["en"]) == {"zh-hant": State.IN_STEP, "zh-hans": State.BEHIND}


def test_draft_of_the_source_changes_nothing_yet(family):
    family["en"].lead = "Words nobody sees"
    family["en"].save_revision()

    assert set(states(family["en"]).values()) == {State.IN_STEP}


@pytest.mark.parametrize("change", [{}, {"slug": "elsewhere"}, {"show_in_menus": True}])
def test_publication_without_new_words_leaves_nothing_behind(family, change):
    for name, value in change.items():
        setattr(family["en"], name, value)
    publish(family["en"])

    assert set(states(family["en"]).values()) == {State.IN_STEP}


def test_new_title_is_new_words(family):
    family["en"].title = "Another title"
    publish(family["en"])

    assert set(states(family["en"]).values()) == {State.BEHIND}


def test_missing_and_unpublished_translations_are_told_apart(family):
    family["zh-hant"].unpublish()
    family["zh-hans"].delete()

    assert states(family["en"]) == {"zh-hant": State.DRAFT, "zh-hans": State.MISSING}


def test_copied_alias_is_no_translation(family, locale):
    family["zh-hans"].delete()
    family["en"].copy_for_translation(locale("zh-hans"), alias=True)

    assert states(family["en"])["zh-hans"] == State.MISSING


def test_explorer_marks_exactly_what_is_behind(family):
    family["en"].lead = "Other words"
    publish(family["en"])
    publish(family["zh-hant"])

    marked = translations.annotate_behind(Page.objects.filter(slug="page")).filter(translation_behind=True)

    assert [page.locale.language_code for page in marked] == ["zh-hans"]


def test_number_of_pages_does_not_change_the_number_of_queries(family, homes, django_assert_num_queries):
    with django_assert_num_queries(3):
        translations.standings_of(Page.objects.filter(pk=family["en"].pk))
    for each in range(3):
        page = ContentPage(title="Page", slug=f"p{each}", locale=homes["en"].locale)
        publish(homes["en"].add_child(instance=page))
    with django_assert_num_queries(3):
        translations.standings_of(Page.objects.filter(locale=homes["en"].locale, depth=3))


def test_editor_of_changed_english_is_led_to_bring_it_into_the_translations(
    family, locale, client_for, editor
):
    desk = client_for(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[family["en"].pk])
    source, _ = TranslationSource.get_or_create_from_instance(family["en"])
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    leads_on = f'<a href="{address}">Bring the changed sentences into the translations</a>'
    translation = Translation.objects.create(source=source, target_locale=locale("zh-hant"), enabled=False)
    family["en"].lead = "Other words"
    publish(family["en"])

    # A translation written in the editor itself has no sentences to bring over.
    assert leads_on not in desk.get(edit).content.decode()
    Translation.objects.filter(pk=translation.pk).update(enabled=True)
    assert leads_on in desk.get(edit).content.decode()
    for language in ("zh-hant", "zh-hans"):
        publish(family[language])
    assert leads_on not in desk.get(edit).content.decode()


def test_localize_makes_a_draft_that_an_editor_publishes(homes, locale, django_capture_on_commit_callbacks):
    page = publish(
        homes["en"].add_child(
            instance=ContentPage(title="Words", slug="words", lead="First words", locale=homes["en"].locale)
        )
    )
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale("zh-hant"))
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=locale("zh-hant"),
            context=segment.context,
            data="文字",
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
    translation.save_target(publish=False)
    made = translation.get_target_instance()

    assert (made.live, made.get_latest_revision_as_object().lead) == (False, "文字")
    assert states(page)["zh-hant"] == State.DRAFT

    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert states(page)["zh-hant"] == State.IN_STEP


def test_loading_twice_keeps_what_an_editor_wrote(db):
    pages.load()
    programme = ContentPage.objects.get(slug="programme", locale__language_code="en")
    programme.title = "Edited"
    publish(programme)
    home = HomePage.objects.get(locale__language_code="zh-hant")
    home.hero_title = "改過"
    publish(home)
    before = set(Page.objects.values_list("pk", "title", "latest_revision"))

    pages.load()

    assert set(Page.objects.values_list("pk", "title", "latest_revision")) == before
    assert ContentChange.objects.count() == Page.objects.filter(depth__gt=1).count()


def test_demonstration_pages_begin_in_step(site):
    standings = translations.standings_of(
        Page.objects.filter(locale=Locale.objects.get(language_code="en"), depth__gt=1)
    )

    assert len(standings) == 2 * (len(pages.SHEETS) + 1)
    assert {row.state for row in standings} == {State.IN_STEP}

"""No page takes an address that the portal answers itself: made, changed, copied, moved or translated."""

import pytest
from django.urls import reverse
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation
from wagtail_localize.operations import translate_object

from home.admin_addresses import AddressedPageForm
from home.models import ContentPage, HomePage
from tests.home.conftest import publish

SENTENCE = "The portal itself answers at /en/%s/, so that readers would never see this page."


@pytest.fixture
def at_desk(client_for, editor, homes):
    return client_for(editor)


@pytest.fixture
def leaflet(homes):
    page = ContentPage(title="Leaflet", slug="leaflet", locale=homes["en"].locale)
    return publish(homes["en"].add_child(instance=page))


@pytest.fixture
def inner_search(leaflet):
    """Below another page the portal has nothing at that address."""
    page = ContentPage(title="Search tips", slug="search", locale=leaflet.locale)
    return publish(leaflet.add_child(instance=page))


def fields(**changed):
    data = {"title": "Leaflet", "slug": "leaflet", "lead": "Words kept", "notice": "", "show_contents": "on"}
    return nested_form_data({**data, "body": streamfield([]), "comments": inline_formset([]), **changed})


def add(desk, home, **changed):
    address = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    return desk.post(address, fields(**changed), follow=True).content.decode()


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    "slug",
    ["search", "office", "account", "company", "apply", "seminars", "site-map", "write-to-us"],
)
@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}], ids=["draft", "published"])
def test_page_is_not_made_where_the_portal_answers_itself(at_desk, homes, slug, action):
    html = add(at_desk, homes["en"], slug=slug, **action)

    assert SENTENCE % slug in html and f"for example “about-{slug}”" in html
    assert "Words kept" in html and not ContentPage.objects.exists()


@pytest.mark.parametrize("slug", ["searches", "about-search", "figures", "events", "dev", "healthz", "en"])
def test_what_the_portal_does_not_answer_is_free_for_pages(at_desk, client, homes, slug):
    add(at_desk, homes["en"], slug=slug, **{"action-publish": "1"})

    assert "Words kept" in client.get(f"/en/{slug}/").content.decode()


def test_page_keeps_its_address_when_it_is_renamed_to_one_of_the_portals(at_desk, client, leaflet):
    address = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    html = at_desk.post(address, fields(slug="office", **{"action-publish": "1"})).content.decode()

    assert SENTENCE % "office" in html and "Words kept" in html
    assert client.get("/en/leaflet/").status_code == 200


def test_page_below_another_may_have_the_word_and_is_not_moved_up_with_it(
    at_desk, client, inner_search, homes
):
    assert client.get("/en/leaflet/search/").status_code == 200
    address = reverse("wagtailadmin_pages:move_confirm", args=[inner_search.pk, homes["en"].pk])

    for response in (at_desk.get(address, follow=True), at_desk.post(address, follow=True)):
        assert told(response)[0].startswith(SENTENCE % "search")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    moved = at_desk.post(f"{bulk}?id={inner_search.pk}", {"chooser": homes["en"].pk}, follow=True)
    assert told(moved)[0].startswith(SENTENCE % "search")
    assert client.get("/en/leaflet/search/").status_code == 200


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}], ids=["copy", "alias"])
def test_copy_is_refused_with_what_was_typed(at_desk, leaflet, homes, alias):
    answer = {"new_title": "Typed title", "new_slug": "account", "new_parent_page": homes["en"].pk, **alias}
    html = at_desk.post(reverse("wagtailadmin_pages:copy", args=[leaflet.pk]), answer).content.decode()

    assert SENTENCE % "account" in html and "Typed title" in html
    assert ContentPage.objects.count() == 1


def test_slug_of_a_translation_is_refused_beside_its_box(at_desk, leaflet, locale):
    translate_object(leaflet, [locale("zh-hant")])
    traditional = leaflet.get_translation(locale("zh-hant"))
    translation = Translation.objects.get(target_locale=locale("zh-hant"))
    own_slug = OverridableSegment.objects.get(source=translation.source, context__path="slug")
    override = reverse("wagtail_localize:edit_override", args=[translation.pk, own_slug.pk])
    at_desk.put(override, "value=search", content_type="application/x-www-form-urlencoded")

    edit = reverse("wagtailadmin_pages:edit", args=[traditional.pk])
    response = at_desk.post(edit, {"action": "publish"}, follow=True)

    assert response.status_code == 200
    assert "/tc/search/" in SegmentOverride.objects.get(context__path="slug").get_error()
    traditional.refresh_from_db()
    assert traditional.slug == "leaflet"


def test_page_that_stands_there_already_can_be_taken_down_and_renamed(at_desk, leaflet):
    Page.objects.filter(pk=leaflet.pk).update(
        slug="search", url_path=leaflet.url_path.replace("leaflet", "search")
    )

    at_desk.post(reverse("wagtailadmin_pages:unpublish", args=[leaflet.pk]))
    assert not Page.objects.get(pk=leaflet.pk).live
    at_desk.post(reverse("wagtailadmin_pages:edit", args=[leaflet.pk]), fields(slug="about-search"))
    assert Page.objects.get(pk=leaflet.pk).get_latest_revision_as_object().slug == "about-search"


def test_an_address_is_no_sentence_to_translate():
    """It would wait on a tab that nobody opens, and the page would be called half translated."""
    for model in [each for each in get_page_models() if each.is_creatable and each is not HomePage]:
        slugs = [field for field in get_translatable_fields(model) if field.field_name == "slug"]
        assert [field.is_synchronized(model()) for field in slugs] == [True], model


def test_every_page_type_has_the_form():
    types = [each for each in Page.__subclasses__() if each.is_creatable]

    assert len(types) > 5 and all(issubclass(each.base_form_class, AddressedPageForm) for each in types)

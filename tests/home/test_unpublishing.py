"""Pages taken down or put into another language by mistake."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import ContentPage, HomePage
from tests.home.conftest import publish


@pytest.fixture
def at_desk(client_for, editor, homes):
    return client_for(editor)


@pytest.fixture
def leaflet(homes):
    page = ContentPage(title="Leaflet", slug="leaflet", locale=homes["en"].locale)
    return publish(homes["en"].add_child(instance=page))


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_front_page_of_a_language_is_not_taken_down(at_desk, client, homes):
    page = homes["zh-hant"]
    for response in (
        at_desk.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), follow=True),
        at_desk.post(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}",
            follow=True,
        ),
    ):
        assert "This is the front page in 繁體中文" in told(response)
    assert HomePage.objects.get(pk=page.pk).live
    assert 'lang="zh-Hant-HK"' in client.get("/tc/").content.decode()


def test_front_page_is_given_no_end(at_desk, homes):
    page = homes["en"]
    fields = {
        "title": page.title,
        "slug": page.slug,
        "hero_title": "",
        "hero_lead": "",
        "entries_title": "",
        "expire_at": "2099-01-01 00:00",
        **{name: streamfield([]) for name in ("actions", "entries", "figures")},
        "comments": inline_formset([]),
    }
    response = at_desk.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        nested_form_data({**fields, "action-publish": "1"}),
    )

    assert "This is the front page in English" in str(response.context["form"].errors["expire_at"])
    assert HomePage.objects.get(pk=page.pk).expire_at is None


def test_who_takes_a_page_down_hears_who_links_to_it(at_desk, homes, leaflet):
    link = f'<p>Read <a linktype="page" id="{leaflet.pk}">this</a>.</p>'
    caller = ContentPage(title="Caller", slug="caller", locale=leaflet.locale, body=[("text", link)])
    publish(homes["en"].add_child(instance=caller))

    response = at_desk.post(reverse("wagtailadmin_pages:unpublish", args=[leaflet.pk]), follow=True)

    assert "1 other place links to this page." in told(response)
    assert reverse("home_dead_link_report") in told(response)
    other = at_desk.post(reverse("wagtailadmin_pages:unpublish", args=[caller.pk]), follow=True)
    assert "links to this page" not in told(other)


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}], ids=["copy", "alias"])
def test_page_is_not_copied_into_the_tree_of_another_language(at_desk, homes, leaflet, alias):
    answer = {"new_title": "Typed", "new_slug": "copy", "new_parent_page": homes["zh-hant"].pk, **alias}
    html = at_desk.post(reverse("wagtailadmin_pages:copy", args=[leaflet.pk]), answer).content.decode()

    assert "“Leaflet” is in English, and so must be the page above it." in html and "Typed" in html
    assert not Page.objects.filter(slug="copy").exists()


def test_page_is_not_moved_into_the_tree_of_another_language(client_for, root, homes, leaflet):
    desk, goal = client_for(root), homes["zh-hans"]
    address = reverse("wagtailadmin_pages:move_confirm", args=[leaflet.pk, goal.pk])
    assert "and so must be the page above it" in told(desk.post(address, follow=True))

    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    desk.post(f"{bulk}?id={leaflet.pk}", {"chooser": goal.pk}, follow=True)
    assert Page.objects.get(pk=leaflet.pk).get_parent().pk == homes["en"].pk

"""A page that is deleted: who is told of its links, and where its address leads afterwards."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from home import redirect_list
from home.models import ContentPage
from tests.home.conftest import publish

NOBODY_LINKS = "No published page links here."


@pytest.fixture
def at_desk(client_for, editor, site):
    return client_for(editor)


@pytest.fixture
def at_chiefs_desk(client_for, root, site):
    """Editors delete no page that has others below it."""
    return client_for(root)


@pytest.fixture
def add_page(site):
    def add(slug, language="en", above=None, **fields):
        above = above or site[language]
        page = ContentPage(title=slug.title(), slug=slug, locale=above.locale, **fields)
        return publish(above.add_child(instance=page))

    return add


@pytest.fixture
def family(add_page):
    """One page in three languages."""
    english = add_page("leaflet")
    others = [
        add_page("leaflet", language, translation_key=english.translation_key)
        for language in ("zh-hant", "zh-hans")
    ]
    return [english, *others]


def address_of(page):
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def led(client, address):
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


def text_with_link_to(page):
    return [("text", f'<p>Read <a linktype="page" id="{page.pk}">this</a>.</p>')]


def test_confirmation_lists_who_links_in_texts_and_blocks_with_the_way_to_them(at_chiefs_desk, add_page):
    page = add_page("leaflet")
    below = add_page("annex", above=page)
    link = {"title": "Call", "text": "", "link": {"label": "Go", "page": below, "path": ""}}
    caller = add_page("caller", body=text_with_link_to(page))
    other = add_page("other", body=[("call_to_action", link)])
    add_page("inside", above=page, body=text_with_link_to(page))

    # No worker has run: the index of references is brought up to date by the question itself.
    assert not ReferenceIndex.get_references_to(page).exists()
    response = at_chiefs_desk.get(address_of(page))

    links = {each.edit_url: each.places for each in response.context["links"]}
    assert links == {
        reverse("wagtailadmin_pages:edit", args=[caller.pk]): ["Text → Text"],
        reverse("wagtailadmin_pages:edit", args=[other.pk]): ["Text → Call to action"],
    }
    html = response.content.decode()
    assert "These links will lead nowhere, also with a redirect" in html and "Caller (English)" in html
    assert "2 pages below it are deleted too." in html
    assert "The page stands in the menu of the site" in html
    assert Page.objects.filter(pk=page.pk).exists()


def test_page_without_links_says_so_and_offers_the_page_above(at_desk, add_page):
    page = add_page("annex", above=add_page("leaflet"))

    response = at_desk.get(address_of(page))

    assert NOBODY_LINKS in response.content.decode()
    assert response.context["form"]["lead_to"].initial == "above"
    assert "To the page above: Leaflet" in response.content.decode()


def test_link_of_a_deleted_page_and_its_own_redirects_are_no_links(at_desk, add_page):
    page = add_page("leaflet")
    Redirect.objects.create(old_path="/en/old", redirect_page=page)
    gone = add_page("gone", body=text_with_link_to(page))
    gone.delete()

    response = at_desk.get(address_of(page))

    assert NOBODY_LINKS in response.content.decode()
    assert "1 other address that leads here goes the same way." in response.content.decode()


def test_addresses_of_all_languages_and_of_the_site_before_lead_to_the_chosen_page(
    at_desk, client, family, page_of
):
    redirect_list.load_shipped()
    english, traditional, simplified = family
    Redirect.objects.filter(old_path="/en/FAQ").update(redirect_page=english)
    answer = {"lead_to": "other", "target": page_of("programme").pk}

    made = at_desk.post(address_of(english), answer, follow=True)
    assert "2 addresses now lead to “The programme" in made.content.decode()
    assert led(client, "/tc/leaflet/") == (200, None), "a version in another language stays"
    for page in (traditional, simplified):
        at_desk.post(address_of(page), {"lead_to": "other", "target": page_of("programme").pk})

    assert not Page.objects.filter(slug="leaflet").exists()
    for prefix in ("en", "tc", "sc"):
        assert led(client, f"/{prefix}/leaflet/") == (301, f"/{prefix}/programme/")
    assert led(client, "/en/FAQ") == (301, "/en/programme/")


def test_redirect_of_one_language_serves_versions_deleted_without_one(at_desk, client, family):
    for page in reversed(family):
        at_desk.post(address_of(page), {"lead_to": "above" if page is family[0] else "nowhere"})

    assert [led(client, f"/{prefix}/leaflet/") for prefix in ("en", "tc", "sc")] == [
        (301, "/en/"),
        (301, "/tc/"),
        (301, "/sc/"),
    ]


def test_pages_below_lead_there_too_and_nothing_is_written_without_a_wish(at_chiefs_desk, client, add_page):
    page = add_page("leaflet")
    add_page("annex", above=page)

    at_chiefs_desk.post(address_of(page), {"lead_to": "above"})
    assert led(client, "/en/leaflet/annex/") == (301, "/en/")

    plain = add_page("plain")
    at_chiefs_desk.post(address_of(plain), {"lead_to": "nowhere"})
    assert not Page.objects.filter(pk=plain.pk).exists()
    assert client.get("/en/plain/").status_code == 404


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "This field is required."),
        ({"lead_to": "other"}, "Choose the page, or one of the other answers."),
        ({"lead_to": "other", "target": "0"}, "Select a valid choice."),
        ({"lead_to": "other", "target": "below"}, "This page goes too. Choose one that stays."),
        ({"lead_to": "other", "target": "draft"}, "is not published in English. Choose another page."),
    ],
)
def test_answer_that_leads_nowhere_deletes_nothing_and_is_told(at_chiefs_desk, add_page, answer, sentence):
    page = add_page("leaflet")
    pages = {"below": add_page("annex", above=page), "draft": add_page("draft")}
    pages["draft"].unpublish()
    if answer.get("target") in pages:
        answer = {**answer, "target": pages[answer["target"]].pk}

    response = at_chiefs_desk.post(address_of(page), answer)

    assert response.status_code == 200 and sentence in response.content.decode()
    assert Page.objects.filter(pk=page.pk).exists() and not Redirect.objects.exists()


def test_many_pages_are_deleted_only_with_the_name_of_the_site(at_chiefs_desk, add_page, settings):
    page = add_page("leaflet")
    for number in range(9):
        page.add_child(instance=ContentPage(title=f"Page {number}", locale=page.locale))
    answer = {"lead_to": "above"}

    refused = at_chiefs_desk.post(address_of(page), {**answer, "confirm_site_name": "other"})
    assert refused.status_code == 200 and "checked" in refused.content.decode()
    assert Page.objects.filter(pk=page.pk).exists() and not Redirect.objects.exists()

    at_chiefs_desk.post(address_of(page), {**answer, "confirm_site_name": settings.WAGTAIL_SITE_NAME})
    assert not Page.objects.filter(pk=page.pk).exists()


def test_pages_chosen_together_are_kept_when_another_links_to_one_of_them(at_desk, add_page):
    linked, plain = add_page("linked"), add_page("plain")
    caller = add_page("caller", body=text_with_link_to(linked))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    refused = at_desk.post(f"{bulk}?id={linked.pk}&id={plain.pk}", follow=True)
    assert "Other pages link to: Linked." in refused.content.decode()
    assert Page.objects.filter(pk__in=[linked.pk, plain.pk]).count() == 2

    caller.delete()
    at_desk.post(f"{bulk}?id={linked.pk}&id={plain.pk}")
    assert not Page.objects.filter(pk__in=[linked.pk, plain.pk]).exists()


def test_who_may_not_delete_is_asked_nothing(client_for, organiser, add_page):
    page = add_page("leaflet")

    for response in (
        client_for(organiser).get(address_of(page)),
        client_for(organiser).post(address_of(page)),
    ):
        assert response.status_code in (302, 403)
    assert Page.objects.filter(pk=page.pk).exists()

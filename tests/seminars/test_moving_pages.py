"""The list of seminars gets another address, and what people hold in their hands still leads there."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import HomePage
from portal.search.models import SearchEntry
from seminars import drafts
from seminars.models import SeminarIndexPage, SeminarPage


@pytest.fixture
def pages(seminar, index):
    made = drafts.make_drafts(seminar)
    for page in made:
        page.save_revision().publish()
    return {page.locale.language_code: page for page in made}


def index_of(language):
    return SeminarIndexPage.objects.get(locale__language_code=language)


def led(client, address):
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


def test_addresses_of_seminars_lead_on_when_their_list_is_renamed(
    client, client_for, editor, pages, django_capture_on_commit_callbacks
):
    before = {language: (index_of(language).url, page.url) for language, page in pages.items()}
    at_desk = client_for(editor)
    for language in pages:
        page = index_of(language)
        data = {"title": page.title, "slug": "talks", "introduction": "", "comments": inline_formset([])}
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        with django_capture_on_commit_callbacks(execute=True):
            made = at_desk.post(address, nested_form_data({**data, "action-publish": "1"}))
        assert made.status_code == 302

    for language, (old_list, old_page) in before.items():
        seminar_page = SeminarPage.objects.get(pk=pages[language].pk)
        assert "/talks/" in seminar_page.url
        assert led(client, old_list) == (301, index_of(language).url)
        assert led(client, old_page) == (301, seminar_page.url)
        assert client.get(seminar_page.url).status_code == 200
        entry = SearchEntry.objects.get(kind="seminar", language=seminar_page.locale.language_code)
        assert entry.url == seminar_page.url


def test_list_cannot_be_moved_where_it_does_not_belong(client_for, editor, pages):
    english = index_of("en")
    at_desk = client_for(editor)
    elsewhere = [HomePage.objects.get(locale__language_code="zh-hant"), index_of("zh-hans")]

    for target in elsewhere:
        address = reverse("wagtailadmin_pages:move_confirm", args=[english.pk, target.pk])
        assert at_desk.post(address).status_code in (302, 403)

    assert index_of("en").path == english.path
    assert Page.objects.get(pk=pages["en"].pk).url == pages["en"].url

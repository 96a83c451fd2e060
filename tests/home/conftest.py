import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Locale, Page
from wagtail.tasks import update_reference_index_task

from home import deleting
from home.demo import pages
from home.models import HomePage
from tests.services.copies import made_once
from tests.services.database import put_back, restore

LANGUAGES = ("en", "zh-hant", "zh-hans")


@pytest.fixture(autouse=True)
def fresh_cache():
    """Navigation and contact are kept between requests: a test begins without another one's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def pages_copy(django_db_setup, django_db_blocker, testrun_uid):
    with django_db_blocker.unblock():
        return made_once("pages", testrun_uid, load_pages, settings.MEDIA_ROOT)


def load_pages():
    pages.load()
    # A worker would have written these long ago; else every page that is deleted in a test writes them again.
    deleting.write_waiting_references()
    DBTaskResult.objects.filter(task_path=update_reference_index_task.module_path).delete()


@pytest.fixture(scope="module")
def loaded(pages_copy, django_db_blocker):
    """The demonstration pages in three languages, for the tests of a module, none of which commits."""
    with django_db_blocker.unblock():
        put_back(pages_copy)
        yield
        restore()


@pytest.fixture
def site(loaded, db):
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


@pytest.fixture
def homes(db):
    """The front pages that the migration makes."""
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


@pytest.fixture
def page_of(site):
    """`page_of("programme", "zh-hant")`, by the slug that all languages share."""

    def find(slug, language="en"):
        return Page.objects.get(slug=slug, locale__language_code=language).specific

    return find


@pytest.fixture
def locale(db):
    return lambda language: Locale.objects.get(language_code=language)


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def upload_at(screen, at_desk, name, content):
    """As a screen for several files does. Returns the sentence, or "" where the file was taken."""
    response = at_desk.post(
        reverse(screen),
        {"title": "A file", "collection": "1", "files[]": SimpleUploadedFile(name, content)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    return response.json().get("error_message", "")

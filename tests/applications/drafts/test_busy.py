"""A lock that somebody else holds too long: the person is told to try again and keeps the text."""

import sqlite3

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection, connections
from django.urls import reverse
from django.utils import translation

from applications.models import SectionAnswers
from tests.applications.conftest import own_section

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def impatient(monkeypatch):
    """Waits for a lock no longer than a moment, so that the test need not."""
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "timeout", 0.2)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    connections.close_all()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "The service is not available just now"),
        ("zh-hant", "服務暫時未能提供"),
        ("zh-hans", "服务暂时无法提供"),
    ],
)
def test_section_save_under_a_foreign_lock_gives_the_text_back(
    client_for, owner, draft, impatient, language, heading
):
    browser = client_for(owner.user)
    with translation.override(language):
        address = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])
    browser.get(address)
    holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        answer = browser.post(address, {"summary": "Two hours of writing 𨋢", "version": "0"})
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert heading in answer.content.decode()
    assert "Two hours of writing 𨋢" in answer.content.decode()
    assert not SectionAnswers.objects.filter(application=draft).exists()


@pytest.mark.parametrize("failure", [OperationalError, InterfaceError])
def test_database_that_is_away_before_the_view_begins_gives_the_text_back_too(
    client_for, owner, draft, monkeypatch, failure
):
    browser = client_for(owner.user)
    browser.raise_request_exception = False
    address = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])

    def no_session(store):
        raise failure("server closed the connection unexpectedly")

    monkeypatch.setattr(SessionStore, "_get_session_from_db", no_session)
    answer = browser.post(address, {"summary": "Two hours of writing 𨋢", "version": "0"})

    assert answer.status_code == 503
    assert "Two hours of writing 𨋢" in answer.content.decode()

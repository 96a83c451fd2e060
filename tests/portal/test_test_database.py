"""The test database itself: what the other tests rely on."""

import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from wagtail.models import Locale, Site

from portal.accounts.models import User
from portal.audit import trail
from portal.audit.models import Event


@pytest.mark.django_db
def test_events_cannot_be_changed_or_deleted():
    event = trail.record("tested", obj_kind="test", obj_uuid=uuid.uuid4())

    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        event.delete()
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Event.objects.update(verb="rewritten")


@pytest.mark.postgres
@pytest.mark.django_db
def test_events_cannot_be_truncated():
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Event.objects.raw("TRUNCATE audit_event")._fetch_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", [1, 2])
def test_committed_rows_are_gone_and_the_migrations_rows_are_back(round_number, mei):
    """Runs twice: what the first run commits and deletes, the second must not see."""
    assert User.objects.count() == 1
    assert Event.objects.count() == 0
    assert Site.objects.count() == 1
    assert Locale.objects.filter(language_code="en").exists()
    assert ContentType.objects.exists()

    trail.record("tested", obj_kind="test", obj_uuid=uuid.uuid4())
    Site.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_the_same_database(manage, mei):
    code = "from portal.accounts.models import User; print(User.objects.get().email)"

    answer = manage("shell", "--no-imports", "-c", code)

    assert answer.stdout.strip().endswith(mei.email), answer.stderr

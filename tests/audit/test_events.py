import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from portal.audit import trail
from portal.audit.history import history, history_of
from portal.audit.models import Event

pytestmark = pytest.mark.django_db


def event(**fields):
    return trail.record("moved", obj_kind="case", obj_uuid=fields.pop("obj_uuid", uuid.uuid4()), **fields)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(verb="other"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.first().delete(),
        lambda: connection.cursor().execute("UPDATE audit_event SET verb = 'x'"),
        lambda: connection.cursor().execute("DELETE FROM audit_event"),
    ],
)
def test_database_refuses_to_change_or_delete_an_event(change):
    event()
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        change()
    assert Event.objects.get().verb == "moved"


@pytest.mark.postgres
def test_postgresql_refuses_to_truncate_events():
    event()
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        connection.cursor().execute("TRUNCATE audit_event")
    assert Event.objects.count() == 1


@pytest.mark.postgres
def test_triggers_hold_on_postgresql_too():
    assert connection.vendor == "postgresql"
    event()
    for statement in ("UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            connection.cursor().execute(statement)


def test_events_recorded_together_are_one_insert_in_the_order_they_happened(django_assert_num_queries):
    case = uuid.uuid4()
    with django_assert_num_queries(1), trail.together():
        event(obj_uuid=case, to_state="submitted")
        with trail.together():
            event(obj_uuid=case, to_state="in_verification")
        event(obj_uuid=case, to_state="ineligible")
    states = Event.objects.order_by("pk").values_list("to_state", flat=True)
    assert list(states) == ["submitted", "in_verification", "ineligible"]


def test_change_that_fails_leaves_none_of_its_events_for_the_next():
    with pytest.raises(ZeroDivisionError), trail.together():
        event()
        raise ZeroDivisionError
    event(to_state="submitted")
    assert Event.objects.get().to_state == "submitted"


def test_history_names_people_in_two_queries(mei, officer, django_assert_num_queries):
    case = uuid.uuid4()
    event(obj_uuid=case, actor=mei, to_state="submitted")
    event(obj_uuid=case, actor=officer, from_state="submitted", to_state="in_verification")
    event(obj_uuid=case)
    event(actor=officer)
    with django_assert_num_queries(2):
        entries = history("case", case)
    assert [(e.actor, e.event.to_state, e.is_automatic) for e in entries] == [
        ("Mei", "submitted", False),
        ("Officer", "in_verification", False),
        ("", "", True),
    ]


def test_history_outlives_the_person(mei):
    case = uuid.uuid4()
    event(obj_uuid=case, actor=mei)
    mei.memberships.all().delete()
    mei.delete()
    (entry,) = history("case", case)
    assert (entry.actor, entry.is_automatic) == ("", False)


def test_history_of_several_objects_is_one_line_of_time(mei):
    case, file = uuid.uuid4(), uuid.uuid4()
    event(obj_uuid=case, actor=mei)
    trail.record("file.received", obj_kind="file", obj_uuid=file, actor=mei)
    # The same uuid under another kind is another object.
    trail.record("noise", obj_kind="seminar", obj_uuid=case)
    event(obj_uuid=case)
    entries = history_of([("case", case), ("file", file)])
    assert [entry.verb for entry in entries] == ["moved", "file.received", "moved"]


def test_history_without_events_is_empty():
    assert history("case", uuid.uuid4()) == []

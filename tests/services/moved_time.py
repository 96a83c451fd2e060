"""Another time for everything: Python's clock and the database's, which deadlines go by."""

import pytest
from django.db import connection
from django.db.models import DateTimeField, Value
from django.utils import timezone

from portal import database_clock
from portal.mail import outbox
from seminars import permissions
from seminars.seats import locking

LITERALS = {
    "sqlite": "SELECT '{:%Y-%m-%dT%H:%M:%S.%f}'",
    "postgresql": "SELECT TIMESTAMPTZ '{:%Y-%m-%dT%H:%M:%S.%fZ}'",
}


@pytest.fixture
def move_to(monkeypatch, time_machine):
    """`move_to(moment)` stops every clock at that moment."""
    for module in (locking, outbox, permissions):
        monkeypatch.setattr(module, "Now", lambda: Value(timezone.now(), output_field=DateTimeField()))

    def move(moment):
        time_machine.move_to(moment, tick=False)
        literal = LITERALS[connection.vendor].format(timezone.now())
        monkeypatch.setitem(database_clock.CLOCK, connection.vendor, literal)

    return move

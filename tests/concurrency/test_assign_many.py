"""Two officers give the same cases to two people at once: each case goes to one, both reports are true."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from applications.desk import assignment
from applications.desk.assignment import Choice
from applications.models import Application
from portal.accounts.models import Role
from portal.audit.models import Event
from tests.applications.desk.case_rows import make_rows
from tests.applications.desk.handing_in import make_round
from tests.services.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
CASES = 8


def test_every_case_goes_to_exactly_one_of_two():
    officers = [person("first", role=Role.OFFICER), person("second", role=Role.OFFICER)]
    cases = make_rows(CASES, make_round())
    gate = Barrier(len(officers))

    def give(to):
        # Each in an order of its own, as two lists sorted differently would send them.
        order = cases if to == officers[0] else cases[::-1]
        choices = [Choice(case.uuid, None) for case in order]
        connection.close()
        gate.wait(timeout=60)
        try:
            return assignment.hand_over_many(choices, to, actor=to)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(officers)) as pool:
        reports = list(pool.map(give, officers))

    done = [
        {each.case.pk: officer for each in report if each.is_done}
        for officer, report in zip(officers, reports, strict=True)
    ]
    assert done[0].keys().isdisjoint(done[1])
    assert done[0].keys() | done[1].keys() == {case.pk for case in cases}
    told = done[0] | done[1]
    for case in Application.objects.select_related("assignee"):
        assert case.assignee == told[case.pk]
    assert Event.objects.filter(verb="application.assigned").count() == CASES
    assert [len(report) for report in reports] == [CASES, CASES]

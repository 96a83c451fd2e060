"""Twenty presses on one submit button: one submission, one reference, one mail, the same answer for all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from applications import workflow
from applications.models import Application, Submission
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.mail.models import Message
from tests.applications.conftest import DECLARATION, fill_in, make_round, private_folder, review_of

__all__ = ["private_folder"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
PRESSES = 20


def test_twenty_parallel_submits_are_one(mei):
    owner = membership_of(mei)
    application = workflow.start(make_round(), member=owner)
    fill_in(application, owner)
    review = review_of(application)
    gate = Barrier(PRESSES)

    def press(_):
        mine = Application.objects.get(pk=application.pk)
        connection.close()
        gate.wait(timeout=60)
        try:
            return workflow.submit(mine, member=owner, review=review, declaration=DECLARATION).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PRESSES) as pool:
        answers = list(pool.map(press, range(PRESSES)))

    submission = Submission.objects.get()
    assert answers == [submission.pk] * PRESSES
    assert set(Application.objects.values_list("reference", flat=True)) == {"DEMO-TS-0001"}
    assert [each.to for each in Message.objects.filter(kind="application.receipt")] == ["mei@demo.example"]
    assert Event.objects.filter(verb="application.submitted").count() == 1

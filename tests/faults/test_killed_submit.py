"""The web process dies amid a submit: wholly submitted or wholly a draft, and pressing again settles it."""

import os
import signal
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications import rounds, workflow
from applications.models import Application, ReferenceSequence, Submission
from applications.submissions import contents, submission
from portal.accounts.permissions import membership_of
from portal.audit.models import Event
from portal.mail.models import Message
from tests.applications.conftest import fill_in, make_round, private_folder

__all__ = ["private_folder"]
pytestmark = pytest.mark.django_db(transaction=True)
NOTHING = ("draft", "", 0, 0, 0, 0, 0)
EVERYTHING = ("submitted", "DEMO-TS-0001", 1, 1, 1, 1, 1)
# More than a submit has; a press that is never killed ends the loop long before.
MOST_POINTS = 200


@contextmanager
def killed_at(point):
    """SIGKILL to this process at the numbered point: before each statement, before and after each COMMIT."""
    reached = 0

    def mark():
        nonlocal reached
        reached += 1
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(execute, *arguments):
        mark()
        return execute(*arguments)

    commit = connection.commit

    def marked_commit():
        mark()
        commit()
        mark()

    connection.commit = marked_commit
    with connection.execute_wrapper(before_statement):
        yield


def press_and_die(point, press):
    """Press in a copy of this process; True if the copy was killed, False if it answered with the receipt."""
    connections.close_all()
    with warnings.catch_warnings():
        # The copy does one thing and ends; threads of the test runner are none of its business.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        code = 1
        try:
            with killed_at(point):
                code = 0 if press().status_code == 302 else 1
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def facts():
    application = Application.objects.get()
    return (
        application.status,
        application.reference,
        application.revision,
        Submission.objects.count(),
        Message.objects.filter(kind="application.receipt").count(),
        Event.objects.filter(verb="application.submitted").count(),
        DBTaskResult.objects.filter(task_path="applications.submissions.receipts.make_copies").count(),
    )


@dataclass
class Declared:
    """A complete draft at its last page: `press()` posts what stands on it."""

    browser: object
    address: str
    receipt: str
    form: dict

    def press(self):
        return self.browser.post(self.address, self.form)


@pytest.fixture
def declared(mei, client_for):
    owner = membership_of(mei)
    application = workflow.start(make_round(), member=owner)
    fill_in(application, owner)
    token = submission.mint(
        application, fingerprint=contents.Contents(application).fingerprint, now=rounds.database_now()
    )
    return Declared(
        client_for(mei),
        reverse("applications:submit", args=[application.uuid]),
        reverse("applications:receipt", args=[application.uuid, 1]),
        {"review": token, "signer_name": "Mei", "signer_role": "Director", "agreed": "on"},
    )


def test_submit_killed_at_every_point_is_whole_or_not_there(declared):
    after_each_kill = []
    for point in range(1, MOST_POINTS):
        if not press_and_die(point, declared.press):
            break
        after_each_kill.append(facts())

    assert set(after_each_kill) == {NOTHING, EVERYTHING}
    assert after_each_kill == sorted(after_each_kill, key=[NOTHING, EVERYTHING].index)
    assert after_each_kill.count(NOTHING) >= 12
    assert facts() == EVERYTHING
    assert ReferenceSequence.objects.get().last == 1


def test_answer_lost_on_the_way_and_asked_again_is_the_same_receipt(declared):
    """The browser sent, the line went dead; the person presses again at once, and once more an hour later."""
    answers = {declared.press()["Location"] for _ in range(2)}
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        answers.add(declared.press()["Location"])

    assert answers == {declared.receipt}
    assert facts() == EVERYTHING

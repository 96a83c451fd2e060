"""The database crashes amid two hundred requests: what was answered as saved is saved, the rest is not."""

import http.client
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from applications import workflow
from applications.models import AnswerRevision, SectionAnswers
from portal.accounts.models import Membership, Provider
from portal.accounts.permissions import membership_of
from tests.applications.conftest import make_round, own_section, private_folder
from tests.bench.browsing import Browser
from tests.services import unavailable
from tests.services.people import member, sign_in
from tests.services.ports import free_port, wait_for

__all__ = ["private_folder"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
COMPANIES, SAVES_EACH = 20, 5


@contextmanager
def web():
    """The portal in a web server of its own; it is not started anew when the database comes back."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-W", "ignore", "-m", "gunicorn", "portal.wsgi:application",
            "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4",
            "--log-level", "critical", "--no-control-socket", "--keep-alive", "60",
            "--env", "DJANGO_SETTINGS_MODULE=tests.faults.web_settings",
        ],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(
            lambda: urllib.request.urlopen(f"{address}/healthz", timeout=5).status == 200,
            seconds=60, what="gunicorn", process=process,
        )  # fmt: skip
        yield address
    finally:
        process.terminate()
        process.wait(20)


def make_drafts(round):
    for number in range(COMPANIES):
        company = Provider.objects.create(
            name_en=f"Demo Company {number}", hk_registration=f"{20000000 + number}"
        )
        person = member(f"person {number}", company, Membership.Role.OWNER)
        yield person, workflow.start(round, member=membership_of(person))


class Writer:
    """One person who saves a section again and again, and keeps what the portal said each time."""

    def __init__(self, address, person, draft):
        cookies = {name: morsel.value for name, morsel in sign_in(Client(), person).cookies.items()}
        self.browser = Browser(address, cookies)
        self.draft = draft
        self.page = reverse("applications:section", args=[draft.uuid, own_section(draft)["uid"]])
        self.list = reverse("applications:application", args=[draft.uuid])
        _, self.fields = self.browser.form(self.page)
        self.saved, self.refused = [], []

    def work(self, half_way):
        for number in range(SAVES_EACH):
            half_way()
            text = f"Typed text {number} of {self.draft.pk}"
            status, body = self.ask(
                self.page, self.fields | {"summary": text, "version": str(len(self.saved))}
            )
            if status == 302:
                self.saved.append(text)
            else:
                # A broken line may hide whether it was saved; the portal's own answers never do.
                self.refused.append((status, text in body))
                self._catch_up(text)
            assert self.ask(self.list)[0] in {200, 503, None}

    def ask(self, path, form=None):
        try:
            _, status, _, body = self.browser.ask(path, form)
        except (OSError, http.client.HTTPException):
            self.browser.connection.close()
            return None, ""
        return status, body

    def _catch_up(self, text):
        """What a person does after an error: open the page again, see what stands there, go on from it."""
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            status, body = self.ask(self.page)
            if status == 200:
                if text in body:
                    self.saved.append(text)
                return
            time.sleep(0.2)
        raise AssertionError("The portal did not come back.")


def test_database_that_crashes_during_saves_loses_none_and_halves_none(postgres_server, mei):
    if postgres_server.crash is None:
        unavailable("PostgreSQL that can be stopped", "the wheel's server can only be started")
    drafts = list(make_drafts(make_round()))
    back_at = []
    lock, asked = threading.Lock(), iter(range(1, COMPANIES * SAVES_EACH + 1))

    def half_way():
        with lock:
            if next(asked) == COMPANIES * SAVES_EACH // 2:
                postgres_server.crash()
                postgres_server.start()
                back_at.append(time.monotonic())

    with web() as address:
        writers = [Writer(address, *each) for each in drafts]
        connections.close_all()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda writer: writer.work(half_way), writers))
        assert writers[0].ask(writers[0].list)[0] == 200
        for writer in writers:
            writer.browser.connection.close()

    assert back_at
    refused = [each for writer in writers for each in writer.refused]
    # Only what was under way is refused, with the page that gives the text back; never a 500.
    assert {status for status, _ in refused} <= {503, None}
    assert all(kept for status, kept in refused if status == 503)
    assert len(refused) <= 8 * 3
    for writer in writers:
        row = SectionAnswers.objects.get(application=writer.draft)
        newest = AnswerRevision.objects.filter(application=writer.draft).latest("id")
        assert row.data["summary"] == newest.data["summary"] == writer.saved[-1]
        assert row.version == newest.version == len(writer.saved)

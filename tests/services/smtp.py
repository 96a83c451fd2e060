"""A mail server that a test can switch off, let refuse, and bring back at the same address."""

import pytest
from aiosmtpd.controller import Controller

from tests.services.ports import free_port


class MailServer:
    host = "127.0.0.1"

    def __init__(self):
        self.port = free_port()
        # (envelope sender, recipients, raw message) of everything accepted, also over a restart.
        self.received = []
        self.refuse_with = None
        self._controller = None

    async def handle_DATA(self, server, session, envelope):
        if self.refuse_with:
            return self.refuse_with
        self.received.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 Accepted"

    def refuse(self, answer="451 Try again later"):
        self.refuse_with = answer

    def accept(self):
        self.refuse_with = None

    def up(self):
        self._controller = Controller(self, hostname=self.host, port=self.port)
        self._controller.start()

    def down(self):
        if self._controller:
            self._controller.stop()
            self._controller = None


@pytest.fixture
def smtp(settings):
    """A running server, and EMAIL_HOST and EMAIL_PORT set to it."""
    server = MailServer()
    server.up()
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    yield server
    server.down()

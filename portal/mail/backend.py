"""EMAIL_BACKEND: mail of allauth and Wagtail becomes outbox rows like every other."""

import uuid
from datetime import timedelta

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from portal.database_clock import database_now
from portal.mail import outbox
from portal.mail.models import Message

SECRET = "secret"  # noqa: S105
# A code or reset link that could not leave for half a day helps nobody any more.
USEFUL_FOR = timedelta(hours=12)


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        for mail in email_messages:
            if mail.attachments:
                raise ValueError("Mail with attachments needs a kind of its own in the outbox.")
            mail.message()  # raises BadHeaderError here, in front of the caller
            for address in mail.recipients():
                outbox.add(_row(mail, address))
        return len(email_messages)


def _row(mail, address):
    now = database_now()
    return Message(
        kind=SECRET,
        key=f"{SECRET}:{uuid.uuid4()}",
        to=address,
        language=translation.get_language() or "en",
        subject=outbox.one_line(mail.subject)[:400],
        body=mail.body,
        html=next((body for body, kind in getattr(mail, "alternatives", []) if kind == "text/html"), ""),
        headers={name: str(value) for name, value in mail.extra_headers.items()},
        from_email=mail.from_email or "",
        reply_to=", ".join(mail.reply_to)[:320],
        is_secret=True,
        priority=0,
        not_before=now,
        expires_at=now + USEFUL_FOR,
    )

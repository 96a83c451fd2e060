"""EMAIL_BACKEND: mail of allauth and Wagtail becomes outbox rows like every other."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from portal.mail import outbox
from portal.mail.models import Message


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        for mail in email_messages:
            html = next((body for body, kind in getattr(mail, "alternatives", []) if kind == "text/html"), "")
            for address in mail.recipients():
                outbox.add(
                    Message(
                        kind="secret",
                        key=f"secret:{uuid.uuid4()}",
                        to=address,
                        language=translation.get_language() or "en",
                        subject=" ".join(mail.subject.split())[:400],
                        body=mail.body,
                        html=html,
                        from_email=mail.from_email,
                        is_secret=True,
                        priority=0,
                        not_before=timezone.now(),
                    )
                )
        return len(email_messages)

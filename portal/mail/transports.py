"""Where mail goes when no server is there."""

import os
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderTransport(BaseEmailBackend):
    """Writes each mail as an .eml file into MAIL_FOLDER; read at /dev/mail."""

    def send_messages(self, email_messages):
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{os.getpid()}.eml"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(mail.message().as_bytes(linesep="\r\n"))
            unfinished.rename(folder / name)
        return len(email_messages)

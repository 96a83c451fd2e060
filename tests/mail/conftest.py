import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from portal.mail import kinds, outbox
from portal.mail.models import Message

counter = itertools.count(1)


@pytest.fixture
def kind():
    """`kind(still_due=..., links=...)` registers a kind for this test and returns its code."""
    made = []

    def register(**options):
        code = f"test-{next(counter)}"
        kinds.register(kinds.Kind(code, **options))
        made.append(code)
        return code

    yield register
    for code in made:
        del kinds._kinds[code]


@pytest.fixture
def letters(settings, tmp_path):
    """`letters(subject, body)` writes a pair of mail templates and returns their name."""
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates", *settings.TEMPLATES[0]["DIRS"]]}
    ]

    def write(subject="Subject", body="Body"):
        name = f"test/emails/letter{next(counter)}"
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(f"{path.name}.subject.txt").write_text(subject)
        path.with_name(f"{path.name}.body.txt").write_text(body)
        return name

    return write


@pytest.fixture
def queue(kind):
    """`queue("a@demo.example", ...)` puts a rendered message into the outbox and returns its row."""
    plain = []

    def put(to="ada@demo.example", *, code=None, **fields):
        if not plain:
            plain.append(kind())
        key = fields.pop("key", f"test:{next(counter)}")
        with transaction.atomic():
            outbox.add(
                Message(
                    **{
                        "kind": code or plain[0],
                        "key": key,
                        "to": to,
                        "subject": "Your place",
                        "body": "Dear Ada\n",
                        "not_before": timezone.now() - timedelta(seconds=1),
                        **fields,
                    }
                )
            )
        return Message.objects.get(key=key)

    return put


@pytest.fixture
def by_smtp(settings, smtp):
    """The sender uses the real test server."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 2
    return smtp

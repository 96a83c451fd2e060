"""The only door for mail: every message is a row first, in the transaction of the change it reports."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.mail import kinds
from portal.mail.models import Message

MESSAGE_ID_DOMAIN = "portal.example"


class OutsideTransaction(RuntimeError):
    pass


def put(
    kind: str,
    *,
    key: str,
    to: str,
    language: str,
    template: str,
    context: dict,
    about: UUID | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Queue one message; a key that is there already leaves the first message as it is.

    `template` names a pair of text templates, `<template>.subject.txt` and `<template>.body.txt`, rendered in
    `language`. Raises OutsideTransaction where no transaction is open: a mail must not outlive a rollback.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"Mail {key} was queued outside a transaction.")
    registered = kinds.get(kind)
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        body = render_to_string(f"{template}.body.txt", context).strip() + "\n"
    add(
        Message(
            kind=kind,
            key=key,
            about=about,
            to=to,
            language=language,
            subject=subject[:400],
            body=body,
            is_secret=registered.secret,
            priority=registered.priority,
            not_before=not_before or timezone.now(),
            expires_at=expires_at,
        )
    )


def add(message: Message) -> None:
    message.message_id = f"<{uuid.uuid4()}@{MESSAGE_ID_DOMAIN}>"
    Message.objects.bulk_create([message], ignore_conflicts=True)

"""The only door for mail: every message is a row first, in the transaction of the change it reports."""

import re
import uuid
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from email.utils import parseaddr
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.template import Context, engines
from django.utils import translation

from portal.batches import Batch
from portal.mail import envelope, kinds
from portal.mail.models import Message

OTHER_TEMPLATE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


class OutsideTransaction(RuntimeError):
    pass


class Recipient(NamedTuple):
    key: str
    to: str
    language: str
    about: UUID | None = None


def _write(messages: list[Message]) -> None:
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=500)


_messages: Batch[Message] = Batch("messages_together", _write)


def together() -> AbstractContextManager[None]:
    """Write all that is queued within by one INSERT at the end, in the transaction that is open.

    Until then nothing of it is to be found, neither to take it back nor to send it to another address.
    """
    return _messages.together()


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
    `language` and without HTML escaping. Raises OutsideTransaction where no transaction is open: a mail must
    not outlive a rollback.
    """
    put_many(
        kind,
        recipients=[Recipient(key, to, language, about)],
        template=template,
        context=context,
        not_before=not_before,
        expires_at=expires_at,
    )


def put_many(
    kind: str,
    *,
    recipients: Iterable[Recipient],
    template: str,
    context: dict,
    places: Iterable[str] = (),
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Queue the same notice to many people, rendered once per language and written in one INSERT.

    What differs per person belongs into [[name]] places, filled in at send time: those of the template, and
    `places` that may stand in the context's texts. A sender that knows nothing for one of them waits.
    Pressing twice or repeating after a crash is harmless: keys that are there already stay as they are.
    Raises like `put`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"Mail of kind {kind} was queued outside a transaction.")
    registered = kinds.get(kind)
    recipients = list(recipients)
    names = {*places, *_places_of(f"{template}.body.txt")}
    texts = {language: render(template, context, language) for language in {r.language for r in recipients}}
    _insert(
        Message(
            kind=kind,
            key=recipient.key,
            about=recipient.about,
            to=recipient.to,
            language=recipient.language,
            subject=texts[recipient.language][0],
            body=texts[recipient.language][1],
            places=" ".join(sorted(names.intersection(envelope.PLACE.findall(texts[recipient.language][1])))),
            is_secret=registered.secret,
            priority=registered.priority,
            not_before=not_before or Now(),
            expires_at=expires_at,
        )
        for recipient in recipients
    )


def add(message: Message) -> None:
    """Queue a message that is rendered already."""
    _insert([message])


def again(message: Message) -> bool:
    """Put a message that could not be sent back into the queue; False if it is in no such state any more."""
    return bool(
        Message.objects.filter(pk=message.pk, state=Message.State.PARKED).update(
            state=Message.State.QUEUED, not_before=Now(), rejections=0, claimed_at=None
        )
    )


def withdraw(key_begins_with: str) -> bool:
    """Take messages back that have not begun to leave, by the beginning of their keys.

    False, and nothing is withdrawn that the caller should keep: one of them has left or is leaving, so the
    caller rolls back.
    """
    messages = Message.objects.filter(key__startswith=key_begins_with)
    messages.filter(state=Message.State.QUEUED).update(
        state=Message.State.SUPPRESSED, last_error="It was taken back before it was sent."
    )
    return not messages.filter(state__in=[Message.State.SENDING, Message.State.SENT]).exists()


def redirect(about: UUID, *, old: str, new: str, besides: Iterable[str]) -> int:
    """Send what still waits for an address to the one that took its place; returns how many mails.

    The caller has proved the new address. Kinds in `besides` were written to the old address itself, and
    secrets are for whom they were made for. What a sender has taken up goes back into the queue: it fills in
    links at that moment, and those of the new address are nothing for the old one.
    """
    unsent = [Message.State.QUEUED, Message.State.SENDING, Message.State.PARKED]
    messages = Message.objects.filter(about=about, to=old, is_secret=False, state__in=unsent)
    messages = messages.exclude(kind__in=list(besides))
    messages.filter(state=Message.State.SENDING).update(state=Message.State.QUEUED, claimed_at=None)
    return messages.update(to=new)


def revive(keys: Iterable[str]) -> int:
    """Queue again what was held back as no longer due and is due after all; returns how many.

    The sender asks `still_due` once more. A message whose address or text is gone stays as it is.
    """
    held_back = Message.objects.filter(key__in=list(keys), state=Message.State.SUPPRESSED)
    return (
        held_back.exclude(to="")
        .exclude(body="")
        .update(state=Message.State.QUEUED, not_before=Now(), claimed_at=None)
    )


def one_line(text: str) -> str:
    """Header text: no line ends, so nobody can write a header of their own."""
    return " ".join(text.split())


def _insert(messages: Iterable[Message]) -> None:
    messages = list(messages)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    for message in messages:
        if any(character in message.to + message.from_email for character in "\r\n\0"):
            raise ValueError("A mail address holds a line end.")
        message.message_id = f"<{uuid.uuid4()}@{domain}>"
    _messages.add(messages)


@cache
def _places_of(name: str) -> frozenset[str]:
    """The names of the [[name]] places that stand in a template, or in what it includes or extends."""
    source = engines["django"].engine.get_template(name).source
    others = (_places_of(other) for other in OTHER_TEMPLATE.findall(source))
    return frozenset(envelope.PLACE.findall(source)).union(*others)


def render(template: str, context: dict, language: str) -> tuple[str, str]:
    """Subject and body in that language, with their [[name]] places.

    Plain text: an ampersand in a company's name stays one.
    """
    engine = engines["django"].engine
    with translation.override(language):
        subject = engine.get_template(f"{template}.subject.txt").render(Context(context, autoescape=False))
        body = engine.get_template(f"{template}.body.txt").render(Context(context, autoescape=False))
    return one_line(subject)[:400], body.strip() + "\n"

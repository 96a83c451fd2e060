"""From a row to the mail that leaves: links filled in, attachments made, headers that stay the same."""

import re
from email.encoders import encode_base64
from email.message import Message as MimeMessage
from email.mime.base import MIMEBase

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from portal.languages import lang_tag
from portal.mail.kinds import Attachment, Kind, Unknown
from portal.mail.models import Message

PLACE = re.compile(r"\[\[(\w+)\]\]")


def build(message: Message, kind: Kind) -> EmailMultiAlternatives:
    """The mail for one row; to be sent through any Django backend.

    Raises kinds.Unknown where a place of the mail would stay empty: nobody reads its brackets.
    """
    with translation.override(message.language):
        links = kind.links(message)
        unknown = sorted(set(message.places.split()) - set(links))
        if unknown:
            raise Unknown(f"Nothing to fill in is known here for: {', '.join(unknown)}.")
        attachments = kind.attachments(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=filled(message.body, links),
        from_email=message.from_email or settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": lang_tag(message.language),
            **message.headers,
            "Message-ID": message.message_id,
        },
    )
    if message.html:
        mail.attach_alternative(filled(message.html, links), "text/html")
    for attachment in attachments:
        _add(mail, attachment)
    return mail


def filled(text: str, links: dict[str, str]) -> str:
    """The text with its [[name]] places filled in."""
    # Brackets that are no place of ours were typed by somebody and stay as typed.
    return PLACE.sub(lambda place: links.get(place[1], place[0]), text)


def _add(mail: EmailMultiAlternatives, attachment: Attachment) -> None:
    header = MimeMessage()
    header["Content-Type"] = attachment.mimetype
    method = header.get_param("method")
    if header.get_content_type() == "text/calendar" and method:
        # Outlook takes an entry over only from beside the text, others look among the attachments only. The
        # type of the second copy is no calendar's, so that nobody takes the entry over twice.
        mail.attach_alternative(attachment.content.decode(), f"text/calendar; method={method}")
        header.replace_header("Content-Type", "application/ics")
    mail.attach(_part(attachment, header))


def _part(attachment: Attachment, header: MimeMessage) -> MIMEBase:
    """A part of exactly the type that the header says, with its parameters."""
    part = MIMEBase(header.get_content_maintype(), header.get_content_subtype())
    for name, value in header.get_params()[1:]:
        part.set_param(name, value)
    part.set_payload(attachment.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part

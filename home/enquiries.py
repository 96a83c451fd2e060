"""What visitors write to the Secretariat: each is one mail, and the portal keeps nothing else of it.

Its text and whom to answer go 30 days later, with the texts of all mails.
"""

import hashlib
from dataclasses import astuple, dataclass

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.accounts import personal_data
from portal.mail import kinds, outbox
from portal.mail.models import Message

KIND = "enquiry.written"


class About(models.TextChoices):
    RECOGNITION = "recognition", _("The recognition scheme, or an application")
    FUNDING = "funding", _("Projects and funding")
    SEMINARS = "seminars", _("Seminars")
    WEBSITE = "website", _("This website, or something on it that does not work for you")
    OTHER = "other", pgettext_lazy("what an enquiry is about", "Something else")


@dataclass(frozen=True)
class Enquiry:
    about: About
    name: str
    company: str
    email: str
    message: str
    language: str


def register() -> None:
    kinds.register(kinds.Kind(KIND, label=_("Enquiry through the website"), priority=30))
    personal_data.register(
        personal_data.Part("enquiries", _("What you wrote to the Secretariat through the website"), _of)
    )


@transaction.atomic
def send(enquiry: Enquiry, *, opened: str) -> None:
    """Queue the mail to the Secretariat; the same words from the same opened form make one mail only."""
    context = {"enquiry": enquiry, "about": About(enquiry.about).label}
    subject, body = outbox.render("home/emails/enquiry", context, enquiry.language)
    digest = hashlib.sha256("\0".join([opened, *map(str, astuple(enquiry))]).encode()).hexdigest()
    outbox.add(
        Message(
            kind=KIND,
            key=f"{KIND}:{digest}",
            to=settings.SECRETARIAT_EMAIL,
            language=enquiry.language,
            subject=subject,
            body=body,
            reply_to=enquiry.email,
            priority=kinds.get(KIND).priority,
            not_before=Now(),
        )
    )


def _of(user):
    """Found by the person's proved addresses only: anybody may have typed any address."""
    written = Message.objects.filter(kind=KIND).annotate(writer=Lower("reply_to"))
    mine = written.filter(writer__in=personal_data.addresses_of(user)).order_by("pk")
    for message in mine:
        yield {"text": message.body, "written": message.created_at, "sent": message.sent_at}

"""Rows of mails: their texts go after 30 days (portal.mail.sender), the rows with their addresses later."""

from datetime import timedelta

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal import retention
from portal.mail.models import Message

ROWS_KEPT_FOR = timedelta(days=2 * 365)


def register() -> None:
    retention.register(
        retention.Rule(
            "mail.messages",
            _("two years after they were written"),
            lambda now: Message.objects.filter(created_at__lt=now - ROWS_KEPT_FOR).exclude(
                state__in=[Message.State.QUEUED, Message.State.SENDING]
            ),
            "created_at",
            lambda message: message.delete()[0],
        )
    )


def forget_addresses(addresses: set[str]) -> None:
    """Mails to a person who is erased: what waits is not sent; of what was sent only kind and time stay."""
    mails = Message.objects.filter(to__in=addresses)
    mails.filter(state__in=[Message.State.QUEUED, Message.State.PARKED]).update(
        state=Message.State.SUPPRESSED
    )
    mails.exclude(state=Message.State.SENDING).update(to="", subject="", body="", html="", headers={})
    # What they wrote through a form is sent on first: they wait for an answer.
    written = Message.objects.annotate(writer=Lower("reply_to")).filter(
        writer__in=[each.lower() for each in addresses]
    )
    written.exclude(state__in=[Message.State.QUEUED, Message.State.SENDING]).update(
        reply_to="", subject="", body="", html=""
    )

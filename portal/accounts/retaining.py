"""What of accounts goes by itself: ended sessions, what was typed then, and links nobody can use any more."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from portal import retention
from portal.accounts import unsent
from portal.accounts.models import DataCopy, Invitation, UnsentForm
from portal.files import making
from portal.mail.models import Message

INVITATIONS_KEPT_FOR = timedelta(days=180)


def register() -> None:
    retention.register(
        retention.Rule(
            "accounts.sessions",
            _("until they end"),
            lambda now: Session.objects.filter(expire_date__lt=now),
            "expire_date",
            lambda session: session.delete()[0],
        )
    )
    retention.register(
        retention.Rule(
            "accounts.data_copies",
            _("a week"),
            lambda now: DataCopy.objects.filter(expires_at__lt=now),
            "expires_at",
            making.forget,
        )
    )
    retention.register(
        retention.Rule(
            "accounts.unsent_forms",
            _("for a day"),
            lambda now: UnsentForm.objects.filter(kept_at__lt=now - unsent.KEPT_FOR),
            "kept_at",
            lambda kept: kept.delete()[0],
        )
    )
    retention.register(
        retention.Rule(
            "accounts.invitations",
            _("180 days after they ran out"),
            lambda now: Invitation.objects.filter(expires_at__lt=now - INVITATIONS_KEPT_FOR),
            "expires_at",
            lambda invitation: invitation.delete()[0],
        )
    )
    retention.register(
        retention.Rule(
            "accounts.last_mails",
            _("until they are sent"),
            lambda now: Message.objects.filter(kind="account.erased", sent_at__lt=now).exclude(to=""),
            "sent_at",
            lambda message: Message.objects.filter(pk=message.pk).update(to="", subject=""),
        )
    )

"""Names of removed files: the tombstone keeps size, type and fingerprint, and soon nothing that was typed."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal import retention
from portal.files.models import StoredFile

NAMES_KEPT_FOR = timedelta(days=90)


def register() -> None:
    retention.register(
        retention.Rule(
            "files.names_of_removed",
            _("90 days after the file was removed"),
            lambda now: StoredFile.objects.filter(
                state=StoredFile.State.REMOVED, removed_at__lt=now - NAMES_KEPT_FOR
            ).exclude(original_name="", description=""),
            "removed_at",
            _forget_name,
        )
    )


def _forget_name(stored):
    return StoredFile.objects.filter(pk=stored.pk).update(original_name="", description="")

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One upload. Its bytes lie in the private store under a random key; its name is only data.

    Rows are made and removed only by portal.files.intake and judged only by portal.files.scanning.
    Moves: pending -> clean, infected, rejected, error; error -> pending; clean -> infected; any -> removed.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Being checked")
        CLEAN = "clean", _("Checked")
        INFECTED = "infected", _("Virus found")
        REJECTED = "rejected", _("Refused")
        ERROR = "error", _("Check did not finish")
        REMOVED = "removed", _("Removed")

    class CheckedBy(models.TextChoices):
        NOBODY = "", _("Not checked")
        STRUCTURE = "structure", _("Structure only, not virus-scanned")
        CLAMD = "clamd", _("Virus scanner")
        MADE = "made", _("Made by the portal")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The object it belongs to, by kind and uuid: the floor knows no app.
    owner_kind = models.CharField(max_length=40)
    owner_uuid = models.UUIDField()
    slot = models.CharField(max_length=64)
    original_name = models.CharField(max_length=255)
    description = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=120, unique=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    detected_type = models.CharField(max_length=16)  # a key of portal.files.policy.TYPES
    # What staff should know: macros refused elsewhere, here links or scripts inside a PDF.
    flags = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(max_length=40, blank=True)  # a code of portal.files.refusals
    checked_by = models.CharField(max_length=10, choices=CheckedBy, default=CheckedBy.NOBODY, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    # Replaced or taken out after somebody relied on it: it fills no slot any more, but its bytes stay.
    set_aside_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    bytes_deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_uuid", "slot"], name="file_by_owner")]

    def __str__(self):
        return f"file {self.uuid} ({self.state})"


class Preview(models.Model):
    """One page of a file as PNG, made by the worker so that staff can look without opening the original."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="previews")
    page = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=120, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["page"]
        constraints = [models.UniqueConstraint(fields=["file", "page"], name="preview_once_per_page")]

    def __str__(self):
        return f"{self.file} page {self.page}"

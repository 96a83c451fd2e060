import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from applications.models.application import Application
from portal.files.models import StoredFile


class CaseCopy(models.Model):
    """One PDF of a whole case, ordered by one person of the office and seen by that person alone.

    Written only by applications.desk.case_copies.
    """

    class State(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("state of a copy", "Being made")
        READY = "ready", pgettext_lazy("state of a copy", "Ready")
        FAILED = "failed", pgettext_lazy("state of a copy", "Could not be made")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="case_copies")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    with_notes = models.BooleanField(default=False)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ordered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ORDERED)
    # [{"name", "sha256", "reason"}] of documents that are named in the PDF and not shown; codes of reasons.
    left_out = models.JSONField(default=list)
    pages = models.PositiveIntegerField(default=0)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-ordered_at"]

    def __str__(self):
        return f"{self.application} copy {self.uuid} ({self.state})"

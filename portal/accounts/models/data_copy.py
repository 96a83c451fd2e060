import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from portal.files.models import StoredFile


class DataCopy(models.Model):
    """A copy of all that the portal holds about one person, for that person alone.

    Written only by portal.accounts.data_copies.
    """

    class State(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("state of a copy", "Being made")
        READY = "ready", pgettext_lazy("state of a copy", "Ready")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_copies")
    state = models.CharField(max_length=10, choices=State, default=State.ORDERED)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-ordered_at", "-id"]

    def __str__(self):
        return f"copy {self.uuid} ({self.state})"

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class UnsentForm(models.Model):
    """What a person sent after the sign-in had ended, until the person is back.

    Written only by portal.accounts.unsent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsent_forms")
    path = models.TextField()  # where it was sent to
    page = models.TextField()  # where it was written
    # Name and texts of each field as they were sent.
    fields = models.JSONField()
    had_files = models.BooleanField(default=False)
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"unsent form {self.uuid}"

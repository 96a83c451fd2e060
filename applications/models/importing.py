import uuid

from django.conf import settings
from django.db import models

from applications.models.application import Application


class ProjectImport(models.Model):
    """A table of project records between its preview and the press that adds them.

    The person who uploaded it alone sees it. The upload itself is not kept: `content` holds
    {"rows": [{"number", "entered"}], "unknown": [heading], "missing": [field], "encoding"}.
    Written only by applications.drafts.project_imports.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="project_imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    content = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # When its records were added, or when it was cancelled.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="project_import_expiry")]

    def __str__(self):
        return f"import {self.uuid} into {self.application}"

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.models.application import Application


class CheckItem(models.Model):
    """One line of a case's verification checklist. Written only by applications.desk.checklist."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a check", "Not checked yet")
        PASSED = "passed", pgettext_lazy("state of a check", "In order")
        QUESTION = "question", pgettext_lazy("state of a check", "Needs clarification")
        FAILED = "failed", pgettext_lazy("state of a check", "Not in order")
        NOT_NEEDED = "not_needed", pgettext_lazy("state of a check", "Does not apply")

    class Subject(models.TextChoices):
        IDENTITY = "identity", _("Company identity")
        SECTION = "section", _("Section")
        DOCUMENT = "document", _("Document")
        PROJECTS = "projects", _("Project records")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="check_items")
    subject = models.CharField(max_length=10, choices=Subject)
    # The uid of a section or document requirement in the form version; empty for the others.
    target_uid = models.CharField(max_length=36, blank=True)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "subject", "target_uid"], name="check_item_once_per_subject"
            )
        ]

    def __str__(self):
        return f"{self.application} {self.subject} {self.target_uid}"


class InternalNote(models.Model):
    """A note among office roles. Applicants and assessors never see it. Written by desk.notes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return f"note {self.uuid}"

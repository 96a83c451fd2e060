import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.models.application import Application


class CheckItem(models.Model):
    """One line of a case's verification checklist. Written only by applications.checklist."""

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


class ClarificationRequest(models.Model):
    """What the Secretariat asks of the applicant after submission. At most one is open per application."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a clarification", "Open")
        ANSWERED = "answered", pgettext_lazy("state of a clarification", "Answered")
        TIMED_OUT = "timed_out", pgettext_lazy("state of a clarification", "Timed out")
        CANCELLED = "cancelled", pgettext_lazy("state of a clarification", "Cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="clarifications")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    message = models.TextField()
    due_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="open"), name="clarification_one_open"
            )
        ]

    def __str__(self):
        return f"{self.application} clarification {self.uuid} ({self.state})"


class ClarificationTarget(models.Model):
    """What a clarification opens again: a section, a document slot or a project record."""

    class Kind(models.TextChoices):
        SECTION = "section", _("Section")
        DOCUMENT = "document", _("Document")
        PROJECT = "project", _("Project record")

    request = models.ForeignKey(ClarificationRequest, on_delete=models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=10, choices=Kind)
    uid = models.CharField(max_length=36)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "uid"], name="clarification_target_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.uid}"


class InternalNote(models.Model):
    """A note among office roles. Applicants and assessors never see it. Written by applications.notes."""

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

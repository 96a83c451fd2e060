import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.models.application import Application, Status, Submission


class ClarificationRequest(models.Model):
    """What the Secretariat asks of the applicant after submission. At most one is open per application.

    Written only by applications.clarifications.clarifying.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a clarification", "Open")
        ANSWERED = "answered", pgettext_lazy("state of a clarification", "Answered")
        TIMED_OUT = "timed_out", pgettext_lazy("state of a clarification", "Timed out")
        CANCELLED = "cancelled", pgettext_lazy("state of a clarification", "Cancelled")

    # Minted with the officer's page, so that a second press finds this row instead of asking twice.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="clarifications")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # Where the case goes back to: one that nobody has taken up is not made to look checked.
    asked_from = models.CharField(max_length=25, choices=Status, default=Status.IN_VERIFICATION)
    message = models.TextField(blank=True)
    due_at = models.DateTimeField()
    # Nobody: the portal itself asked, about a file that turned out bad.
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_reason = models.TextField(blank=True)
    answer = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="clarification"
    )

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="open"), name="clarification_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="clarification_open_by_due")
        ]

    def __str__(self):
        return f"{self.application} clarification {self.uuid} ({self.state})"

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class ClarificationTarget(models.Model):
    """One place that a clarification opens again, what is asked about it, and what the company replies."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company identity")
        SECTION = "section", _("Section")
        QUESTION = "question", _("Question")
        DOCUMENT = "document", _("Document")
        PROJECT = "project", _("Project record")
        PROJECTS = "projects", _("List of project records")

    request = models.ForeignKey(ClarificationRequest, on_delete=models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=10, choices=Kind)
    # Of a section or document the uid in the form version, of a question its key, of a project its uuid.
    uid = models.CharField(max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # What the officer asks; of an automatic target the names of the bad files, a line each.
    comment = models.TextField(blank=True)
    is_automatic = models.BooleanField(default=False)
    reply = models.TextField(blank=True)
    reply_version = models.PositiveIntegerField(default=0)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    # Known when the answer is handed in.
    was_answered = models.BooleanField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "uid"], name="clarification_target_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.uid}"


class ClarificationExtension(models.Model):
    """A later time to answer by, with its reason, which the company reads."""

    request = models.ForeignKey(ClarificationRequest, on_delete=models.CASCADE, related_name="extensions")
    previous_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.TextField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["granted_at", "id"]

    def __str__(self):
        return f"answer by {self.due_at:%Y-%m-%d %H:%M}"

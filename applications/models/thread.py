import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.models.application import Application


class Thread(models.Model):
    """A question of a company about one place of its application, and what was said about it.

    Written only by support.threads. The office reads the messages and the title of the place, never what
    a draft holds there.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a thread", "Open")
        CLOSED = "closed", pgettext_lazy("state of a thread", "Closed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="threads")
    # A place as applications.drafts.completeness names it, or empty: about the application at large.
    place = models.CharField(max_length=64, blank=True)
    question_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # The newest message is the company's and nobody of the office has answered or closed.
    waits_for_office = models.BooleanField(default=True)
    # Of the page the question was asked on: what reply templates are filled in with.
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [models.Index(fields=["-waits_for_office", "last_at"], name="thread_by_waiting")]

    def __str__(self):
        return f"thread {self.uuid}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class ThreadMessage(models.Model):
    """One message; never changed once sent."""

    # Minted with the page, so that a double click sends once.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    is_from_office = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self):
        return f"message {self.key}"


class ThreadReading(models.Model):
    """Up to when a person of the company has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="thread_read_once_per_person")]

    def __str__(self):
        return f"{self.thread} read by {self.user_id}"


class ReplyTemplate(models.Model):
    """A text that officers use again, in three languages."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    text_en = models.TextField(_("text in English"), blank=True)
    text_zh_hant = models.TextField(_("text in Traditional Chinese"), blank=True)
    text_zh_hans = models.TextField(_("text in Simplified Chinese"), blank=True)
    is_retired = models.BooleanField(_("no longer offered"), default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["is_retired", "name"]

    def __str__(self):
        return self.name

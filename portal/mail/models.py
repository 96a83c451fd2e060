import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One mail to one person, written in the transaction of the change it reports.

    Rows are made only by portal.mail.outbox and moved on only by portal.mail.sender.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        SUPPRESSED = "suppressed", _("Not sent, no longer due")
        PARKED = "parked", _("Could not be sent")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    # The business key makes a second press, a retry or a restart harmless.
    key = models.CharField(max_length=200, unique=True)
    about = models.UUIDField(null=True, blank=True)
    to = models.CharField(max_length=320)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    subject = models.CharField(max_length=400)
    # Links that carry a token stand as [[name]] and are filled in when the message is sent.
    body = models.TextField()
    html = models.TextField(blank=True)
    # The names of those places, with spaces between. Brackets that somebody typed are none. Rows of web
    # processes from before this column have none either.
    places = models.CharField(max_length=300, blank=True, default="", db_default="")
    headers = models.JSONField(default=dict, blank=True)
    from_email = models.CharField(max_length=320, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    is_secret = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=50)  # lower goes first
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often the receiving side said no for now; trouble with our own server does not count.
    rejections = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    # Made once, the same on every attempt, so that a double can be recognised.
    message_id = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["priority", "not_before", "id"], condition=Q(state="queued"), name="message_due"
            ),
            models.Index(fields=["about", "kind"], name="message_about"),
        ]

    def __str__(self):
        return f"{self.kind} {self.key} ({self.state})"

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.models.application import Application


class SiteVisit(models.Model):
    """A visit to the company or to a factory for one case. Written only by applications.desk.visits.

    Photos are portal.files rows with owner_kind `site_visit`, owner_uuid this row's and slot `photos`. Only
    the office sees a visit; the portal tells the company nothing of it.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of a visit", "Planned")
        DONE = "done", pgettext_lazy("state of a visit", "Done")
        CANCELLED = "cancelled", pgettext_lazy("state of a visit", "Cancelled")

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("result of a visit", "What was handed in is confirmed")
        PARTLY = "partly", pgettext_lazy("result of a visit", "Confirmed in part")
        NOT_CONFIRMED = "not", pgettext_lazy("result of a visit", "Not confirmed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="visits")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    visited_at = models.DateTimeField(_("date and time"))
    place = models.CharField(_("place"), max_length=300)
    people = models.TextField(_("people"), blank=True)
    findings = models.TextField(_("findings"), blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    cancel_reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-visited_at", "-id"]

    def __str__(self):
        return f"visit {self.uuid} ({self.state})"

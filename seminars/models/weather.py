"""What is known of Hong Kong's weather warnings, and which ways to attend they touch."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from seminars.models.change import SeminarChange
from seminars.models.option import AttendanceOption, WeatherTrigger


class WarningFeed(models.Model):
    """The one row about the Observatory's data: the last good answer, and what is wrong since."""

    class Problem(models.TextChoices):
        UNREACHABLE = "unreachable", _("the Observatory’s server does not answer")
        REFUSED = "refused", _("the Observatory’s server refuses the question")
        NOT_DATA = "not_data", _("what came back is no warning data")
        STALE = "stale", _("what came back is old")
        UNKNOWN_CODE = "unknown_code", _("there is a warning code in it that the portal does not know")

    asked_at = models.DateTimeField(null=True, blank=True)
    # When the last good answer came. Null: there never was one.
    answered_at = models.DateTimeField(null=True, blank=True)
    # Since when there has been no good answer; null while there is one.
    failing_since = models.DateTimeField(null=True, blank=True)
    # What was wrong with the newest answer; empty where it was good.
    problem = models.CharField(max_length=16, choices=Problem, blank=True)

    def __str__(self):
        return f"answered {self.answered_at}, problem {self.problem or 'none'}"


class WarningSignal(models.Model):
    """A warning that counts, from hoisting to lowering. `lowered_at` null: in force, as far as is known."""

    code = models.CharField(max_length=16, choices=WeatherTrigger)
    hoisted_at = models.DateTimeField()
    lowered_at = models.DateTimeField(null=True, blank=True)
    # By our own clock, because the Observatory's instants may arrive late.
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["hoisted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(lowered_at__isnull=True), name="warning_signal_one_in_force"
            )
        ]

    def __str__(self):
        return f"{self.code} from {self.hoisted_at} to {self.lowered_at}"


class WeatherWatch(models.Model):
    """A warning touches a way to attend, and a person is to decide. Open until decided, or lifted, or past.

    While it is open, the reminders and links of that way to attend wait. Written only by seminars.weather
    and, where a change decides it, by seminars.changes.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("weather watch", "to be decided")
        LIFTED = "lifted", pgettext_lazy("weather watch", "the warning was taken down in time")
        DECIDED = "decided", pgettext_lazy("weather watch", "decided")
        PASSED = "passed", pgettext_lazy("weather watch", "the session ended without a decision")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    option = models.ForeignKey(AttendanceOption, on_delete=models.CASCADE, related_name="watches")
    codes = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    # What decided it; a change that is taken back opens it again.
    change = models.ForeignKey(
        SeminarChange, on_delete=models.SET_NULL, null=True, blank=True, related_name="decided"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["option"], condition=Q(outcome="open"), name="weather_watch_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "lifted", "decided", "passed"]),
                name="weather_watch_outcome_known",
            ),
        ]

    def __str__(self):
        return f"{self.outcome} {self.uuid}"

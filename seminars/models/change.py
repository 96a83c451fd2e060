import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from seminars.models.option import AttendanceOption
from seminars.models.seminar import Seminar


class SeminarChangeQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_at__isnull=True)


class SeminarChange(models.Model):
    """One thing that an organiser did to a seminar and that people were written to about.

    Written only by seminars.changes. Its mails wait until `undo_until`; until then it can be taken back.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed", pgettext_lazy("change of a seminar", "Time or place changed")
        POSTPONED = "postponed", pgettext_lazy("change of a seminar", "Postponed")
        RESCHEDULED = "rescheduled", pgettext_lazy("change of a seminar", "New date set")
        MOVED_ONLINE = "moved_online", pgettext_lazy("change of a seminar", "Moved online")
        OPTION_CANCELLED = (
            "option_cancelled",
            pgettext_lazy("change of a seminar", "One way to attend cancelled"),
        )
        CANCELLED = "cancelled", pgettext_lazy("change of a seminar", "Cancelled")
        GOES_AHEAD = "goes_ahead", pgettext_lazy("change of a seminar", "Takes place in spite of the warning")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="changes")
    # Null: the seminar as a whole.
    option = models.ForeignKey(
        AttendanceOption, on_delete=models.CASCADE, null=True, blank=True, related_name="changes"
    )
    kind = models.CharField(_("change"), max_length=16, choices=Kind)
    # What the change overwrote, so that it can be taken back.
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    people = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = SeminarChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("changed", "postponed", "rescheduled", "moved_online"),
                        *("option_cancelled", "cancelled", "goes_ahead"),
                    ]
                ),
                name="seminar_change_kind_known",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.uuid}"

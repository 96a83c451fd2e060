from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """What happened, for good: no foreign keys, no texts and no personal names, so it may outlive the data.

    The database refuses update, delete and truncate (migration 0002). Written only by portal.audit.trail.
    """

    at = models.DateTimeField(db_default=Now())
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_uuid = models.UUIDField()
    actor_uuid = models.UUIDField(null=True)  # null: the portal itself
    actor_role = models.CharField(max_length=20, blank=True)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    changed = models.JSONField(default=list)  # names of fields, never their content
    hashes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_uuid", "id"], name="event_by_object")]

    def __str__(self):
        return f"{self.verb} {self.object_kind} {self.object_uuid}"

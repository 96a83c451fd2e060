import uuid

from django.conf import settings
from django.db import models

from portal.dates import local
from seminars.models.option import AttendanceOption
from seminars.models.sign_up import new_link_salt


class DoorLink(models.Model):
    """Lets helpers at the door of one way to attend tick off who came. Written only by seminars.attendance.

    It opens on the day of the seminar in Hong Kong, until it is revoked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    option = models.ForeignKey(AttendanceOption, on_delete=models.CASCADE, related_name="door_links")
    salt = models.CharField(max_length=32, default=new_link_salt)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"door {self.uuid}"

    def is_open_at(self, instant):
        seminar = self.option.seminar
        first, last = local(seminar.starts_at).date(), local(seminar.ends_at).date()
        takes_place = seminar.state in {seminar.State.SCHEDULED, seminar.State.HELD}
        is_on = not self.option.is_cancelled
        return self.revoked_at is None and takes_place and is_on and first <= local(instant).date() <= last

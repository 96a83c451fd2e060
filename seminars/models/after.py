"""Papers of a seminar: the sheet to sign at the door, and afterwards materials and certificates."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.files.models import StoredFile
from seminars.models.option import AttendanceOption
from seminars.models.seminar import Seminar
from seminars.models.sign_up import SignUp


class SeminarMaterial(models.Model):
    """Slides, a recording, a paper: a link, or a file that names this row as its owner.

    Written only by seminars.materials.
    """

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody, on the page of the seminar")
        ATTENDEES = "attendees", _("Only those who attended, on their own pages")

    OWNER_KIND, SLOT = "seminar_material", "file"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="materials")
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh_hant = models.CharField(_("title in Traditional Chinese"), max_length=200, blank=True)
    title_zh_hans = models.CharField(_("title in Simplified Chinese"), max_length=200, blank=True)
    audience = models.CharField(_("who may have it"), max_length=9, choices=Audience)
    # Empty: a file.
    link = models.URLField(max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=["public", "attendees"]), name="material_audience_known"
            )
        ]

    def __str__(self):
        return self.title_en

    def files(self):
        """Its file, unless it was removed or this is a link: one or none."""
        stored = StoredFile.objects.filter(owner_kind=self.OWNER_KIND, owner_uuid=self.uuid)
        return stored.exclude(state=StoredFile.State.REMOVED)


class AttendanceSheet(models.Model):
    """The list of one venue to be signed on paper, as a PDF that one organiser ordered and alone fetches.

    Written only by seminars.papers.sheets.
    """

    class State(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("state of a sheet", "Being made")
        READY = "ready", pgettext_lazy("state of a sheet", "Ready")
        FAILED = "failed", pgettext_lazy("state of a sheet", "Could not be made")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    option = models.ForeignKey(AttendanceOption, on_delete=models.CASCADE, related_name="sheets")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ordered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.ORDERED)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-ordered_at", "-pk"]

    def __str__(self):
        return f"sheet {self.uuid} ({self.state})"


class AttendanceCertificate(models.Model):
    """Says that a person attended. It holds no name: that is read from the sign-up, and goes with it.

    Written only by seminars.certificates; its PDF by seminars.papers.certificate.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sign_up = models.OneToOneField(SignUp, on_delete=models.PROTECT, related_name="certificate")
    # What is typed to verify it: seminars.verifying.new_code.
    code = models.CharField(max_length=12, unique=True)
    issued_at = models.DateTimeField()
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"certificate {self.uuid}"

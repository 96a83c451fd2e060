import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from portal.texts import SUFFIX_OF
from seminars.models.seminar import Seminar


class Letter(models.Model):
    """What an organiser wrote to some of those who signed up. Written only by seminars.letters.

    Its mails wait until `undo_until`; until then it can be taken back.
    """

    # Minted with the empty form, so that a second press is the same letter.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="letters")
    subject_en = models.CharField(max_length=150, blank=True)
    subject_zh_hant = models.CharField(max_length=150, blank=True)
    subject_zh_hans = models.CharField(max_length=150, blank=True)
    body_en = models.TextField(max_length=5000, blank=True)
    body_zh_hant = models.TextField(max_length=5000, blank=True)
    body_zh_hans = models.TextField(max_length=5000, blank=True)
    # Whom it was written to: the filters of the list of sign-ups, as they stood in its address.
    filters = models.JSONField(default=dict, blank=True)
    people = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"letter {self.uuid}"

    @property
    def subject(self):
        """In the active language: whoever reads it has one in that language, or it was not sent."""
        return getattr(self, f"subject_{SUFFIX_OF[get_language()]}")

    @property
    def body(self):
        return getattr(self, f"body_{SUFFIX_OF[get_language()]}")

    @property
    def subjects(self):
        """As written, in each language there is."""
        return [text for text in (self.subject_en, self.subject_zh_hant, self.subject_zh_hans) if text]

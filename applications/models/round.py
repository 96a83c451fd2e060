import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class Round(ClusterableModel):
    """One call for applications. Its parameters change every year, so all of them are data.

    An officer writes English first; the other languages may stay empty until the round opens, which
    applications.round_setup.checking sees to.
    """

    class State(models.TextChoices):
        PREPARING = "preparing", pgettext_lazy("state of a round", "Being prepared")
        OPEN = "open", pgettext_lazy("state of a round", "Open")
        CLOSED = "closed", pgettext_lazy("state of a round", "Closed")
        IN_ASSESSMENT = "in_assessment", pgettext_lazy("state of a round", "In assessment")
        DECIDED = "decided", pgettext_lazy("state of a round", "Decided")
        ARCHIVED = "archived", pgettext_lazy("state of a round", "Archived")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    batch = models.PositiveSmallIntegerField(_("batch number"), null=True, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=200, blank=True)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=200, blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    introduction_zh_hant = models.TextField(_("introduction in Traditional Chinese"), blank=True)
    introduction_zh_hans = models.TextField(_("introduction in Simplified Chinese"), blank=True)
    declaration_en = models.TextField(_("declaration in English"))
    declaration_zh_hant = models.TextField(_("declaration in Traditional Chinese"), blank=True)
    declaration_zh_hans = models.TextField(_("declaration in Simplified Chinese"), blank=True)
    state = models.CharField(_("state"), max_length=15, choices=State, default=State.PREPARING)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    # What was begun before closing may still arrive within these minutes, and is marked so.
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes of grace"), default=15, validators=[MaxValueValidator(120)]
    )
    assessment_closes_at = models.DateTimeField(_("assessment closes"), null=True, blank=True)
    expected_minutes = models.PositiveSmallIntegerField(
        _("minutes the form usually takes"), default=120, validators=[MinValueValidator(5)]
    )
    minimum_projects = models.PositiveSmallIntegerField(_("least number of project records"), default=1)
    label_valid_from = models.DateField(_("label valid from"), null=True, blank=True)
    label_valid_until = models.DateField(_("label valid until"), null=True, blank=True)
    # Bodies are renamed over the years: the names stand as they were in the year of the round.
    signing_bodies_en = models.TextField(_("signing bodies in English, a line each"), blank=True)
    signing_bodies_zh_hant = models.TextField(
        _("signing bodies in Traditional Chinese, a line each"), blank=True
    )
    signing_bodies_zh_hans = models.TextField(
        _("signing bodies in Simplified Chinese, a line each"), blank=True
    )
    notice_from = models.DateField(_("public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("public notice until"), null=True, blank=True)
    reference_prefix = models.CharField(_("start of reference numbers"), max_length=20, unique=True)
    # An officer said that it may open: its form is published, and from here on nothing in it is deleted.
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)
    # Counted up by every save of the round's screen, so that a stale form is noticed.
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-year", "-batch"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_opening"
            )
        ]

    def __str__(self):
        return self.name_en

    @property
    def is_released(self):
        """An officer opened it, at once or for a time ahead: its form is published."""
        return self.released_at is not None or self.state != self.State.PREPARING


class ReferenceSequence(models.Model):
    """The last reference number given out in a round. Locked and counted up only by applications.workflow."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="sequence")
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.round.reference_prefix} {self.last}"


class Section(ClusterableModel, Orderable):
    class Group(models.TextChoices):
        COMPANY = "company", _("Your company")
        WORK = "work", _("Your work")
        DECLARATION = "declaration", _("Documents and declaration")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="sections")
    group = models.CharField(_("group"), max_length=12, choices=Group, default=Group.WORK)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_zh_hant = models.CharField(_("title in Traditional Chinese"), max_length=120, blank=True)
    title_zh_hans = models.CharField(_("title in Simplified Chinese"), max_length=120, blank=True)
    guidance_en = models.TextField(_("guidance in English"), blank=True)
    guidance_zh_hant = models.TextField(_("guidance in Traditional Chinese"), blank=True)
    guidance_zh_hans = models.TextField(_("guidance in Simplified Chinese"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        return self.title_en


class Question(Orderable):
    """One question. After opening it is never deleted, only retired: answers to it stay readable."""

    class Kind(models.TextChoices):
        SHORT_TEXT = "short_text", _("Short text")
        LONG_TEXT = "long_text", _("Long text with a limit")
        NUMBER = "number", _("Number with unit")
        MONEY = "money", _("Money with currency")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        ONE_OF = "one_of", _("One of several")
        SEVERAL_OF = "several_of", _("Several of")
        DECLARATION = "declaration", _("Declaration")
        TABLE = "table", _("Table of rows")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = ParentalKey(Section, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(
        _("key"), max_length=50, help_text=_("Short name in English, unique in the round; stands in exports.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    required = models.BooleanField(_("required"), default=True)
    label_en = models.CharField(_("question in English"), max_length=300)
    label_zh_hant = models.CharField(_("question in Traditional Chinese"), max_length=300, blank=True)
    label_zh_hans = models.CharField(_("question in Simplified Chinese"), max_length=300, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    hint_zh_hant = models.CharField(_("hint in Traditional Chinese"), max_length=300, blank=True)
    hint_zh_hans = models.CharField(_("hint in Simplified Chinese"), max_length=300, blank=True)
    # Guidance in four parts: what is asked, why, what a good answer shows, and an invented example.
    guidance_en = models.TextField(_("what is asked, in English"), blank=True)
    guidance_zh_hant = models.TextField(_("what is asked, in Traditional Chinese"), blank=True)
    guidance_zh_hans = models.TextField(_("what is asked, in Simplified Chinese"), blank=True)
    why_en = models.TextField(_("why it is asked, in English"), blank=True)
    why_zh_hant = models.TextField(_("why it is asked, in Traditional Chinese"), blank=True)
    why_zh_hans = models.TextField(_("why it is asked, in Simplified Chinese"), blank=True)
    good_en = models.TextField(_("what a good answer shows, in English"), blank=True)
    good_zh_hant = models.TextField(_("what a good answer shows, in Traditional Chinese"), blank=True)
    good_zh_hans = models.TextField(_("what a good answer shows, in Simplified Chinese"), blank=True)
    example_en = models.TextField(_("invented example, in English"), blank=True)
    example_zh_hant = models.TextField(_("invented example, in Traditional Chinese"), blank=True)
    example_zh_hans = models.TextField(_("invented example, in Simplified Chinese"), blank=True)
    limit = models.PositiveIntegerField(_("most characters or rows"), null=True, blank=True)
    unit_en = models.CharField(_("unit in English"), max_length=40, blank=True)
    unit_zh_hant = models.CharField(_("unit in Traditional Chinese"), max_length=40, blank=True)
    unit_zh_hans = models.CharField(_("unit in Simplified Chinese"), max_length=40, blank=True)
    choices = models.TextField(
        _("choices"), blank=True, help_text=_("A line each: code | English | 繁體 | 简体")
    )
    columns = models.TextField(
        _("table columns"), blank=True, help_text=_("A line each: code | English | 繁體 | 简体")
    )
    # By key and not by foreign key: unsaved siblings and copied rounds keep their conditions.
    only_if_key = models.SlugField(_("only if the question"), max_length=50, blank=True)
    only_if_value = models.CharField(_("was answered with"), max_length=50, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="question_key_once")]

    def __str__(self):
        return self.label_en


class DocumentRequirement(Orderable):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="document_requirements")
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=200, blank=True)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=200, blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    help_zh_hant = models.TextField(_("help in Traditional Chinese"), blank=True)
    help_zh_hans = models.TextField(_("help in Simplified Chinese"), blank=True)
    required = models.BooleanField(_("required"), default=True)
    max_files = models.PositiveSmallIntegerField(
        _("most files"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    types = models.CharField(
        _("types"), max_length=100, default="pdf", help_text=_("Codes with a comma between: pdf,docx,jpg")
    )
    max_megabytes = models.PositiveSmallIntegerField(
        _("most megabytes per file"), default=20, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("document requirement")
        verbose_name_plural = _("document requirements")

    def __str__(self):
        return self.name_en


class EligibilityItem(Orderable):
    """A statement that the applicant checks against itself; `no` is a reason to read on, never a lock."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="eligibility_items")
    text_en = models.CharField(_("question in English"), max_length=300)
    text_zh_hant = models.CharField(_("question in Traditional Chinese"), max_length=300, blank=True)
    text_zh_hans = models.CharField(_("question in Simplified Chinese"), max_length=300, blank=True)
    help_en = models.TextField(_("help in English"), blank=True)
    help_zh_hant = models.TextField(_("help in Traditional Chinese"), blank=True)
    help_zh_hans = models.TextField(_("help in Simplified Chinese"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("eligibility item")
        verbose_name_plural = _("eligibility items")

    def __str__(self):
        return self.text_en


class Criterion(Orderable):
    """What assessors score. Never part of what applicants fill in."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = ParentalKey(Round, on_delete=models.CASCADE, related_name="criteria")
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=200, blank=True)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=200, blank=True)
    guidance_en = models.TextField(_("guidance in English"), blank=True)
    guidance_zh_hant = models.TextField(_("guidance in Traditional Chinese"), blank=True)
    guidance_zh_hans = models.TextField(_("guidance in Simplified Chinese"), blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    scale_max = models.PositiveSmallIntegerField(_("highest score"), default=5)

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self):
        return self.name_en


class FormVersion(models.Model):
    """The whole question set of a round as it stood at one moment; never changed once written.

    Written only by applications.questions.versions. `definition` has the shape described there.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="form_versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="form_version_number_once")]

    def __str__(self):
        return f"{self.round} form {self.number}"


class Extension(models.Model):
    """A later closing time, for the whole round or for one application, with its reason."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="extensions")
    application = models.ForeignKey(
        "applications.Application",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="extensions",
    )
    previous_closes_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reason = models.TextField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["granted_at"]

    def __str__(self):
        return f"extension to {self.closes_at:%Y-%m-%d %H:%M}"

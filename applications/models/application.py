import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from applications.models.round import FormVersion, Round
from applications.regions import City
from portal.accounts.models import Provider
from portal.files.models import StoredFile
from portal.industries import Industry


class Status(models.TextChoices):
    """Internal names; the applicant reads applications.wording. Moves stand in applications.workflow."""

    DRAFT = "draft", pgettext_lazy("application status", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application status", "Received")
    IN_VERIFICATION = "in_verification", pgettext_lazy("application status", "In verification")
    CLARIFICATION_REQUESTED = (
        "clarification_requested",
        pgettext_lazy("application status", "Clarification requested"),
    )
    IN_ASSESSMENT = "in_assessment", pgettext_lazy("application status", "In assessment")
    PUBLIC_NOTICE = "public_notice", pgettext_lazy("application status", "On public notice")
    COMMENDED = "commended", pgettext_lazy("application status", "Commended")
    NOT_COMMENDED = "not_commended", pgettext_lazy("application status", "Not commended")
    INELIGIBLE = "ineligible", pgettext_lazy("application status", "Ineligible")
    WITHDRAWN = "withdrawn", pgettext_lazy("application status", "Withdrawn")


# Nothing comes after these any more: workflow.MOVES has no way out of them.
ENDED = frozenset({Status.COMMENDED, Status.NOT_COMMENDED, Status.INELIGIBLE, Status.WITHDRAWN})


class Application(models.Model):
    """A provider's application in one round. `status` is written only by applications.workflow."""

    Status = Status

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="applications")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=25, choices=Status, default=Status.DRAFT)
    # Given at the first submit and kept through take-back and clarification.
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    # The number of the newest submission; 0 before the first.
    revision = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    received_in_grace = models.BooleanField(default=False)
    # Set by an extension for this application alone; the round's own time holds otherwise.
    extended_until = models.DateTimeField(null=True, blank=True)
    clarification_due_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_applications",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # The newest change of any answer, project record or document.
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    status_changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "provider"],
                condition=~Q(status="withdrawn"),
                name="application_once_per_round",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="application_reference_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status", "submitted_at"], name="application_queue"),
            models.Index(fields=["assignee", "status"], name="application_by_assignee"),
            models.Index(fields=["status", "status_changed_at"], name="application_by_age"),
            # The office's list as it opens; its condition is that of permissions.cases_visible_to.
            models.Index(
                fields=["submitted_at", "reference", "id"],
                condition=~Q(status="draft"),
                name="application_by_receipt",
            ),
        ]

    def __str__(self):
        return self.reference or f"draft {self.uuid}"

    @property
    def closes_at(self):
        return max(filter(None, (self.extended_until, self.round.closes_at)))

    @property
    def is_draft(self):
        return self.status == Status.DRAFT

    @property
    def has_ended(self):
        return self.status in ENDED


class SectionAnswers(models.Model):
    """What stands in one section, exactly as typed. Written only by applications.drafts.drafting."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    # The uuid of a Section, or the name of a fixed section (applications.questions.versions).
    section_uid = models.CharField(max_length=36)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    is_completed = models.BooleanField(default=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "section_uid"], name="section_answers_once")
        ]

    def __str__(self):
        return f"{self.application} {self.section_uid} v{self.version}"


class Revision(models.Model):
    """A part of a draft as it once stood. One person's saves within five minutes are one row."""

    version = models.PositiveIntegerField()
    data = models.JSONField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["id"]


class AnswerRevision(Revision):
    """History of a section; older rows never change."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answer_revisions")
    section_uid = models.CharField(max_length=36)

    class Meta(Revision.Meta):
        indexes = [models.Index(fields=["application", "section_uid", "id"], name="revision_by_section")]

    def __str__(self):
        return f"{self.application} {self.section_uid} v{self.version}"


class ProjectRevision(Revision):
    """History of a project record, as AnswerRevision is of a section."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="project_revisions")
    project_uuid = models.UUIDField()
    is_removal = models.BooleanField(default=False)

    class Meta(Revision.Meta):
        indexes = [models.Index(fields=["application", "project_uuid", "id"], name="revision_by_project")]

    def __str__(self):
        return f"{self.application} project {self.project_uuid} v{self.version}"


class ProjectRecord(models.Model):
    """A cleaner-production project the provider carried out. Written only by applications.drafts.projects.

    `entered` holds every field as typed and is what the form shows again; the typed columns hold what of it
    could be understood, for search and reports.
    """

    class Type(models.TextChoices):
        ON_SITE = "on_site", _("On-site improvement assessment")
        DP_I = "dp_i", _("Demonstration project (i): wider use of effective technologies")
        DP_II = "dp_ii", _("Demonstration project (ii): research and innovation")
        NEW_TECHNOLOGY = "new_technology", _("New cleaner production technology")
        VERIFICATION = "verification", _("Verification of results")
        OWN = "own", _("Project without support from the programme")

    class Role(models.TextChoices):
        LEAD = "lead", pgettext_lazy("role in a project", "Main contractor")
        EQUIPMENT = "equipment", pgettext_lazy("role in a project", "Supplier of equipment")
        CONSULTANT = "consultant", pgettext_lazy("role in a project", "Consultant or assessor")
        PARTNER = "partner", pgettext_lazy("role in a project", "Partner of another provider")

    class Progress(models.TextChoices):
        RUNNING = "running", pgettext_lazy("state of a project", "Running")
        COMPLETED = "completed", pgettext_lazy("state of a project", "Completed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="projects")
    entered = models.JSONField(default=dict)
    project_number = models.CharField(_("project number"), max_length=40, blank=True)
    factory_name = models.CharField(_("factory"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=10, choices=City, blank=True)
    industry = models.CharField(_("industry"), max_length=10, choices=Industry, blank=True)
    project_type = models.CharField(_("type of project"), max_length=15, choices=Type, blank=True)
    technology = models.CharField(_("technology"), max_length=300, blank=True)
    role = models.CharField(_("your role"), max_length=12, choices=Role, blank=True)
    started_on = models.DateField(_("start"), null=True, blank=True)
    finished_on = models.DateField(_("completion"), null=True, blank=True)
    progress = models.CharField(_("state"), max_length=10, choices=Progress, blank=True)
    energy_kwh = models.DecimalField(
        _("energy saved"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    voc_kg = models.DecimalField(_("VOC reduced"), max_digits=14, decimal_places=2, null=True, blank=True)
    nox_kg = models.DecimalField(_("NOx reduced"), max_digits=14, decimal_places=2, null=True, blank=True)
    water_m3 = models.DecimalField(_("water saved"), max_digits=14, decimal_places=2, null=True, blank=True)
    waste_t = models.DecimalField(
        _("solid waste reduced"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_saved_hkd = models.DecimalField(
        _("cost saved"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    payback_years = models.DecimalField(
        _("payback period"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    # What applications.desk.duplicates compares: the number, and factory, technology and month of the start.
    number_key = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    match_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.project_number} {self.factory_name}".strip() or f"project {self.uuid}"


class DocumentSlot(models.Model):
    """The version of what lies in one document slot. The files themselves are portal.files rows

    with owner_kind `application`, owner_uuid the application's and slot the requirement's uuid.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="document_slots")
    requirement_uid = models.CharField(max_length=36)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "requirement_uid"], name="document_slot_once")
        ]

    def __str__(self):
        return f"{self.application} {self.requirement_uid} v{self.version}"


class Submission(models.Model):
    """What was handed in, frozen: `content` has the shape described in applications.freezing.

    Written only by applications.workflow and never changed.
    """

    class Cause(models.TextChoices):
        APPLICATION = "application", _("Application")
        CLARIFICATION = "clarification", _("Clarification")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=15, choices=Cause, default=Cause.APPLICATION)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    # Minted with the review page; the same key again finds this row instead of making another.
    key = models.UUIDField(unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signer_name = models.CharField(max_length=200)
    signer_role = models.CharField(max_length=200)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    received_in_grace = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_number_once")
        ]

    def __str__(self):
        return f"{self.application} submission {self.number}"


class SubmissionCopy(models.Model):
    """The PDF of a receipt in one language, made by the worker and kept in the private store."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="copies")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "language"], name="submission_copy_once")
        ]

    def __str__(self):
        return f"{self.submission} in {self.language}"

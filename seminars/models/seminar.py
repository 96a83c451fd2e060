import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from portal.dates import local
from seminars.models.fields import CodeListField

# How long after the seminar the personal data of those who signed up is kept.
RETENTION = timedelta(days=365)


class DeliveryLanguage(models.TextChoices):
    PUTONGHUA = "putonghua", _("Putonghua")
    CANTONESE = "cantonese", _("Cantonese")
    ENGLISH = "english", pgettext_lazy("spoken language", "English")


class Topic(models.TextChoices):
    """What visitors look for; the headings under which past seminars stand."""

    COMMENDATION = "commendation", pgettext_lazy("topic", "Commendation and recognition")
    FUNDING = "funding", pgettext_lazy("topic", "Funding and applications")
    ENERGY = "energy", pgettext_lazy("topic", "Energy and carbon")
    AIR = "air", pgettext_lazy("topic", "Air and VOCs")
    WATER = "water", pgettext_lazy("topic", "Water and effluent")
    WASTE = "waste", pgettext_lazy("topic", "Materials and waste")


class SeminarQuerySet(models.QuerySet):
    def upcoming(self, now=None):
        """Not over yet; a postponed seminar is not over when its old date is.

        What decides anything gives the database's `now`; pages that only show it need not.
        """
        still = Q(ends_at__gt=now or timezone.now()) | Q(state="postponed")
        return self.filter(still).order_by("starts_at", "id")

    def held(self, now=None):
        """Over, and took place."""
        return self.filter(ends_at__lte=now or timezone.now(), state__in=["scheduled", "held"])

    def past(self, now=None):
        over = self.filter(ends_at__lte=now or timezone.now()).exclude(state="postponed")
        return over.order_by("-starts_at", "-id")


class Seminar(ClusterableModel):
    """The facts and the running of one seminar; its pages only describe it.

    State is written only by seminars.changes, seats and counters by seminars.seats; facts by the Wagtail
    screens, and date and place by seminars.changes where people must hear of it.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", pgettext_lazy("seminar state", "Scheduled")
        POSTPONED = "postponed", pgettext_lazy("seminar state", "Postponed")
        CANCELLED = "cancelled", pgettext_lazy("seminar state", "Cancelled")
        HELD = "held", pgettext_lazy("seminar state", "Held")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind_en = models.CharField(
        _("kind, in English"), max_length=120, blank=True, help_text=_("For example: Online sharing seminar.")
    )
    kind_zh_hant = models.CharField(_("kind, in Traditional Chinese"), max_length=120, blank=True)
    kind_zh_hans = models.CharField(_("kind, in Simplified Chinese"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh_hant = models.CharField(_("title in Traditional Chinese"), max_length=200)
    title_zh_hans = models.CharField(_("title in Simplified Chinese"), max_length=200)
    venue_en = models.TextField(
        _("venue in English"),
        max_length=500,
        help_text=_("One or two sentences: where it is, and for an online seminar how the link comes."),
    )
    venue_zh_hant = models.TextField(_("venue in Traditional Chinese"), max_length=500)
    venue_zh_hans = models.TextField(_("venue in Simplified Chinese"), max_length=500)
    starts_at = models.DateTimeField(_("starts"), help_text=_("Hong Kong time."))
    ends_at = models.DateTimeField(_("ends"), help_text=_("Hong Kong time."))
    previous_start = models.DateTimeField(null=True, blank=True, editable=False)
    sign_up_opens_at = models.DateTimeField(_("sign-up opens"), help_text=_("Hong Kong time."))
    sign_up_closes_at = models.DateTimeField(_("sign-up closes"), help_text=_("Hong Kong time."))
    # Null: no limit. One company's places count across all ways of attending.
    company_cap = models.PositiveSmallIntegerField(_("places per company"), null=True, blank=True)
    confirms_addresses = models.BooleanField(
        _("ask people to confirm their email address first"),
        default=False,
        help_text=_(
            "Nobody enters the queue before pressing the button behind the link in the mail, within "
            "24 hours. For seminars that draw made-up sign-ups."
        ),
    )
    languages_of_delivery = CodeListField(_("languages of delivery"), codes=DeliveryLanguage)
    # Which mails go by themselves before the start, written by seminars.mail_settings.
    link_hours_before = models.PositiveSmallIntegerField(default=24, editable=False)
    reminds_day_before = models.BooleanField(default=True, editable=False)
    reminds_hour_before = models.BooleanField(default=True, editable=False)
    # What goes out after the end, written by seminars.afterwards. From these moments on the clock acts for
    # everybody who is ticked off, also later; null: not asked for.
    survey_link = models.URLField(max_length=500, blank=True, editable=False)
    follow_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    certificates_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Null: whoever is ticked off. Else so long on the online platform, where it told the minutes.
    certificate_minutes = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    languages_of_interpretation = CodeListField(
        _("languages of interpretation"), codes=DeliveryLanguage, blank=True
    )
    by_invitation = models.BooleanField(
        _("by invitation only"),
        default=False,
        help_text=_("The sign-up form asks for one of the invitation codes of this seminar."),
    )
    topics = CodeListField(
        _("topics"), codes=Topic, blank=True, help_text=_("Visitors filter the list of seminars by these.")
    )
    enquiry_name_en = models.CharField(_("whom to ask, in English"), max_length=200, blank=True)
    enquiry_name_zh_hant = models.CharField(
        _("whom to ask, in Traditional Chinese"), max_length=200, blank=True
    )
    enquiry_name_zh_hans = models.CharField(
        _("whom to ask, in Simplified Chinese"), max_length=200, blank=True
    )
    enquiry_telephone = models.CharField(_("enquiry telephone"), max_length=32, blank=True)
    enquiry_email = models.EmailField(_("enquiry email address"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED, editable=False)
    # Rises with every change that people's calendars must follow.
    revision = models.PositiveIntegerField(default=0, editable=False)
    next_queue_number = models.PositiveIntegerField(default=1, editable=False)
    # Null: twelve months after the end.
    personal_data_until = models.DateField(_("keep personal data until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SeminarQuerySet.as_manager()

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="seminar_ends_after_start"),
            models.CheckConstraint(
                condition=Q(sign_up_closes_at__gt=F("sign_up_opens_at")), name="seminar_window_is_forward"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["scheduled", "postponed", "cancelled", "held"]),
                name="seminar_state_known",
            ),
            models.CheckConstraint(
                condition=Q(company_cap__isnull=True) | Q(company_cap__gte=1), name="seminar_cap_positive"
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="seminar_by_end")]

    def __str__(self):
        return self.title_en

    @property
    def is_past(self):
        return self.ends_at <= timezone.now() and self.state != self.State.POSTPONED

    @property
    def was_held(self):
        """Over, and it took place: the clock has marked it, or is about to."""
        took_place = self.state in {self.State.SCHEDULED, self.State.HELD}
        return took_place and self.ends_at <= timezone.now()

    @property
    def has_started(self):
        return self.has_started_at(timezone.now())

    def has_started_at(self, instant):
        """A postponed seminar has not: its old date means nothing."""
        return self.starts_at <= instant and self.state != self.State.POSTPONED

    @property
    def keeps_its_day(self):
        """Only the time of the day has changed."""
        return bool(self.previous_start) and local(self.previous_start).date() == local(self.starts_at).date()

    @property
    def takes_sign_ups(self):
        return self.takes_sign_ups_at(timezone.now())

    def takes_sign_ups_at(self, instant):
        """The one rule for page, form and database: scheduled, inside its window, not begun."""
        closes = min(self.sign_up_closes_at, self.starts_at)
        return self.state == self.State.SCHEDULED and self.sign_up_opens_at <= instant < closes

    @property
    def delivery_language_labels(self):
        return _language_labels(self.languages_of_delivery)

    @property
    def interpretation_language_labels(self):
        return _language_labels(self.languages_of_interpretation)

    def people(self):
        """Speakers and organisations in one query, as lists under these names; not saved objects."""
        names = ["name_en", "name_zh_hant", "name_zh_hans"]
        posts = ["post_en", "post_zh_hant", "post_zh_hans"]
        nothing = [Value("")] * 3
        speakers = Speaker.objects.filter(seminar=self).order_by()
        organisations = Organisation.objects.filter(seminar=self).order_by()
        rows = speakers.values_list("pk", Value("speaker"), *names, *posts).union(
            organisations.values_list("pk", "part", *names, *nothing), all=True
        )
        found = {"speakers": [], "organisations": []}
        order = {part: place for place, part in enumerate(Organisation.Part.values)}
        for pk, part, *texts in sorted(rows, key=lambda row: (order.get(row[1], -1), row[0])):
            if part == "speaker":
                row = Speaker(pk=pk, **dict(zip([*names, *posts], texts, strict=True)))
                found["speakers"].append(row)
            else:
                row = Organisation(pk=pk, part=part, **dict(zip(names, texts[:3], strict=True)))
                found["organisations"].append(row)
        return found

    @property
    def anonymise_on(self):
        return self.personal_data_until or timezone.localdate(self.ends_at + RETENTION)

    def clean(self):
        problems = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            problems["ends_at"] = _("The end must be after the start.")
        if (
            self.sign_up_opens_at
            and self.sign_up_closes_at
            and self.sign_up_closes_at <= self.sign_up_opens_at
        ):
            problems["sign_up_closes_at"] = _("Sign-up must close after it opens.")
        if self.starts_at and self.sign_up_closes_at and self.sign_up_closes_at > self.starts_at:
            problems["sign_up_closes_at"] = _("Sign-up must close before the seminar starts.")
        if (
            self.personal_data_until
            and self.ends_at
            and self.personal_data_until <= timezone.localdate(self.ends_at)
        ):
            problems["personal_data_until"] = _("Keep personal data until some day after the seminar.")
        if problems:
            raise ValidationError(problems)


def _language_labels(codes):
    known = dict(DeliveryLanguage.choices)
    return [known[code] for code in codes if code in known]


class RundownItem(models.Model):
    """One line of the rundown. Several activities in the same slot stand on a line each."""

    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="rundown")
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    activities_en = models.TextField(_("activities in English, a line each"), max_length=2000)
    activities_zh_hant = models.TextField(
        _("activities in Traditional Chinese, a line each"), max_length=2000
    )
    activities_zh_hans = models.TextField(_("activities in Simplified Chinese, a line each"), max_length=2000)

    class Meta:
        ordering = ["starts", "id"]

    def __str__(self):
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


class Speaker(models.Model):
    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="speakers")
    name_en = models.CharField(_("name in English"), max_length=120)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=120, blank=True)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=120, blank=True)
    post_en = models.CharField(_("post and organisation in English"), max_length=200, blank=True)
    post_zh_hant = models.CharField(
        _("post and organisation in Traditional Chinese"), max_length=200, blank=True
    )
    post_zh_hans = models.CharField(
        _("post and organisation in Simplified Chinese"), max_length=200, blank=True
    )

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name_en


class Organisation(models.Model):
    """Who stands behind the seminar. No row: the page names the enquiry contact only."""

    class Part(models.TextChoices):
        ORGANISER = "organiser", pgettext_lazy("part in a seminar", "Organiser")
        CO_ORGANISER = "co_organiser", pgettext_lazy("part in a seminar", "Co-organiser")
        SUPPORTER = "supporter", pgettext_lazy("part in a seminar", "Supporting organisation")

    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="organisations")
    part = models.CharField(_("part"), max_length=12, choices=Part, default=Part.ORGANISER)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=200, blank=True)
    name_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name_en

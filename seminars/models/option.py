import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey

from portal import page_cache
from seminars.models.fields import CodeListField
from seminars.models.seminar import Seminar


class WeatherTrigger(models.TextChoices):
    """Codes of our own: a feed's codes change, a seminar's announced rule does not."""

    TYPHOON_8 = "typhoon_8", _("typhoon signal no. 8 or above")
    PRE_TYPHOON_8 = "pre_typhoon_8", _("the announcement before typhoon signal no. 8")
    BLACK_RAIN = "black_rain", _("a black rainstorm warning signal")
    RED_RAIN = "red_rain", _("a red rainstorm warning signal")
    EXTREME = "extreme", _("“extreme conditions”")


def places_mark(seminar: int | None = None) -> str:
    """Kept pages that count the places of this seminar, or of seminars that the page alone knows."""
    return f"places:{seminar or 'any'}"


def forget_places(seminar: int) -> None:
    """Make the pages that count this seminar's places anew, once the change that is under way is there."""
    page_cache.forget_showing(places_mark(seminar), places_mark())


class AttendanceOptionQuerySet(models.QuerySet):
    def with_taken(self, *, seminar: int | None = None):
        """Adds `taken`: places held by confirmed people and by offers that still run.

        Whoever asks for one seminar's options alone names its id: a kept page then follows that seminar only.
        """
        page_cache.shows(places_mark(seminar))
        held = Q(sign_ups__state="confirmed") | Q(
            sign_ups__state="offered", sign_ups__held_until__gt=timezone.now()
        )
        return self.annotate(taken=Count("sign_ups", filter=held))


class AttendanceOption(models.Model):
    """One way to attend: online, or at one venue.

    Capacity is written only by seminars.seats, state by seminars.changes.
    """

    class Mode(models.TextChoices):
        ONLINE = "online", pgettext_lazy("way to attend", "Online")
        HONG_KONG = "hong_kong", pgettext_lazy("way to attend", "Venue in Hong Kong")
        GUANGDONG = "guangdong", pgettext_lazy("way to attend", "Venue in Guangdong")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a way to attend", "Open")
        MOVED_ONLINE = "moved_online", pgettext_lazy("state of a way to attend", "Moved online")
        CANCELLED = "cancelled", pgettext_lazy("state of a way to attend", "Cancelled")

    class Effect(models.TextChoices):
        POSTPONE_OR_CANCEL = "postpone_or_cancel", _("postponed or cancelled")
        POSTPONE = "postpone", pgettext_lazy("effect of weather", "postponed")
        CANCEL = "cancel", pgettext_lazy("effect of weather", "cancelled")
        MOVE_ONLINE = "move_online", pgettext_lazy("effect of weather", "moved online")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="options")
    mode = models.CharField(_("way to attend"), max_length=10, choices=Mode, default=Mode.ONLINE)
    label_en = models.CharField(_("name in English"), max_length=120)
    label_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=120)
    label_zh_hans = models.CharField(_("name in Simplified Chinese"), max_length=120)
    address_en = models.TextField(_("address in English"), max_length=500, blank=True)
    address_zh_hant = models.TextField(_("address in Traditional Chinese"), max_length=500, blank=True)
    address_zh_hans = models.TextField(_("address in Simplified Chinese"), max_length=500, blank=True)
    map_link = models.URLField(
        _("link to a map"), max_length=500, blank=True, help_text=_("Shown beside the address.")
    )
    # Null: no limit. A way to attend added later starts without a seat, so nothing opens by accident.
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, default=0)
    # For workshops where an empty chair hurts: who comes up from the waiting list must accept in time.
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a place that came free"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text=_(
            "Whoever comes up from the waiting list is offered the place for so many hours, then it is "
            "offered to the next. Leave empty to give the place at once."
        ),
    )
    state = models.CharField(max_length=12, choices=State, default=State.OPEN, editable=False)
    # Sent to confirmed people only, never a field of a page: revisions and search would leak it. Written by
    # seminars.mail_settings.
    join_link = models.URLField(_("link to join"), max_length=500, blank=True, editable=False)

    # The announced weather rule, as data. The two flags are the two halves of the usual sentence: "still in
    # effect at the decision time" and "hoisted at the decision time or later" (which ends with the session).
    weather_triggers = CodeListField(_("weather warnings that count"), codes=WeatherTrigger, blank=True)
    weather_decision_time = models.TimeField(
        _("weather decision time"), null=True, blank=True, help_text=_("Hong Kong time, on the day.")
    )
    weather_if_in_force = models.BooleanField(_("when still in effect at that time"), default=True)
    weather_if_hoisted_later = models.BooleanField(_("when hoisted at that time or later"), default=True)
    weather_effect = models.CharField(
        _("effect of the weather rule"), max_length=20, choices=Effect, default=Effect.POSTPONE_OR_CANCEL
    )

    objects = AttendanceOptionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("way to attend")
        verbose_name_plural = _("ways to attend")
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=["online", "hong_kong", "guangdong"]), name="option_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "moved_online", "cancelled"]), name="option_state_known"
            ),
            # Guangdong venues never follow Hong Kong signals.
            models.CheckConstraint(
                condition=~Q(mode="guangdong") | Q(weather_triggers=[]), name="option_guangdong_no_hk_signals"
            ),
        ]

    def __str__(self):
        return self.label_en

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def is_online(self):
        return self.mode == self.Mode.ONLINE

    @property
    def takes_place_online(self):
        """From the beginning or since it was moved: its people need a link, not a way there."""
        return self.is_online or self.state == self.State.MOVED_ONLINE

    @property
    def trigger_labels(self):
        known = dict(WeatherTrigger.choices)
        return [known[code] for code in self.weather_triggers if code in known]

    def clean(self):
        problems = {}
        if self.mode == self.Mode.GUANGDONG and self.weather_triggers:
            problems["weather_triggers"] = _("A venue in Guangdong does not follow Hong Kong signals.")
        if self.weather_triggers and not self.weather_decision_time:
            problems["weather_decision_time"] = _("Say at what time the decision is made.")
        if self.mode != self.Mode.ONLINE and not self.address_en:
            problems["address_en"] = _("Enter the address of the venue.")
        if problems:
            raise ValidationError(problems)

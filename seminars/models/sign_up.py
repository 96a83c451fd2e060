import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.search.fields import FoldedField
from seminars.models.asking import InvitationCode
from seminars.models.option import AttendanceOption
from seminars.models.seminar import Seminar


def new_link_salt():
    return secrets.token_urlsafe(16)


class SignUpQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state__in=SignUp.LIVE)


class SignUp(models.Model):
    """One person at one seminar. Written only by seminars.seats, and emptied by seminars.retaining."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("state of a sign-up", "Address not confirmed")
        WAITING = "waiting", pgettext_lazy("state of a sign-up", "On the waiting list")
        OFFERED = "offered", pgettext_lazy("state of a sign-up", "Place offered")
        CONFIRMED = "confirmed", pgettext_lazy("state of a sign-up", "Has a place")
        EXPIRED = "expired", pgettext_lazy("state of a sign-up", "Offer ran out")
        CANCELLED = "cancelled", pgettext_lazy("state of a sign-up", "Cancelled")

    LIVE = (State.UNCONFIRMED, State.WAITING, State.OFFERED, State.CONFIRMED)

    class CompanyType(models.TextChoices):
        PROVIDER = "provider", _("Environmental technology service provider")
        FACTORY = "factory", _("Manufacturer")
        ASSOCIATION = "association", _("Trade or industry association")
        GOVERNMENT = "government", _("Government or public body")
        EDUCATION = "education", _("University or research")
        OTHER = "other", pgettext_lazy("company type", "Other")

    class IfFull(models.TextChoices):
        WAITING_LIST = "waiting_list", _("Put me on the waiting list")
        ONLINE = "online", _("Give me an online place; if there is none, put me on the waiting list")
        NEITHER = "neither", _("Neither: do not sign me up")

    class Ended(models.TextChoices):
        BY_PARTICIPANT = "by_participant", _("cancelled by the participant")
        BY_ORGANISER = "by_organiser", _("cancelled by the organiser")
        NO_PLACE = "no_place", _("no place was free")
        SEMINAR_CANCELLED = "seminar_cancelled", _("the seminar was cancelled")

    class Source(models.TextChoices):
        WEB = "web", _("Website")
        OFFICE = "office", _("Added by the organiser")

    class Witness(models.TextChoices):
        DOOR = "door", pgettext_lazy("who saw the person attend", "Helper at the door")
        OFFICE = "office", pgettext_lazy("who saw the person attend", "Organiser")
        PLATFORM = "platform", pgettext_lazy("who saw the person attend", "Online platform")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seminar = models.ForeignKey(Seminar, on_delete=models.PROTECT, related_name="sign_ups")
    option = models.ForeignKey(AttendanceOption, on_delete=models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    ended = models.CharField(max_length=20, choices=Ended, blank=True)
    queue_number = models.PositiveIntegerField()
    if_full = models.CharField(max_length=12, choices=IfFull, default=IfFull.WAITING_LIST)
    # Put first by the organiser: before all numbers, and not bound by the cap.
    goes_first = models.BooleanField(default=False)
    # When an offer runs out; only in state offered.
    held_until = models.DateTimeField(null=True, blank=True)

    name = models.CharField(max_length=120)
    company = models.CharField(max_length=200)
    # Apart, because a helper at the door looks for names and may not learn companies.
    folded_name = FoldedField(sources=("name",))
    folded_company = FoldedField(sources=("company",))
    # Under which key the cap counts, and the two facts it was found by: see seminars.seats.recognising.
    company_key = models.CharField(max_length=255)
    company_domain = models.CharField(max_length=255, blank=True)
    company_name_key = models.CharField(max_length=255, blank=True)
    company_type = models.CharField(max_length=12, choices=CompanyType)
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254)
    # A new address that was asked for on the own page and is not confirmed yet.
    new_email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    question = models.TextField(max_length=1000, blank=True)
    # Answers to the seminar's own questions: uuid of the question -> text, code, or yes and no.
    answers = models.JSONField(default=dict, blank=True)
    invitation_code = models.ForeignKey(
        InvitationCode, on_delete=models.SET_NULL, null=True, blank=True, related_name="sign_ups"
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    promotion_consent = models.BooleanField(default=False)
    # Which wording of the collection statement stood beside the button, and when it was sent.
    statement_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=Source, default=Source.WEB)

    # A new salt makes every earlier status link worthless.
    link_salt = models.CharField(max_length=32, default=new_link_salt)
    # Rises with every change that is told by mail; part of each mail's business key.
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    details_changed_at = models.DateTimeField(null=True, blank=True)
    # Attendance is no state: somebody with a place came or did not. Written only by seminars.attendance.
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.CharField(max_length=8, choices=Witness, blank=True)
    attended_minutes = models.PositiveIntegerField(null=True, blank=True)
    anonymise_on = models.DateField()

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["queue_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar", "email_key"],
                condition=Q(state__in=["unconfirmed", "waiting", "offered", "confirmed"]),
                name="sign_up_one_live_per_address",
            ),
            models.UniqueConstraint(fields=["seminar", "queue_number"], name="sign_up_queue_number_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["unconfirmed", "waiting", "offered", "confirmed", "expired", "cancelled"]
                ),
                name="sign_up_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(held_until__isnull=False), name="sign_up_offer_runs_out"
            ),
        ]
        indexes = [
            models.Index(fields=["seminar", "state", "company_key"], name="sign_up_seats"),
            models.Index(
                fields=["seminar", "queue_number"], condition=Q(state="waiting"), name="sign_up_queue"
            ),
        ]

    def __str__(self):
        return f"sign-up {self.uuid} ({self.state})"

    @property
    def is_live(self):
        return self.state in self.LIVE

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.search.fields import FoldedField
from portal.texts import localized


class Provider(models.Model):
    """An environmental technology service provider: the company that applies.

    The profile is *claimed* by whoever registers it until an officer has compared it with the certificate.
    """

    class Verification(models.TextChoices):
        CLAIMED = "claimed", _("Not verified yet")
        VERIFIED = "verified", _("Verified")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_en = models.CharField(_("company name in English"), max_length=200, blank=True)
    name_zh_hant = models.CharField(_("company name in Traditional Chinese"), max_length=200, blank=True)
    name_zh_hans = models.CharField(_("company name in Simplified Chinese"), max_length=200, blank=True)
    folded_names = FoldedField(sources=("name_en", "name_zh_hant", "name_zh_hans"))
    # Eight characters; source of the shape: domain facts 6.4.
    hk_registration = models.CharField(_("Hong Kong business registration number"), max_length=8, blank=True)
    hk_registration_expires = models.DateField(
        _("expiry date of the business registration certificate"), null=True, blank=True
    )
    # Eighteen characters with check character, GB 32100-2015.
    mainland_registration = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    telephone = models.CharField(_("telephone"), max_length=32, blank=True)
    website = models.URLField(_("website"), blank=True)
    year_founded = models.PositiveSmallIntegerField(_("year founded"), null=True, blank=True)
    verification = models.CharField(max_length=10, choices=Verification, default=Verification.CLAIMED)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_zh_hant="", name_zh_hans=""), name="provider_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(hk_registration="", mainland_registration=""), name="provider_is_registered"
            ),
            models.UniqueConstraint(
                fields=["hk_registration"], condition=~Q(hk_registration=""), name="provider_hk_unique"
            ),
            models.UniqueConstraint(
                fields=["mainland_registration"],
                condition=~Q(mainland_registration=""),
                name="provider_mainland_unique",
            ),
        ]

    def __str__(self):
        return str(localized(self, "name"))


class Membership(models.Model):
    """What a person may do for a company. Written only by portal.accounts.companies."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        SUBMIT = "submit", _("May edit and submit")
        EDIT = "edit", _("May edit")
        VIEW = "view", _("May view")

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["provider"], condition=Q(role="owner"), name="membership_exactly_one_owner"
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.role}) for {self.provider}"

    @property
    def can_edit(self):
        return self.role in {self.Role.OWNER, self.Role.SUBMIT, self.Role.EDIT}

    @property
    def can_submit(self):
        return self.role in {self.Role.OWNER, self.Role.SUBMIT}


class RegistrationClaim(models.Model):
    """A second person's claim to a registration number that another provider holds already.

    The claimant sees the ordinary next page and is told by mail; an officer settles it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        JOINED = "joined", _("Added to the company")
        GIVEN = "given", _("Made the owner of the company")
        REFUSED = "refused", _("Refused")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    # What the claimant typed, for the officer to compare; never shown to the owner.
    details = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Why it was settled so: for the office alone.
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "claimant"], condition=Q(state="open"), name="claim_open_once"
            )
        ]

    def __str__(self):
        return f"claim {self.uuid} ({self.state})"


class RegistrationCheck(models.Model):
    """One comparison of a company's registration with its certificate. Never changed once written.

    For the office alone. `identity_sha256` says which names and numbers were compared.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="checks")
    is_verified = models.BooleanField()
    note = models.TextField(blank=True)
    # The document that was looked at; no foreign key, because files go before companies do.
    document_uuid = models.UUIDField(null=True, blank=True)
    identity_sha256 = models.CharField(max_length=64)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.provider}: {'verified' if self.is_verified else 'not verified'}"

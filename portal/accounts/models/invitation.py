import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.provider import Membership, Provider


class Invitation(models.Model):
    """A single-use link bound to one address: into a company with a role, or into the staff.

    Written only by portal.accounts.invitations.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"))
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, null=True, blank=True)
    membership_role = models.CharField(max_length=10, choices=Membership.Role, blank=True)
    staff_roles = models.JSONField(default=list, blank=True)
    # Only the hash is kept: a leaked table opens no door.
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"invitation {self.uuid}"

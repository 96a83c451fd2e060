import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A person who signs in by e-mail address: provider staff, secretariat or panel."""

    username = None
    # Wagtail's user screens need first_name and last_name; people write their name in one piece.
    name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("email address"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(
        _("preferred language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )

    # Raising it ends every session of the person: it is part of what a session is checked against.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("An account with this email address exists already."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    def _get_session_auth_hash(self, secret=None):
        secured = f"{self.password}:{self.session_epoch}"
        return salted_hmac("portal.accounts.session", secured, secret=secret, algorithm="sha256").hexdigest()

    @property
    def role_codes(self):
        """Staff roles as a frozen set of codes; read once per object."""
        if not hasattr(self, "_role_codes"):
            self._role_codes = frozenset(self.staff_roles.values_list("role", flat=True))
        return self._role_codes

    @property
    def is_portal_staff(self):
        return self.is_superuser or bool(self.role_codes)


class Role(models.TextChoices):
    EDITOR = "editor", pgettext_lazy("staff role", "Editor")
    ORGANISER = "organiser", pgettext_lazy("staff role", "Organiser")
    OFFICER = "officer", pgettext_lazy("staff role", "Officer")
    RELEASER = "releaser", pgettext_lazy("staff role", "Releaser")
    ASSESSOR = "assessor", pgettext_lazy("staff role", "Assessor")
    RECORD_CHECKER = "record_checker", pgettext_lazy("staff role", "Record checker")
    AUDITOR = "auditor", pgettext_lazy("staff role", "Auditor")


class StaffRole(models.Model):
    """One role of one person. Written only by portal.accounts.roles."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=20, choices=Role)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="staff_role_once_per_person")]

    def __str__(self):
        return f"{self.user}: {self.role}"

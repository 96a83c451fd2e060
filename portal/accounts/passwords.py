import re

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LengthValidator:
    """At least 12 characters for providers, 15 for staff, at most 128 for all; source: quality bar SEC-11."""

    def validate(self, password, user=None):
        least = self._least(user)
        if len(password) < least:
            raise ValidationError(
                _(
                    "Use a password of at least %(number)d characters. "
                    "Several words in a row are easy to remember."
                )
                % {"number": least},
                code="password_too_short",
            )
        if len(password) > settings.PASSWORD_MAX_LENGTH:
            raise ValidationError(
                _("Use a password of at most %(number)d characters.")
                % {"number": settings.PASSWORD_MAX_LENGTH},
                code="password_too_long",
            )

    def get_help_text(self):
        return _("At least %(number)d characters. Several words in a row are easy to remember.") % {
            "number": settings.PASSWORD_LENGTH
        }

    def _least(self, user):
        is_staff = user is not None and user.pk and user.is_portal_staff
        return settings.STAFF_PASSWORD_LENGTH if is_staff else settings.PASSWORD_LENGTH


class GuessableValidator(CommonPasswordValidator):
    """No common password, also where it is only repeated or lengthened by digits and signs."""

    def validate(self, password, user=None):
        core = re.sub(r"[\W\d_]+$", "", password.lower()) or password.lower()
        once = re.sub(r"^(.{3,}?)\1+$", r"\1", core)
        if len(set(password)) < 5 or {password.lower().strip(), core, once} & self.passwords:
            raise ValidationError(
                _("This password is easy to guess. Take several words that do not belong together."),
                code="password_too_common",
            )

    def get_help_text(self):
        return ""

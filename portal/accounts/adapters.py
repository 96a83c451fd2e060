"""What we tell django-allauth: our own checks, encrypted second factors, our landing pages."""

import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.languages import prefix_for


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Write to the Secretariat if you think that is wrong."),
        "email_password_mismatch": _(
            "The email address or the password is not right. Check both, or sign in with a code by email."
        ),
        "incorrect_code": _("This code is not right. Check the newest message, or ask for a new code."),
        "incorrect_password": _("This is not your current password. Enter it again."),
        "enter_current_password": _("Enter your current password."),
        "rate_limited": _("You have tried many times. Wait five minutes, then try again."),
        "too_many_login_attempts": _(
            "Too many attempts for this address. Wait five minutes, or sign in with a code by email."
        ),
        "same_as_current": _("This is the address you use already. Enter a different one."),
    }

    def get_logout_redirect_url(self, request):
        return f"/{prefix_for(translation.get_language())}/"

    def is_safe_url(self, url):
        """Paths of this portal only; an address that cannot be read at all is none of them."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Signing in a few minutes ago is proof enough; after that a password or factor is asked again."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


def _fernet():
    """The first key encrypts, every key decrypts: put a new key in front to rotate."""
    return MultiFernet([Fernet(key) for key in settings.MFA_ENCRYPTION_KEYS])


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or was used already. Wait for the next code of your app and enter it."
        ),
        "cannot_delete_authenticator": _(
            "Staff need a second step. Add another authenticator app or passkey first, then remove this one."
        ),
    }

    def encrypt(self, text):
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        user = authenticator.user
        if not user.is_portal_staff:
            return True
        others = user.authenticator_set.exclude(pk=authenticator.pk)
        return others.filter(type__in=["totp", "webauthn"]).exists()

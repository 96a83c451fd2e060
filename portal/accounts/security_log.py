"""What django-allauth and Django report about sign-in, written to the log and remembered for the gate."""

import structlog
from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

log = structlog.get_logger("portal.security")


def connect():
    """Called once from ready(). Nothing here holds names or addresses of people: uuids only."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_refused)
    account.password_changed.connect(_password_changed)
    account.password_set.connect(_password_changed)
    account.password_reset.connect(_password_changed)
    account.email_changed.connect(_email_changed)
    mfa.authenticator_added.connect(_factor_added)
    mfa.authenticator_removed.connect(_factor_removed)
    mfa.authentication_failed.connect(_factor_refused)


def _signed_in(sender, request, user, **kwargs):
    log.info("signed_in", user_uuid=str(user.uuid))


def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        log.info("signed_out", user_uuid=str(user.uuid))


def _refused(sender, **kwargs):
    log.warning("sign_in_refused")


def _password_changed(sender, request, user, **kwargs):
    log.info("password_changed", user_uuid=str(user.uuid))


def _email_changed(sender, request, user, **kwargs):
    log.info("email_changed", user_uuid=str(user.uuid))


def _factor_added(sender, request, user, authenticator, **kwargs):
    log.info("second_factor_added", user_uuid=str(user.uuid), type=authenticator.type)
    if authenticator.type in {"totp", "webauthn"}:
        # The person has just shown a code or key in this session: asking again at once proves nothing more.
        record_authentication(request, user, method="mfa", type=str(authenticator.type), id=authenticator.pk)


def _factor_removed(sender, request, user, authenticator, **kwargs):
    log.info("second_factor_removed", user_uuid=str(user.uuid), type=authenticator.type)


def _factor_refused(sender, request, user, authenticator, **kwargs):
    log.warning("second_factor_refused", user_uuid=str(user.uuid), type=authenticator.type)

"""django-allauth's forms in our words and markup. What they do stays theirs."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal.forms import FormMixin, no_web_address


def length_hint(number):
    return gettext("At least %(number)d characters. Several words in a row are easy to remember.") % {
        "number": number
    }


class SignInMixin(FormMixin):
    """Our labels and hints, and no placeholders that vanish while typing."""

    labels = {}
    hints = {}

    def prepare(self, name):
        field = self.fields[name]
        field.widget.attrs.pop("placeholder", None)
        if name in self.labels:
            field.label = self.labels[name]
        field.help_text = self.hints.get(name, "")
        super().prepare(name)


class CodeMixin(SignInMixin):
    def prepare(self, name):
        if name == "code":
            self.fields[name].widget.attrs.update(
                {"inputmode": "numeric", "class": "govuk-input--width-10", "spellcheck": "false"}
            )
        super().prepare(name)


class NewPasswordMixin(SignInMixin):
    """One field is enough where the password can be shown; the length asked depends on the person."""

    labels = {"password1": _("New password"), "password": _("Password")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        is_staff = self.user is not None and self.user.is_portal_staff
        least = settings.STAFF_PASSWORD_LENGTH if is_staff else settings.PASSWORD_LENGTH
        self.fields["password1"].help_text = length_hint(least)


class LoginForm(SignInMixin, account.LoginForm):
    labels = {"login": _("Email address"), "password": _("Password")}


class SignupForm(SignInMixin, account.SignupForm):
    """A new account takes the language of the page it was made on."""

    labels = {"email": _("Email address"), "password1": _("Password")}
    hints = {
        "email": _("We send a code to this address."),
        "password1": lazy(length_hint, str)(settings.PASSWORD_LENGTH),
    }
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        validators=[no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def prepare(self, name):
        super().prepare(name)
        if name == settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD:
            # allauth hides its trap by a style attribute, which our policy forbids: the template hides it.
            self.fields[name].widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})

    def custom_signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.language = get_language()
        user.save(update_fields=["name", "language"])


class RequestLoginCodeForm(SignInMixin, account.RequestLoginCodeForm):
    labels = {"email": _("Email address")}


class ConfirmLoginCodeForm(CodeMixin, account.ConfirmLoginCodeForm):
    labels = {"code": _("Code from the email")}


class ConfirmEmailVerificationCodeForm(CodeMixin, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code from the email")}


class ConfirmPasswordResetCodeForm(CodeMixin, account.ConfirmPasswordResetCodeForm):
    labels = {"code": _("Code from the email")}


class ResetPasswordForm(SignInMixin, account.ResetPasswordForm):
    labels = {"email": _("Email address")}


class ResetPasswordKeyForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    labels = {**NewPasswordMixin.labels, "oldpassword": _("Current password")}


class SetPasswordForm(NewPasswordMixin, account.SetPasswordForm):
    pass


class ChangeEmailForm(SignInMixin, account.ChangeEmailForm):
    labels = {"email": _("New email address")}
    hints = {"email": _("We send a code to the new address, and a notice to the old one.")}


class AddEmailForm(SignInMixin, account.AddEmailForm):
    labels = {"email": _("New email address")}
    hints = {"email": _("We send a code to the new address, and a notice to the old one.")}


class ReauthenticateForm(SignInMixin, account.ReauthenticateForm):
    labels = {"password": _("Your password")}


class AuthenticateForm(CodeMixin, mfa.AuthenticateForm):
    labels = {"code": _("Code from your authenticator app")}
    hints = {"code": _("6 digits, or one of your recovery codes.")}


class MFAReauthenticateForm(CodeMixin, mfa.ReauthenticateForm):
    labels = {"code": _("Code from your authenticator app")}
    hints = {"code": _("6 digits, or one of your recovery codes.")}


class ActivateTOTPForm(CodeMixin, totp.ActivateTOTPForm):
    labels = {"code": _("Code that the app shows now")}


class DeactivateTOTPForm(SignInMixin, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(SignInMixin, recovery.GenerateRecoveryCodesForm):
    pass


class AddWebAuthnForm(SignInMixin, webauthn.AddWebAuthnForm):
    labels = {
        "name": _("Name of the passkey"),
        "passwordless": _("Sign in with this passkey alone, without a password"),
    }
    hints = {"name": _("A name by which you will know it again, such as “office laptop”.")}


class EditWebAuthnForm(SignInMixin, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of the passkey")}


class AuthenticateWebAuthnForm(SignInMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(SignInMixin, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(SignInMixin, webauthn.ReauthenticateWebAuthnForm):
    pass

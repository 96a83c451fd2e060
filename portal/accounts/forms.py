from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import portal.forms
from portal.accounts import identifiers, telephones
from portal.accounts.companies import IDENTITY_FIELDS, PROFILE_FIELDS
from portal.accounts.models import Membership, Provider, User

INVITED_ROLES = [
    (role.value, role.label) for role in (Membership.Role.SUBMIT, Membership.Role.EDIT, Membership.Role.VIEW)
]


class CompanyForm(portal.forms.ModelForm):
    """The profile of a company, with registration numbers and telephone checked and made uniform."""

    telephone_country = forms.ChoiceField(
        label=_("Country or region of the telephone number"),
        choices=telephones.Country.choices,
        required=False,
        initial=telephones.Country.HONG_KONG,
    )

    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )

    class Meta:
        model = Provider
        fields = PROFILE_FIELDS
        field_classes = {"hk_registration_expires": portal.forms.DateField}
        help_texts = {
            "name_en": _("Give the name in at least one language, as on the certificate or licence."),
            "hk_registration": _(
                "The first 8 digits of the number on the business registration certificate."
            ),
            "mainland_registration": _("18 digits and letters, as on the Mainland business licence."),
        }
        widgets = {
            "hk_registration": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "mainland_registration": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "telephone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "name_en": forms.TextInput(attrs={"autocomplete": "organization"}),
        }

    field_order = [
        "name_en",
        "name_zh_hant",
        "name_zh_hans",
        "hk_registration",
        "hk_registration_expires",
        "mainland_registration",
        "address",
        "telephone_country",
        "telephone",
        "website",
        "year_founded",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # People paste numbers with spaces, dashes and the whole certificate number: length is checked after.
        for name in ("hk_registration", "mainland_registration", "telephone"):
            self.fields[name].max_length = None
            self.fields[name].validators = []
            self.fields[name].widget.attrs.pop("maxlength", None)
        for name in ("name_en", "name_zh_hant", "name_zh_hans"):
            self.fields[name].validators.append(portal.forms.no_web_address)

    def clean_hk_registration(self):
        text = self.cleaned_data["hk_registration"].strip()
        return identifiers.hk_registration(text) if text else ""

    def clean_mainland_registration(self):
        text = self.cleaned_data["mainland_registration"].strip()
        return identifiers.mainland_registration(text) if text else ""

    def clean(self):
        cleaned = super().clean()
        self._check_telephone(cleaned)
        if not any(cleaned.get(name) for name in ("name_en", "name_zh_hant", "name_zh_hans")):
            self.add_error("name_en", _("Enter the company's name in at least one language."))
        numbers = ("hk_registration", "mainland_registration")
        if not any(cleaned.get(name) or name in self.errors for name in numbers):
            self.add_error(
                "hk_registration",
                _(
                    "Enter the Hong Kong business registration number, "
                    "the unified social credit code, or both."
                ),
            )
        return cleaned

    def _check_telephone(self, cleaned):
        if text := (cleaned.get("telephone") or "").strip():
            try:
                cleaned["telephone"] = telephones.parse(text, cleaned.get("telephone_country") or "")
            except ValidationError as problem:
                self.add_error("telephone", problem)

    def _get_validation_exclusions(self):
        # Whether another company holds the number is nobody's business: companies.py deals with it.
        return super()._get_validation_exclusions() | IDENTITY_FIELDS

    def validate_constraints(self):
        pass

    @property
    def profile(self):
        return {name: self.cleaned_data[name] for name in PROFILE_FIELDS}


class InviteForm(portal.forms.Form):
    email = forms.EmailField(label=_("Email address of your colleague"), max_length=254)
    role = forms.ChoiceField(
        label=_("What your colleague may do"), choices=INVITED_ROLES, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class RoleForm(portal.forms.Form):
    role = forms.ChoiceField(
        label=_("What this person may do"), choices=INVITED_ROLES, widget=forms.RadioSelect
    )


class DetailsForm(portal.forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(portal.forms.no_web_address)


class NewAccountForm(portal.forms.Form):
    """Name and password of an invited person; the address is the invitation's and cannot be changed."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        validators=[portal.forms.no_web_address],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        least = settings.STAFF_PASSWORD_LENGTH if invitation.staff_roles else settings.PASSWORD_LENGTH
        self.least = least
        self.fields["password"].help_text = _(
            "At least %(number)d characters. Several words in a row are easy to remember."
        ) % {"number": least}

    def clean(self):
        cleaned = super().clean()
        password = cleaned.get("password")
        if password:
            person = User(email=self.invitation.email, name=cleaned.get("name", ""))
            try:
                validate_password(password, person, password_validators=None)
                if len(password) < self.least:
                    raise ValidationError(self.fields["password"].help_text)
            except ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class EraseForm(portal.forms.Form):
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Tick the box to erase your account.")},
    )

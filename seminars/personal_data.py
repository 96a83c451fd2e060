"""Sign-ups need no account: they are a person's where their address is one that the person has proved."""

from django.utils.translation import gettext_lazy as _

from portal.accounts import personal_data
from seminars.companies import fold_email
from seminars.models import SignUp

FIELDS = (
    *(
        "name",
        "company",
        "company_type",
        "email",
        "phone",
        "question",
        "answers",
        "language",
        "promotion_consent",
    ),
    *("state", "created_at", "consented_at", "statement_version", "attended_at", "anonymise_on"),
)


def register() -> None:
    personal_data.register(personal_data.Part("seminars", _("Your sign-ups for seminars"), _sign_ups))


def _sign_ups(user):
    keys = [fold_email(email) for email in personal_data.addresses_of(user)]
    for sign_up in SignUp.objects.filter(email_key__in=keys).select_related("seminar"):
        yield {"seminar": sign_up.seminar.title_en, **{name: getattr(sign_up, name) for name in FIELDS}}

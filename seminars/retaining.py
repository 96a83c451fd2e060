"""Sign-ups lose what names a person on their date; company, state and attendance stay for the figures."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import retention
from portal.files import making
from seminars import certificates
from seminars.models import AttendanceSheet, Letter, SignUp
from seminars.models.sign_up import new_link_salt

LETTERS_KEPT_FOR = timedelta(days=2 * 365)


def register() -> None:
    retention.register(
        retention.Rule(
            "seminars.sign_ups",
            _("until the date set with the seminar"),
            lambda now: SignUp.objects.filter(anonymise_on__lte=timezone.localdate(now)).exclude(email=""),
            "created_at",
            _anonymise,
        )
    )
    retention.register(
        retention.Rule(
            "seminars.attendance_sheets",
            _("7 days after the sheet was ordered"),
            lambda now: AttendanceSheet.objects.filter(expires_at__lt=now),
            "ordered_at",
            making.forget,
        )
    )
    retention.register(
        retention.Rule(
            "seminars.letters",
            _("two years after they were written"),
            lambda now: Letter.objects.filter(made_at__lt=now - LETTERS_KEPT_FOR),
            "made_at",
            lambda letter: letter.delete()[0],
        )
    )


@transaction.atomic
def _anonymise(sign_up):
    """Take away what names the person, and what proves something of one. Old links stop working.

    No seat changes.
    """
    certificates.withdraw(sign_up)
    changes = {
        "name": "",
        "folded_name": "",
        "email": "",
        "new_email": "",
        "phone": "",
        "question": "",
        "answers": {},
        "link_salt": new_link_salt(),
    }
    # The key stays unique among the live ones of a seminar.
    changes["email_key"] = f"erased-{sign_up.uuid}"
    return SignUp.objects.filter(pk=sign_up.pk).exclude(email="").update(**changes)

"""Seminars by invitation: which code was brought, and whether it may be used once more."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from portal.forms.text import fold_code
from seminars.models import InvitationCode, Seminar, SignUp
from seminars.seats.refusals import NotInvited


def invited_by(seminar: Seminar, typed: str, before: Iterable[SignUp] = ()) -> InvitationCode | None:
    """The code that lets this person in; None where no invitation is needed. Under the seminar's lock.

    `before`: who enters by the same transaction and is no row yet. Asked before the address is looked up, so
    that no answer tells whether it is signed up. Raises NotInvited.
    """
    if not seminar.by_invitation:
        return None
    code = seminar.invitation_codes.filter(code=fold_code(typed)).first() if typed.strip() else None
    if code is None:
        raise NotInvited(_("This seminar is by invitation. Enter the code as it stands in your invitation."))
    used = 0 if code.uses is None else code.sign_ups.live().count()
    used += sum(each.invitation_code_id == code.pk for each in before)
    if code.uses is not None and used >= code.uses:
        raise NotInvited(_("This invitation code has been used as often as it may be. Please ask us."))
    return code

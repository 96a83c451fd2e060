"""The kinds of mail of this package: whether each is still due, and its links, asked when it is sent."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal.accounts import invitations
from portal.accounts.models import Invitation, RegistrationClaim
from portal.mail import kinds


def register():
    for code in ("company_registered", "membership_role_changed", "membership_handed_over"):
        kinds.register(kinds.Kind(code, links=_company_link))
    kinds.register(kinds.Kind("membership_removed"))
    kinds.register(kinds.Kind("registration_claim_claimant", still_due=_claim_is_open))
    kinds.register(kinds.Kind("registration_claim_secretariat", still_due=_claim_is_open))
    kinds.register(kinds.Kind("registration_claim_owner", still_due=_claim_is_open, links=_company_link))
    for code in ("company_invitation", "staff_invitation"):
        kinds.register(
            kinds.Kind(code, still_due=_invitation_is_open, links=_invitation_link, secret=True, priority=10)
        )


def _company_link(message):
    return {"company_link": _address(message, "accounts:company")}


def _invitation_link(message):
    invitation = Invitation.objects.get(uuid=message.about)
    return {"invitation_link": _address(message, "accounts:join", invitations.token_of(invitation))}


def _invitation_is_open(message):
    invitation = Invitation.objects.filter(uuid=message.about).first()
    return invitation is not None and invitations.is_open(invitation)


def _claim_is_open(message):
    return RegistrationClaim.objects.filter(uuid=message.about, state=RegistrationClaim.State.OPEN).exists()


def _address(message, name, *args):
    with translation.override(message.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)

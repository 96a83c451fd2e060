"""The kinds of mail of this package: whether each is still due, and its links, asked when it is sent."""

from django.utils.translation import gettext as _

from portal import addresses
from portal.accounts import claims, data_copies, invitations
from portal.accounts.models import Invitation, RegistrationClaim, User
from portal.mail import kinds


def register():
    for code in ("company.registered", "member.role_changed", "member.handed_over", "member.account_ended"):
        kinds.register(kinds.Kind(code, links=_company_link))
    for code in ("member.left", "member.gave_over"):
        kinds.register(kinds.Kind(code, links=_company_link_and_colleague))
    kinds.register(kinds.Kind("member.removed"))
    # Of kind secret, so that its text goes when it is sent: nobody is left to whom it could belong.
    kinds.register(kinds.Kind("account.erased", secret=True, priority=20))
    kinds.register(kinds.Kind("registration_claim.claimant", still_due=_claim_is_open))
    kinds.register(kinds.Kind("registration_claim.secretariat", still_due=_claim_is_open))
    kinds.register(kinds.Kind("registration_claim.owner", still_due=_claim_is_open, links=_company_link))
    for outcome in claims.SETTLED:
        for side in ("claimant", "owner"):
            kinds.register(kinds.Kind(f"registration_claim.{outcome}_{side}", links=_company_link))
    kinds.register(kinds.Kind(data_copies.READY_MAIL, still_due=data_copies.is_waiting, links=_own_data_link))
    for code in ("invitation.company", "invitation.staff"):
        kinds.register(
            kinds.Kind(code, still_due=_invitation_is_open, links=_invitation_link, secret=True, priority=10)
        )


def _company_link(message):
    return {"company_link": addresses.page_in(message.language, "accounts:company")}


def _company_link_and_colleague(message):
    """The row holds no name: it would outlive the account of the person."""
    person = User.objects.filter(uuid=message.key.rpartition(":")[2]).first()
    return {"colleague": person.name if person else _("A former colleague"), **_company_link(message)}


def _own_data_link(message):
    return {"own_data_link": addresses.page_in(message.language, "accounts:own_data")}


def _invitation_link(message):
    invitation = Invitation.objects.get(uuid=message.about)
    return {
        "invitation_link": addresses.page_in(
            message.language, "accounts:join", invitations.token_of(invitation)
        )
    }


def _invitation_is_open(message):
    invitation = Invitation.objects.filter(uuid=message.about).first()
    return invitation is not None and invitations.is_open(invitation)


def _claim_is_open(message):
    return RegistrationClaim.objects.filter(uuid=message.about, state=RegistrationClaim.State.OPEN).exists()

"""Settling a second claim to a registration number. Nobody is named to anybody.

The number stays with its company; what an officer decides is who acts for that company: the claimant joins
it, becomes its owner, or neither.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import companies
from portal.accounts.companies import CompanyError
from portal.accounts.models import Membership, Provider, RegistrationClaim, User
from portal.audit import trail
from portal.mail import outbox

State = RegistrationClaim.State
SETTLED = (State.JOINED, State.GIVEN, State.REFUSED)


@transaction.atomic
def settle(
    claim: RegistrationClaim, outcome: State, *, officer: User, note: str, keep_owner: bool = True
) -> None:
    """Settle an open claim and tell both sides by mail. `keep_owner` counts where the company is given.

    Raises CompanyError where it was settled meanwhile or the claimant belongs to another company by now.
    """
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.provider_id)
    row = RegistrationClaim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.pk)
    if row.state == outcome:
        return
    if row.state != State.OPEN:
        raise CompanyError(
            _("This claim was settled meanwhile: %(state)s.") % {"state": row.get_state_display()}
        )
    claimant, owner = row.claimant, _owner_of(provider)
    if outcome == State.JOINED:
        companies.add_member(provider, claimant, Membership.Role.EDIT, by=officer)
    elif outcome == State.GIVEN:
        companies.give_to(provider, claimant, keep_owner=keep_owner, by=officer)
    row.state, row.note = outcome, note
    row.settled_by, row.settled_at = officer, timezone.now()
    row.save(update_fields=["state", "note", "settled_by", "settled_at"])
    trail.record(
        "registration.claim_settled",
        obj_kind="claim",
        obj_uuid=row.uuid,
        actor=officer,
        from_state=State.OPEN,
        to_state=outcome,
    )
    _tell("claimant", claimant, row, provider)
    if owner and owner != claimant:
        _tell("owner", owner, row, provider, stays=keep_owner)


def _owner_of(provider):
    owner = provider.memberships.select_related("user").filter(role=Membership.Role.OWNER).first()
    return owner.user if owner else None


def _tell(side, person, claim, provider, **more):
    outbox.put(
        f"registration_claim.{claim.state}_{side}",
        key=f"registration-claim:{claim.uuid}:{claim.state}:{side}",
        to=person.email,
        language=person.language,
        template=f"accounts/emails/registration_claim_{claim.state}_{side}",
        context={"person": person, "provider": provider, "entered": entered_name(claim), **more},
        about=claim.uuid,
    )


def entered_name(claim: RegistrationClaim) -> str:
    """The company's name as the claimant typed it; the claimant may read that in a mail."""
    return next((claim.details[name] for name in companies.NAMES if claim.details.get(name)), "")

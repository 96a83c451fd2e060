"""The end of an account: what names the person goes; what the company handed in stays the company's."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts import personal_data
from portal.accounts.models import Invitation, Membership, User
from portal.audit import trail
from portal.mail import outbox, retaining


class CannotErase(ValidationError):
    """Something must be done first; the message says what."""


def obstacle(user: User) -> str:
    """What keeps the person from erasing the account, as a sentence; empty where nothing does."""
    if user.is_portal_staff:
        return _("Accounts of staff are closed by an administrator. Write to the Secretariat.")
    if user.memberships.filter(role=Membership.Role.OWNER).exists():
        return _(
            "You are the owner of your company. Hand the company over to a colleague first, or write to the "
            "Secretariat if there is nobody else."
        )
    return ""


@transaction.atomic
def erase(user: User, *, by: User | None) -> None:
    """Delete the account, with a last mail; `by` is the person, or None for an operator, who may erase staff.

    Raises CannotErase. The events of the past keep the person's uuid, which then names nobody.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    problem = obstacle(user)
    is_owner = user.memberships.filter(role=Membership.Role.OWNER).exists()
    if problem and (by is not None or is_owner):
        raise CannotErase(problem)
    addresses = {user.email, *personal_data.addresses_of(user)}
    for part in personal_data.parts():
        part.forget(user)
    retaining.forget_addresses(addresses)
    Invitation.objects.filter(email__in=addresses).delete()
    outbox.put(
        "account.erased",
        key=f"account-erased:{user.uuid}",
        to=user.email,
        language=user.language,
        template="accounts/emails/account_erased",
        context={"person": user},
    )
    trail.record("account.erased", obj_kind="user", obj_uuid=user.uuid, actor=by)
    user.delete()

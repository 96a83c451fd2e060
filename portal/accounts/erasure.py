"""The end of an account: what names the person goes; what the company handed in stays the company's."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from portal.accounts import companies, departing, personal_data
from portal.accounts.departing import Obstacle
from portal.accounts.models import Invitation, Provider, User
from portal.audit import trail
from portal.files import making
from portal.mail import outbox, retaining


class CannotErase(ValidationError):
    """Something must be done first; the message says what."""


class Reason(models.TextChoices):
    """Why somebody else erases an account. A code: the log names no person and quotes nobody."""

    REQUEST = "request", pgettext_lazy("reason to erase an account", "The person asked for it")
    LEFT = "left", pgettext_lazy("reason to erase an account", "The person has left the programme")
    UNUSED = "unused", pgettext_lazy("reason to erase an account", "Made by mistake, or never used")
    ORDER = "order", pgettext_lazy("reason to erase an account", "An authority or a court ordered it")


def obstacle(user: User) -> Obstacle | None:
    """What keeps the person from erasing the own account, with the pages where that can be settled."""
    if user.is_portal_staff:
        return Obstacle(_("Accounts of staff are closed by an administrator. Write to the Secretariat."))
    owner = departing.owned_by(user)
    return departing.obstacle(owner) if owner else None


def obstacle_for(user: User, *, by: User | None) -> Obstacle | None:
    """What keeps a superuser, or an operator, from erasing the account of somebody else."""
    if by and user.pk == by.pk:
        return Obstacle(_("Nobody erases the account that they are signed in with. Ask another superuser."))
    owner = departing.owned_by(user)
    if owner and departing.obstacle(owner):
        return Obstacle(
            _(
                "This person is the owner of a company. The company must be handed over to a colleague "
                "first: a company without an owner could not act any more."
            )
        )
    return None


@transaction.atomic
def erase(user: User, *, by: User | None, reason: str = "") -> None:
    """Delete the account, with a last mail, and the company if nobody else belongs to it.

    `by` is the person, a superuser (with a Reason), or None for an operator; the two last may erase staff.
    Raises CannotErase. The events of the past keep the person's uuid, which then names nobody.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    owner = departing.owned_by(user)
    if owner:
        # Nobody joins and nothing is begun while it is decided whether the company goes, too.
        Provider.objects.select_for_update(of=("self",)).get(pk=owner.provider_id)
    _demand_erasable(user, by, reason)
    if owner:
        companies.end(owner, by=by)
    companies.let_go(user, by=by)
    addresses = {user.email, *personal_data.addresses_of(user)}
    for part in personal_data.parts():
        part.forget(user)
    for copy in user.data_copies.select_related("file"):
        making.forget(copy)
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
    changed = [f"reason:{Reason(reason).value}"] if reason else []
    trail.record("account.erased", obj_kind="user", obj_uuid=user.uuid, actor=by, changed=changed)
    user.delete()


def _demand_erasable(user, by, reason):
    is_own = by is not None and by.pk == user.pk
    if by and not is_own and not (by.is_superuser and reason in Reason.values):
        raise PermissionDenied
    problem = obstacle(user) if is_own else obstacle_for(user, by=by)
    if problem:
        raise CannotErase(problem.sentence)

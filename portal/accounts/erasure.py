"""The end of an account: what names the person goes; what the company handed in stays the company's."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from portal.accounts import data_copies, personal_data
from portal.accounts.models import Invitation, Membership, User
from portal.audit import trail
from portal.mail import outbox, retaining


class CannotErase(ValidationError):
    """Something must be done first; the message says what."""


class Reason(models.TextChoices):
    """Why somebody else erases an account. A code: the log names no person and quotes nobody."""

    REQUEST = "request", pgettext_lazy("reason to erase an account", "The person asked for it")
    LEFT = "left", pgettext_lazy("reason to erase an account", "The person has left the programme")
    UNUSED = "unused", pgettext_lazy("reason to erase an account", "Made by mistake, or never used")
    ORDER = "order", pgettext_lazy("reason to erase an account", "An authority or a court ordered it")


def obstacle(user: User) -> str:
    """What keeps the person from erasing the account, as a sentence; empty where nothing does."""
    if user.is_portal_staff:
        return _("Accounts of staff are closed by an administrator. Write to the Secretariat.")
    if _is_owner(user):
        return _(
            "You are the owner of your company. Hand the company over to a colleague first, or write to the "
            "Secretariat if there is nobody else."
        )
    return ""


def obstacle_for(user: User, *, by: User) -> str:
    """What keeps a superuser from erasing the account of somebody else."""
    if user.pk == by.pk:
        return _("Nobody erases the account that they are signed in with. Ask another superuser.")
    if _is_owner(user):
        return _(
            "This person is the owner of a company. The company must be handed over to a colleague first: "
            "a company without an owner could not act any more."
        )
    return ""


def _is_owner(user):
    return user.memberships.filter(role=Membership.Role.OWNER).exists()


@transaction.atomic
def erase(user: User, *, by: User | None, reason: str = "") -> None:
    """Delete the account, with a last mail.

    `by` is the person, a superuser (with a Reason), or None for an operator; the two last may erase staff.
    Raises CannotErase. The events of the past keep the person's uuid, which then names nobody.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _demand_erasable(user, by, reason)
    addresses = {user.email, *personal_data.addresses_of(user)}
    for part in personal_data.parts():
        part.forget(user)
    for copy in user.data_copies.select_related("file"):
        data_copies.forget(copy)
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
    if by is not None and by.pk != user.pk:
        if not by.is_superuser or reason not in Reason.values:
            raise PermissionDenied
        problem = obstacle_for(user, by=by)
    else:
        problem = obstacle(user) if by is not None or _is_owner(user) else ""
    if problem:
        raise CannotErase(problem)

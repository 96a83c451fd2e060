"""The only writer of Invitation: single-use links bound to one address, into a company or into the staff."""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.accounts import companies, people, roles
from portal.accounts.models import Invitation, Membership, Role, User
from portal.audit import trail
from portal.mail import outbox

VALID_FOR = timedelta(days=7)


class InvitationError(ValidationError):
    """The invitation cannot be made or used; the message is fit for the user."""


@transaction.atomic
def invite_colleague(membership: Membership, *, email: str, role: str, language: str) -> Invitation:
    """Invite into the company; an open invitation of the same address is replaced."""
    role = Membership.Role(role)
    if role == Membership.Role.OWNER:
        raise InvitationError(_("A company has one owner. Use “hand over” to make somebody else the owner."))
    open_for(membership.provider).filter(email__iexact=email).update(revoked_at=timezone.now())
    invitation = _make(
        email, language, by=membership.user, provider=membership.provider, membership_role=role
    )
    trail.record(
        "member.invited",
        obj_kind="provider",
        obj_uuid=membership.provider.uuid,
        actor=membership.user,
        to_state=role,
    )
    return invitation


@transaction.atomic
def invite_staff(email: str, *, staff_roles: list[str], language: str = "en", by: User | None) -> Invitation:
    codes = [str(Role(code)) for code in staff_roles]
    invitation = _make(email, language, by=by, staff_roles=codes)
    trail.record("staff.invited", obj_kind="invitation", obj_uuid=invitation.uuid, actor=by)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    trail.record("invitation.revoked", obj_kind="invitation", obj_uuid=invitation.uuid, actor=by)


@transaction.atomic
def accept(invitation: Invitation, user: User) -> None:
    """Use the invitation up. Raises InvitationError where it is used, expired, or meant for somebody else."""
    locked = Invitation.objects.select_for_update(of=("self",), no_key=True)
    invitation = locked.select_related("provider", "invited_by").get(pk=invitation.pk)
    if not is_open(invitation):
        raise InvitationError(_("This invitation was used already or is too old. Ask for a new one."))
    if invitation.email.lower() != user.email.lower():
        raise InvitationError(_("This invitation is for another email address."))
    if invitation.provider:
        companies.add_member(invitation.provider, user, invitation.membership_role, by=invitation.invited_by)
    for code in invitation.staff_roles:
        roles.grant(user, code, by=invitation.invited_by)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    trail.record("invitation.accepted", obj_kind="invitation", obj_uuid=invitation.uuid, actor=user)


def accept_with_new_account(invitation: Invitation, *, name: str, password: str, language: str) -> User:
    """Make the account and use the invitation up, or neither: the link proves the address."""
    try:
        with transaction.atomic():
            user = people.create_verified(invitation.email, name=name, password=password, language=language)
            accept(invitation, user)
    except IntegrityError:
        raise InvitationError(_("You have an account already. Sign in, then open the link again.")) from None
    return user


def find(token: str) -> Invitation | None:
    found = Invitation.objects.select_related("provider", "invited_by").filter(token_hash=_hash(token))
    return found.first()


def is_open(invitation: Invitation) -> bool:
    is_unused = invitation.accepted_at is None and invitation.revoked_at is None
    return is_unused and timezone.now() < invitation.expires_at


def open_for(provider):
    return Invitation.objects.filter(
        provider=provider, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )


def token_of(invitation: Invitation) -> str:
    """The secret of the link, made from the secret key whenever it is needed and stored nowhere."""
    return salted_hmac("portal.accounts.invitation", str(invitation.uuid), algorithm="sha256").hexdigest()


def _make(email, language, *, by, **fields):
    invitation = Invitation(
        email=email.lower(),
        language=language,
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
        **fields,
    )
    invitation.token_hash = _hash(token_of(invitation))
    invitation.save()
    audience = "company" if invitation.provider_id else "staff"
    outbox.put(
        f"invitation.{audience}",
        key=f"invitation:{invitation.uuid}",
        to=invitation.email,
        language=language,
        template=f"accounts/emails/{audience}_invitation",
        context={"invitation": invitation},
        about=invitation.uuid,
        expires_at=invitation.expires_at,
    )
    return invitation


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()

"""Who may do what, as plain answers. Views and templates ask the same functions."""

from functools import wraps
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404

from portal.accounts.models import Membership, Role

# Who has business in Wagtail's admin.
ADMIN_ROLES = frozenset({Role.EDITOR, Role.ORGANISER, Role.OFFICER})
SECOND_FACTORS = ["totp", "webauthn"]


def has_role(user, *roles: str) -> bool:
    """Whether the person holds one of the roles; a superuser holds them all."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or bool(user.role_codes.intersection(roles))


def is_staff_member(user) -> bool:
    return user.is_authenticated and user.is_active and user.is_portal_staff


def can_enter_admin(user) -> bool:
    return has_role(user, *ADMIN_ROLES)


def has_second_factor(user) -> bool:
    return is_mfa_enabled(user, SECOND_FACTORS)


def passed_second_factor(request) -> bool:
    """Whether this session was opened with, or later confirmed by, a second factor or a passkey."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def require_role(*roles: str):
    """Guard a staff view: sign-in for strangers, 403 for people without one of the roles."""

    def decorate(view):
        @wraps(view)
        @login_required
        def guarded(request, *args, **kwargs):
            if not has_role(request.user, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def membership_of(user) -> Membership | None:
    """The person's company and role in it; a person belongs to one company at most."""
    if not user.is_authenticated:
        return None
    return user.memberships.select_related("provider").order_by("pk").first()


def get_membership(user, provider_uuid: UUID) -> Membership:
    """The person's role in this company. Raises Http404 for everyone who does not belong to it."""
    memberships = Membership.objects.select_related("provider", "user")
    membership = memberships.filter(user_id=user.pk, provider__uuid=provider_uuid).first()
    if membership is None:
        raise Http404
    return membership


def can_manage_company(membership: Membership) -> bool:
    """Change the profile, invite, remove, hand over."""
    return membership.role == Membership.Role.OWNER

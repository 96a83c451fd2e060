"""The only writer of StaffRole. Wagtail's permissions hang on groups that are named by the role's code."""

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.models import Role, StaffRole, User
from portal.accounts.people import end_sessions
from portal.audit import trail


@transaction.atomic
def grant(user: User, role: str, *, by: User | None) -> None:
    """Give a staff role; `by` is None for the portal itself. Granting twice changes nothing."""
    role = Role(role)
    _, is_new = StaffRole.objects.get_or_create(user=user, role=role, defaults={"granted_by": by})
    if not is_new:
        return
    user.groups.add(Group.objects.get(name=role))
    _forget(user)
    trail.record("role.granted", obj_kind="user", obj_uuid=user.uuid, actor=by, to_state=role)


@transaction.atomic
def revoke(user: User, role: str, *, by: User | None) -> None:
    """Take a staff role away and sign the person out everywhere. A role not held changes nothing."""
    role = Role(role)
    deleted, _ = StaffRole.objects.filter(user=user, role=role).delete()
    if not deleted:
        return
    user.groups.remove(Group.objects.get(name=role))
    end_sessions(user)
    _forget(user)
    trail.record("role.revoked", obj_kind="user", obj_uuid=user.uuid, actor=by, from_state=role)


@transaction.atomic
def deactivate(user: User, *, by: User | None) -> None:
    """Close the account of somebody who leaves: no roles, no sessions, no sign-in."""
    for code in list(user.staff_roles.values_list("role", flat=True)):
        revoke(user, code, by=by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    trail.record("account.closed", obj_kind="user", obj_uuid=user.uuid, actor=by)


def _forget(user):
    user.__dict__.pop("_role_codes", None)

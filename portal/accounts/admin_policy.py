"""Who works on our own rows in Wagtail's admin."""

from django.contrib.auth import get_user_model
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.accounts.models import Role
from portal.accounts.permissions import has_role

ALLOWED = frozenset({"add", "change", "view"})


class RolePolicy(BasePermissionPolicy):
    """People of these roles, and superusers, make and change the rows of a model. Nobody deletes one."""

    def __init__(self, model, *roles: Role, allowed: frozenset[str] = ALLOWED):
        super().__init__(model)
        self.roles, self.allowed = roles, allowed

    def user_has_permission(self, user, action):
        return action in self.allowed and has_role(user, *self.roles)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions):
        people = get_user_model().objects.filter(is_active=True)
        if not self.allowed & set(actions):
            return people.none()
        by_role = people.filter(staff_roles__role__in=self.roles)
        return (by_role | people.filter(is_superuser=True)).distinct()

"""What an owner settles before the own account can be erased: no company with anything in it is left alone.

A company that nobody else belongs to goes with its owner, unless an app keeps something for it. Apps register
what they keep in ready().
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Provider, User


class Way(NamedTuple):
    """A page on which the obstacle can be put out of the way."""

    label: str
    url: str


@dataclass(frozen=True)
class Obstacle:
    sentence: str
    ways: tuple[Way, ...] = ()

    def __str__(self):
        return self.sentence


_keepers: list[Callable[[Provider], Obstacle | None]] = []


def register(keeper: Callable[[Provider], Obstacle | None]) -> None:
    _keepers.append(keeper)


def owned_by(user: User) -> Membership | None:
    return user.memberships.select_related("provider").filter(role=Membership.Role.OWNER).first()


def obstacle(owner: Membership) -> Obstacle | None:
    """What keeps the owner in the company, in the owner's own words; None where the company may go, too."""
    colleagues = owner.provider.memberships.exclude(pk=owner.pk).select_related("user").order_by("joined_at")
    if found := tuple(_hand_over_to(each.user) for each in colleagues):
        return Obstacle(
            _("You are the owner of your company. Hand the company over to a colleague first."), found
        )
    return next(filter(None, (keeper(owner.provider) for keeper in _keepers)), None)


def invite() -> Way:
    return Way(_("Invite a colleague"), reverse("accounts:member_invite"))


def _hand_over_to(user):
    return Way(
        _("Hand the company over to %(name)s") % {"name": user},
        reverse("accounts:hand_over", args=[user.uuid]),
    )

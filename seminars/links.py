"""Signed addresses of people's own pages: bound to one sign-up, worthless once its salt is replaced."""

import re
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from portal import addresses
from seminars.models import DoorLink, SignUp

CHECK_IN = re.compile(
    r"/arrive/(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?P<token>[0-9a-f]{1,64})/?"
)


def token_for(sign_up: SignUp) -> str:
    return _token("seminars.status", sign_up.uuid, sign_up.link_salt)


def check_in_token(sign_up: SignUp) -> str:
    """What the code shown at the door carries: it opens nothing of the person's own page."""
    return _token("seminars.check_in", sign_up.uuid, sign_up.link_salt)[:24]


def door_token(door: DoorLink) -> str:
    return _token("seminars.door", door.uuid, door.salt)


def _token(purpose, uuid, salt):
    return salted_hmac(purpose, f"{uuid}:{salt}", algorithm="sha256").hexdigest()[:40]


def find(uuid: UUID, token: str) -> SignUp | None:
    """The sign-up that the link opens, with its seminar and option; None for any wrong or revoked link."""
    sign_up = SignUp.objects.select_related("seminar", "option").filter(uuid=uuid).first()
    if sign_up is None or not constant_time_compare(token_for(sign_up), token):
        return None
    return sign_up


def new_address_token(sign_up: SignUp) -> str:
    """The key of the link that goes to a new address: worthless for another address, and once used."""
    return salted_hmac(
        "seminars.new_address",
        f"{sign_up.uuid}:{sign_up.link_salt}:{sign_up.new_email}",
        algorithm="sha256",
    ).hexdigest()[:40]


def find_by_new_address(uuid: UUID, token: str) -> SignUp | None:
    sign_up = (
        SignUp.objects.select_related("seminar", "option").filter(uuid=uuid).exclude(new_email="").first()
    )
    if sign_up is None or not constant_time_compare(new_address_token(sign_up), token):
        return None
    return sign_up


def new_address_link(sign_up: SignUp) -> str:
    with translation.override(sign_up.language):
        keys = {"uuid": sign_up.uuid, "token": new_address_token(sign_up)}
        return addresses.whole(reverse("seminars:new_address", kwargs=keys))


def path_to(sign_up: SignUp, name: str = "status") -> str:
    return reverse(f"seminars:{name}", kwargs={"uuid": sign_up.uuid, "token": token_for(sign_up)})


def address_of(sign_up: SignUp, name: str = "status") -> str:
    """The absolute address of one of the person's own pages, in the language of the sign-up."""
    with translation.override(sign_up.language):
        return addresses.whole(path_to(sign_up, name))


def sign_up_form(sign_up: SignUp) -> str:
    """Where somebody signs up again, in the language of the sign-up. It is no secret."""
    with translation.override(sign_up.language):
        return addresses.whole(reverse("seminars:sign_up", kwargs={"uuid": sign_up.seminar.uuid}))


def find_by_check_in(uuid: UUID, token: str) -> SignUp | None:
    sign_up = SignUp.objects.select_related("seminar", "option").filter(uuid=uuid).first()
    if sign_up is None or not constant_time_compare(check_in_token(sign_up), token):
        return None
    return sign_up


def check_in_address(sign_up: SignUp) -> str:
    path = reverse("seminars:arrive", kwargs={"uuid": sign_up.uuid, "token": check_in_token(sign_up)})
    return addresses.whole(path)


def read_check_in_address(text: str) -> str | None:
    """The path of a scanned code, from an address that somebody typed or copied; None for any other text."""
    found = CHECK_IN.search(text)
    return reverse("seminars:arrive", kwargs=found.groupdict()) if found else None


def find_door(uuid: UUID, token: str) -> DoorLink | None:
    """The door that the link opens, unless it is revoked; whether it is the day is for the page to say."""
    door = DoorLink.objects.select_related("option__seminar").filter(uuid=uuid, revoked_at=None).first()
    if door is None or not constant_time_compare(door_token(door), token):
        return None
    return door


def path_to_door(door: DoorLink) -> str:
    return reverse("seminars:door", kwargs={"uuid": door.uuid, "token": door_token(door)})

"""What people are told by mail: one outbox row for each change of one sign-up.

seminars.notice_kinds says when each is still due.
"""

from datetime import datetime, timedelta

from django.utils import translation

from portal.mail import outbox
from portal.texts import localized
from seminars import calendars, links, reminding
from seminars.models import SignUp


def confirmed(sign_up: SignUp) -> None:
    _put("confirmed", sign_up)
    reminding.link_at_once(sign_up)


def promoted(sign_up: SignUp) -> None:
    _put("promoted", sign_up)
    reminding.link_at_once(sign_up)


def waiting(sign_up: SignUp) -> None:
    _put("waiting", sign_up)


def no_place(sign_up: SignUp) -> None:
    _put("no_place", sign_up)


def cancelled(sign_up: SignUp) -> None:
    _put("cancelled", sign_up)


def offer_expired(sign_up: SignUp) -> None:
    _put("offer_expired", sign_up)


def offered(sign_up: SignUp) -> None:
    _put("offered", sign_up)


def moved(sign_up: SignUp) -> None:
    _put("moved", sign_up)


def confirm_address(sign_up: SignUp, *, again_at: datetime | None = None) -> None:
    """The link that proves the address; sent again at most once an hour."""
    key = f"signup.confirm_address:{sign_up.uuid}:{again_at:%Y%m%d%H}" if again_at else None
    _put("confirm_address", sign_up, key=key)


def own_link(sign_up: SignUp, *, at: datetime) -> None:
    """The link to the own page once more; at most once an hour to one address."""
    # Also after the end: materials and certificate stand on that page.
    _put(
        "own_link",
        sign_up,
        key=f"signup.own_link:{sign_up.uuid}:{sign_up.revision}:{at:%Y%m%d%H}",
        expires_at=max(sign_up.seminar.ends_at, at + timedelta(days=1)),
    )


def confirm_new_address(sign_up: SignUp, *, at: datetime) -> None:
    """For each address asked for, at most once a minute."""
    address = links.new_address_token(sign_up)[:16]
    key = f"signup.new_address:{sign_up.uuid}:{address}:{at:%Y%m%d%H%M}"
    _put("new_address", sign_up, key=key, to=sign_up.new_email)


def address_changed(sign_up: SignUp, *, old: str, by_office: bool) -> None:
    """To the address that was left, without any link."""
    _put("address_changed", sign_up, to=old, by_office=by_office)


def follow_address(sign_up: SignUp, *, old: str) -> None:
    """What was queued before goes to the new address: news of a cancelled seminar among it.

    Only words that were meant for the address itself stay with it.
    """
    meant_for_it = ("signup.address_changed", "signup.new_address")
    outbox.redirect(sign_up.uuid, old=old, new=sign_up.email, besides=meant_for_it)


def already_signed_up(sign_up: SignUp, *, at: datetime) -> None:
    """At most one an hour for one sign-up: the hour is part of the key."""
    _put("already", sign_up, key=f"signup.already:{sign_up.uuid}:{at:%Y%m%d%H}")


def _put(name, sign_up, key=None, to=None, expires_at=None, **more):
    seminar = sign_up.seminar
    with translation.override(sign_up.language):
        words = {
            "title": localized(seminar, "title").text,
            "place": calendars.where(seminar, sign_up.option),
            "enquiry_name": localized(seminar, "enquiry_name").text,
        }
    outbox.put(
        f"signup.{name}",
        key=key or f"signup.{name}:{sign_up.uuid}:{sign_up.revision}",
        to=to or sign_up.email,
        language=sign_up.language,
        template=f"seminars/emails/{name}",
        context={"sign_up": sign_up, "seminar": seminar, "option": sign_up.option, **words, **more},
        about=sign_up.uuid,
        expires_at=expires_at or seminar.ends_at,
    )

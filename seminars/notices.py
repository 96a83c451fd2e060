"""What people are told by mail: one outbox row for each change of one sign-up.

A kind's still_due looks at the sign-up again just before sending, so that a place given back in the meantime
sends its cancellation only.
"""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.database_clock import database_now
from portal.mail import kinds, outbox
from portal.mail.models import Message
from portal.texts import localized
from seminars import availability, calendars, links, reminding
from seminars.models import AttendanceOption, Seminar, SeminarChange, SignUp


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
    _put("own_link", sign_up, key=f"signup.own_link:{sign_up.uuid}:{sign_up.revision}:{at:%Y%m%d%H}")


def confirm_new_address(sign_up: SignUp, *, at: datetime) -> None:
    """For each address asked for, at most once a minute."""
    address = links.new_address_token(sign_up)[:16]
    key = f"signup.new_address:{sign_up.uuid}:{address}:{at:%Y%m%d%H%M}"
    _put("new_address", sign_up, key=key, to=sign_up.new_email)


def address_changed(sign_up: SignUp, *, old: str) -> None:
    """To the address that was left, without any link."""
    _put("address_changed", sign_up, to=old)


def already_signed_up(sign_up: SignUp, *, at: datetime) -> None:
    """At most one an hour for one sign-up: the hour is part of the key."""
    _put("already", sign_up, key=f"signup.already:{sign_up.uuid}:{at:%Y%m%d%H}")


def _put(name, sign_up, key=None, to=None):
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
        context={"sign_up": sign_up, "seminar": seminar, "option": sign_up.option, **words},
        about=sign_up.uuid,
        expires_at=seminar.ends_at,
    )


def _sign_up(message):
    return SignUp.objects.select_related("seminar", "option").get(uuid=message.about)


def _is(*states):
    """Still due while the sign-up is in one of these states and what it is for takes place."""

    def still_due(message: Message) -> bool:
        sign_up = _sign_up(message)
        takes_place = (
            sign_up.seminar.state == Seminar.State.SCHEDULED
            and sign_up.option.state != AttendanceOption.State.CANCELLED
        )
        return takes_place and sign_up.state in states

    return still_due


def _is_offered(message: Message) -> bool:
    sign_up = _sign_up(message)
    return _is(SignUp.State.OFFERED)(message) and sign_up.held_until > database_now()


def _is_over(message: Message) -> bool:
    return not _sign_up(message).is_live


def waits_for_undo(message: Message) -> bool:
    """A change of the seminar can still be taken back: what it would make untrue is not thrown away yet."""
    changes = SeminarChange.objects.standing().filter(undo_until__gt=database_now())
    return changes.filter(seminar__sign_ups__uuid=message.about).exists()


def _links(message: Message) -> dict[str, str]:
    sign_up = _sign_up(message)
    queue = availability.queue_of(sign_up)
    position = {"position": str(queue.position) if queue else ""}
    return position | {name: links.address_of(sign_up, name) for name in ("status", "accept", "confirm")}


def _new_address_link(message: Message) -> dict[str, str]:
    return {"new_address": links.new_address_link(_sign_up(message))}


def _asks_for_address(message: Message) -> bool:
    sign_up = _sign_up(message)
    return sign_up.is_live and sign_up.new_email == message.to


def _calendar(message: Message) -> list[kinds.Attachment]:
    sign_up = _sign_up(message)
    method = "REQUEST" if sign_up.state == SignUp.State.CONFIRMED else "CANCEL"
    if sign_up.confirmed_at is None:
        return []
    return [calendars.attachment(sign_up, method=method)]


def register() -> None:
    has_place = _is(SignUp.State.CONFIRMED)
    # Lower goes first: a place given or taken back is urgent, the rest can wait a moment.
    for kind in (
        kinds.Kind(
            "signup.confirmed",
            label=_("Place confirmed"),
            still_due=has_place,
            is_held=waits_for_undo,
            links=_links,
            attachments=_calendar,
            priority=40,
        ),
        kinds.Kind(
            "signup.promoted",
            label=_("Place from the waiting list"),
            still_due=has_place,
            is_held=waits_for_undo,
            links=_links,
            attachments=_calendar,
            priority=30,
        ),
        kinds.Kind(
            "signup.offered",
            label=_("Place offered"),
            still_due=_is_offered,
            is_held=waits_for_undo,
            links=_links,
            priority=30,
        ),
        kinds.Kind(
            "signup.confirm_address",
            label=_("Address to be confirmed"),
            still_due=_is(SignUp.State.UNCONFIRMED),
            is_held=waits_for_undo,
            links=_links,
            priority=30,
        ),
        kinds.Kind(
            "signup.moved",
            label=_("Moved to another way to attend"),
            still_due=_is(SignUp.State.WAITING, SignUp.State.OFFERED, SignUp.State.CONFIRMED),
            is_held=waits_for_undo,
            links=_links,
            attachments=_calendar_if_confirmed,
            priority=35,
        ),
        kinds.Kind(
            "signup.waiting",
            label=_("On the waiting list"),
            still_due=_is(SignUp.State.WAITING),
            is_held=waits_for_undo,
            links=_links,
            priority=40,
        ),
        kinds.Kind("signup.no_place", label=_("No place was free"), still_due=_is_over, priority=40),
        kinds.Kind(
            "signup.cancelled",
            label=_("Sign-up cancelled"),
            still_due=_is_over,
            attachments=_calendar,
            priority=20,
        ),
        kinds.Kind("signup.offer_expired", label=_("Offer ran out"), still_due=_is_over, priority=30),
        kinds.Kind(
            "signup.own_link",
            label=_("Link to the own page"),
            still_due=_is(*SignUp.LIVE),
            links=_links,
            attachments=_calendar_if_confirmed,
            priority=30,
        ),
        kinds.Kind(
            "signup.new_address",
            label=_("New address to be confirmed"),
            still_due=_asks_for_address,
            links=_new_address_link,
            priority=30,
        ),
        kinds.Kind("signup.address_changed", label=_("Address changed"), priority=30),
        kinds.Kind(
            "signup.already",
            label=_("Signed up already"),
            still_due=_is(*SignUp.LIVE),
            is_held=waits_for_undo,
            links=_links,
            attachments=_calendar_if_confirmed,
            priority=45,
        ),
    ):
        kinds.register(kind)


def _calendar_if_confirmed(message: Message) -> list[kinds.Attachment]:
    return _calendar(message) if _sign_up(message).state == SignUp.State.CONFIRMED else []

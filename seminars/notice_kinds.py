"""When each mail about a sign-up is still due, what waits, and what is filled in when it leaves.

`still_due` looks at the sign-up again just before sending, so that a place given back in the meantime sends
its cancellation only.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from portal.database_clock import database_now
from portal.mail import kinds
from portal.mail.models import Message
from seminars import availability, calendars, links
from seminars.models import Seminar, SeminarChange, SignUp


def _sign_up(message):
    return SignUp.objects.select_related("seminar", "option").get(uuid=message.about)


def _is(*states):
    """Still due while the sign-up is in one of these states and what it is for takes place."""

    def still_due(message: Message) -> bool:
        sign_up = _sign_up(message)
        takes_place = sign_up.seminar.state == Seminar.State.SCHEDULED and not sign_up.option.is_cancelled
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


def _form_link(message: Message) -> dict[str, str]:
    return {"form": links.sign_up_form(_sign_up(message))}


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


def _calendar_if_confirmed(message: Message) -> list[kinds.Attachment]:
    return _calendar(message) if _sign_up(message).state == SignUp.State.CONFIRMED else []


def _has_own_page(message: Message) -> bool:
    """Also once the seminar was held: for materials and certificate."""
    sign_up = _sign_up(message)
    return _IS_LIVE(message) or (sign_up.is_live and sign_up.seminar.was_held)


def _calendar_if_coming(message: Message) -> list[kinds.Attachment]:
    return [] if _sign_up(message).seminar.was_held else _calendar_if_confirmed(message)


State = SignUp.State
_HAS_PLACE = _is(State.CONFIRMED)
_IS_LIVE = _is(*SignUp.LIVE)
# A change that may be taken back holds these; all of them lead to the own page.
_held = partial(kinds.Kind, is_held=waits_for_undo, links=_links)
# Lower goes first: a place given or taken back is urgent, the rest can wait a moment.
KINDS = (
    _held(
        "signup.confirmed",
        label=_("Place confirmed"),
        still_due=_HAS_PLACE,
        attachments=_calendar,
        priority=40,
    ),
    _held(
        "signup.promoted",
        label=_("Place from the waiting list"),
        still_due=_HAS_PLACE,
        attachments=_calendar,
        priority=30,
    ),
    _held("signup.offered", label=_("Place offered"), still_due=_is_offered, priority=30),
    _held(
        "signup.confirm_address",
        label=_("Address to be confirmed"),
        still_due=_is(State.UNCONFIRMED),
        priority=30,
    ),
    _held(
        "signup.moved",
        label=_("Moved to another way to attend"),
        still_due=_is(State.WAITING, State.OFFERED, State.CONFIRMED),
        attachments=_calendar_if_confirmed,
        priority=35,
    ),
    _held("signup.waiting", label=_("On the waiting list"), still_due=_is(State.WAITING), priority=40),
    _held(
        "signup.already",
        label=_("Signed up already"),
        still_due=_IS_LIVE,
        attachments=_calendar_if_confirmed,
        priority=45,
    ),
    kinds.Kind(
        "signup.no_place", label=_("No place was free"), still_due=_is_over, links=_form_link, priority=40
    ),
    kinds.Kind(
        "signup.cancelled",
        label=_("Sign-up cancelled"),
        still_due=_is_over,
        links=_form_link,
        attachments=_calendar,
        priority=20,
    ),
    kinds.Kind(
        "signup.offer_expired", label=_("Offer ran out"), still_due=_is_over, links=_form_link, priority=30
    ),
    kinds.Kind(
        "signup.own_link",
        label=_("Link to the own page"),
        still_due=_has_own_page,
        links=_links,
        attachments=_calendar_if_coming,
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
)


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)

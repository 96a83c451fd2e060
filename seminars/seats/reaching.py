"""How somebody is reached: the link sent again, and another address that is confirmed before it counts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from portal.database_clock import database_now
from seminars import notices
from seminars.companies import fold_email
from seminars.models import Seminar, SignUp
from seminars.models.sign_up import new_link_salt
from seminars.seats import locking
from seminars.seats.refusals import AlreadySignedUp, SeatError, SignUpClosed


@transaction.atomic
def send_link(seminar: Seminar, *, email: str) -> None:
    """Write the own link to an address that is signed up, at most once an hour; else do nothing.

    The caller learns nothing.
    """
    person = seminar.sign_ups.live().select_related("option").filter(email_key=fold_email(email)).first()
    if person is None:
        return
    person.seminar = seminar
    if person.state == SignUp.State.UNCONFIRMED:
        notices.confirm_address(person, again_at=database_now())
    else:
        notices.own_link(person, at=database_now())


@transaction.atomic
def ask_for_address(sign_up: SignUp, *, email: str) -> None:
    """Write to the new address. Nothing changes before its link is pressed.

    Raises SignUpClosed once the sign-up is over or the seminar has started, SeatError for the same address.
    """
    seminar, now = locking.locked(sign_up.seminar)
    person = locking.again(sign_up, seminar)
    if not person.is_live or now >= seminar.starts_at:
        raise SignUpClosed(_("Your sign-up is over already, or the seminar has started."))
    if fold_email(email) == person.email_key:
        raise SeatError(_("That is the address we have already."))
    person.new_email = email.strip()
    person.save(update_fields=["new_email"])
    trail.record("signup.address_asked", obj_kind="signup", obj_uuid=person.uuid, changed=["new_email"])
    notices.confirm_new_address(person, at=now)


@transaction.atomic
def take_address(sign_up: SignUp) -> SignUp:
    """Change to the new address, now that its link was pressed; place, number and company stay.

    Every earlier link ends, because the old mailbox holds them; the old address is told, and mails that have
    not left yet go to the new one. Raises SignUpClosed like `ask_for_address`, AlreadySignedUp where the new
    address has a sign-up of its own.
    """
    seminar, now = locking.locked(sign_up.seminar)
    person = locking.again(sign_up, seminar)
    if not person.new_email or not person.is_live or now >= seminar.starts_at:
        raise SignUpClosed(_("Your sign-up is over already, or the seminar has started."))
    move_to_address(person, person.new_email, now=now)
    return person


def move_to_address(person: SignUp, email: str, *, now: datetime, actor=None) -> None:
    """Under the seminar's lock: everything about this person goes to `email` from now on.

    `actor` is the organiser who does it for somebody. Raises AlreadySignedUp.
    """
    key = fold_email(email)
    if person.seminar.sign_ups.live().filter(email_key=key).exclude(pk=person.pk).exists():
        raise AlreadySignedUp(
            _("The new address is signed up for this seminar already. Nothing was changed.")
        )
    old = person.email
    person.email, person.email_key, person.new_email = email, key, ""
    person.link_salt = new_link_salt()
    person.revision += 1
    person.save(update_fields=["email", "email_key", "new_email", "link_salt", "revision"])
    notices.follow_address(person, old=old)
    trail.record(
        "signup.address_changed", obj_kind="signup", obj_uuid=person.uuid, actor=actor, changed=["email"]
    )
    notices.address_changed(person, old=old, by_office=actor is not None)
    if person.state == SignUp.State.UNCONFIRMED:
        notices.confirm_address(person)
    else:
        notices.own_link(person, at=now)

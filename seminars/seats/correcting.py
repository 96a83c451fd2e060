"""What somebody typed about himself or herself, put right."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars.companies import fold_email
from seminars.models import SignUp
from seminars.seats import locking, reaching
from seminars.seats.filling import company_has_room, fill, holds_seat
from seminars.seats.recognising import Recognition
from seminars.seats.refusals import CompanyFull, SignUpClosed

CORRECTION_TIME = timedelta(minutes=30)


@dataclass(frozen=True)
class Corrections:
    """How it should read; `answers` stay as they are where they are None."""

    name: str
    company: str
    company_type: str
    phone: str
    question: str
    answers: dict | None = None

    def values(self, person: SignUp) -> dict:
        typed = asdict(self)
        return typed | {"answers": person.answers} if self.answers is None else typed


@transaction.atomic
def correct_details(sign_up: SignUp, corrections: Corrections) -> SignUp:
    """Change what somebody typed, in the first 30 minutes. The place and its number stay.

    Raises SignUpClosed when the time is over, CompanyFull when a place would move to a company that has all
    of its own.
    """
    seminar, now = locking.locked(sign_up.seminar)
    person = locking.again(sign_up, seminar)
    if not can_correct_at(person, now):
        raise SignUpClosed(_("Details can be corrected for 30 minutes after signing up. Please write to us."))
    return _put_right(person, seminar, corrections, now=now)


@transaction.atomic
def correct_by_hand(sign_up: SignUp, corrections: Corrections, *, email: str, actor) -> SignUp:
    """What an organiser puts right for somebody, until the seminar starts. The place and its number stay.

    An address counts at once: who telephones because no mail came cannot confirm by mail. As when somebody
    changes it on the own page, earlier links end, waiting mails follow, and both addresses are told.
    Raises SignUpClosed, CompanyFull like `correct_details`, AlreadySignedUp where the address has a sign-up
    of its own.
    """
    seminar, now = locking.locked(sign_up.seminar)
    person = locking.again(sign_up, seminar)
    if not can_be_put_right(person, now):
        raise SignUpClosed(_("This sign-up is over, or the seminar has started. Nothing was changed."))
    if email.strip() != person.email:
        if fold_email(email) == person.email_key:
            _respell(person, email.strip(), actor=actor)
        else:
            reaching.move_to_address(person, email.strip(), now=now, actor=actor)
    return _put_right(person, seminar, corrections, now=now, actor=actor)


def _respell(person, email, *, actor):
    """The same mailbox in other letters: nobody needs a new link."""
    person.email = email
    person.save(update_fields=["email"])
    trail.record("signup.corrected", obj_kind="signup", obj_uuid=person.uuid, actor=actor, changed=["email"])


def _put_right(person, seminar, corrections, *, now, actor=None):
    values = corrections.values(person)
    changed = [field for field, value in values.items() if getattr(person, field) != value]
    if not changed:
        return person
    facts = {"company_key": person.company_key}
    if "company" in changed:
        typed = corrections.company, person.email
        facts = Recognition(seminar, [typed], besides=person).columns(*typed)
    moves = facts["company_key"] != person.company_key
    if moves and holds_seat(person) and not company_has_room(seminar, facts["company_key"], now):
        raise CompanyFull(_("That company has all its places for this seminar. Nothing was changed."))
    for field, value in {**values, **facts, "details_changed_at": now}.items():
        setattr(person, field, value)
    folded = ["folded_name", "folded_company"]
    person.save(update_fields=[*changed, *facts, *folded, "details_changed_at"])
    trail.record("signup.corrected", obj_kind="signup", obj_uuid=person.uuid, actor=actor, changed=changed)
    if moves:
        fill(seminar, now=now)
    return person


def can_correct_at(sign_up: SignUp, instant: datetime) -> bool:
    return can_be_put_right(sign_up, instant) and instant < sign_up.created_at + CORRECTION_TIME


def can_be_put_right(sign_up: SignUp, instant: datetime) -> bool:
    return sign_up.is_live and instant < sign_up.seminar.starts_at

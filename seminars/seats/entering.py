"""Into the queue: by the public form, or by the organiser's hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from portal.mail import outbox
from seminars import notices
from seminars.companies import fold_email
from seminars.models import AttendanceOption, Seminar, SignUp
from seminars.models.option import forget_places
from seminars.seats import locking
from seminars.seats.filling import fill
from seminars.seats.inviting import invited_by
from seminars.seats.leaving import end
from seminars.seats.recognising import Recognition
from seminars.seats.refusals import AlreadySignedUp, SignUpClosed

STATEMENT_VERSION = "2026-11"
EMPTY = MappingProxyType({})


@dataclass(frozen=True)
class Details:
    """What a person tells about himself or herself when signing up."""

    name: str
    company: str
    company_type: str
    email: str
    language: str
    phone: str = ""
    question: str = ""
    if_full: str = SignUp.IfFull.WAITING_LIST
    promotion_consent: bool = False
    answers: dict[str, str] = field(default_factory=dict)  # uuid of the seminar's question -> answer
    invitation: str = ""


@dataclass(frozen=True)
class Newcomer:
    """What one public form asks for."""

    option: AttendanceOption
    details: Details
    request_id: str | None = None

    @property
    def email_key(self) -> str:
        return fold_email(self.details.email)


def sign_up(seminar: Seminar, *, option: AttendanceOption, details: Details) -> None:
    """Put a visitor into the queue and fill. The mail says what came of it; the caller learns nothing.

    An address that is signed up already gets that told by mail, at most once an hour, and no second row.
    Raises SignUpClosed outside the sign-up window, by the database's clock, and NotInvited
    without a good code.
    """
    sign_up_together(seminar, [Newcomer(option, details)])


@transaction.atomic
def sign_up_together(seminar: Seminar, newcomers: Sequence[Newcomer]) -> None:
    """The same for several visitors, of different addresses, in the order given: all of them, or nobody.

    Everybody gets what would have come of signing up one after another. Raises like `sign_up`.
    """
    seminar, now = locking.locked(seminar)
    if not seminar.takes_sign_ups_at(now):
        raise SignUpClosed(_("Sign-up for this seminar is closed."))
    # A crowd waits behind this: what tells of all of them is written at once.
    with outbox.together(), trail.together():
        known = _live_at(seminar, [each.email_key for each in newcomers], now)
        companies = _companies_of(
            seminar, (each.details for each in newcomers if each.email_key not in known)
        )
        entering, requests = [], {}
        for each in newcomers:
            # Asked for each in its turn: those before have used the code too.
            code = invited_by(seminar, each.details.invitation, before=entering)
            existing = known.get(each.email_key)
            if existing is None:
                person = _entering(seminar, each, companies, source=SignUp.Source.WEB, now=now, code=code)
                entering.append(person)
                requests[person.uuid] = each.request_id
            elif existing.state == SignUp.State.UNCONFIRMED:
                notices.confirm_address(existing, again_at=now)
            else:
                notices.already_signed_up(existing, at=now)
        _welcome(entering, seminar, now=now, requests=requests)


@transaction.atomic
def add_by_hand(seminar: Seminar, *, option: AttendanceOption, details: Details, actor) -> SignUp:
    """Sign somebody up who telephoned: the same queue and the same mail, also outside the sign-up window.

    Raises AlreadySignedUp for an address with a live sign-up, SignUpClosed once the seminar has begun or is
    off.
    """
    seminar, now = _takes_people(seminar)
    if _live_at(seminar, [fold_email(details.email)], now):
        raise AlreadySignedUp(_("This address is signed up for the seminar already."))
    companies = _companies_of(seminar, [details])
    person = _entering(seminar, Newcomer(option, details), companies, source=SignUp.Source.OFFICE, now=now)
    return _welcome([person], seminar, now=now, actor=actor)[0]


@transaction.atomic
def add_many(
    seminar: Seminar, entries: list[tuple[AttendanceOption, Details]], *, actor
) -> list[SignUp | None]:
    """Sign several people up by hand in the order given: all of them, or nobody where one fails.

    None stands for an address that is signed up already; it is left as it is. Raises like `add_by_hand`.
    """
    seminar, now = _takes_people(seminar)
    companies = _companies_of(seminar, (details for _option, details in entries))
    added = []
    for option, details in entries:
        if _live_at(seminar, [fold_email(details.email)], now):
            added.append(None)
            continue
        person = _entering(
            seminar, Newcomer(option, details), companies, source=SignUp.Source.OFFICE, now=now
        )
        added += _welcome([person], seminar, now=now, actor=actor)
    return added


def adding_refusal(seminar: Seminar, now: datetime) -> str | Promise:
    """Why the organiser cannot add anybody now; empty where that is possible."""
    if seminar.state != Seminar.State.SCHEDULED or now >= seminar.starts_at:
        return _("The seminar has begun or does not take place: nobody can be added.")
    return ""


def _takes_people(seminar):
    seminar, now = locking.locked(seminar)
    words = adding_refusal(seminar, now)
    if words:
        raise SignUpClosed(words)
    return seminar, now


def _live_at(seminar, email_keys, now):
    """Address -> its live sign-up; one for a session that was cancelled makes room for another."""
    same = seminar.sign_ups.live().filter(email_key__in=email_keys)
    # Nearly everybody is new: what makes others wait asks for no more than that.
    known = list(same.order_by().values_list("pk", flat=True))
    found = {}
    for person in same.select_related("option").filter(pk__in=known) if known else ():
        if person.option.is_cancelled:
            end(person, SignUp.Ended.SEMINAR_CANCELLED, actor=None, now=now)
        else:
            found[person.email_key] = person
    return found


def _companies_of(seminar, people):
    return Recognition(seminar, [(details.company, details.email) for details in people])


def _entering(seminar, newcomer, companies, *, source, now, code=None):
    """A row to be written, with the next number."""
    details = newcomer.details
    option = next((each for each in locking.options_of(seminar) if each.pk == newcomer.option.pk), None)
    if option is None or option.state != AttendanceOption.State.OPEN:
        raise SignUpClosed(_("This way to attend is no longer open. Please choose another."))
    must_confirm = seminar.confirms_addresses and source == SignUp.Source.WEB
    person = SignUp(
        seminar=seminar,
        option=option,
        state=SignUp.State.UNCONFIRMED if must_confirm else SignUp.State.WAITING,
        queue_number=seminar.next_queue_number,
        if_full=details.if_full,
        name=details.name,
        company=details.company,
        **companies.columns(details.company, details.email),
        company_type=details.company_type,
        email=details.email.strip(),
        email_key=newcomer.email_key,
        phone=details.phone,
        question=details.question,
        answers=details.answers,
        invitation_code=code,
        language=details.language,
        promotion_consent=details.promotion_consent,
        statement_version=STATEMENT_VERSION,
        consented_at=now,
        source=source,
        created_at=now,
        anonymise_on=seminar.anonymise_on,
    )
    seminar.next_queue_number += 1
    return person


def _welcome(entering, seminar, *, now, actor=None, requests=EMPTY):
    """Write these rows and fill; returns what became of them."""
    SignUp.objects.bulk_create(entering)
    forget_places(seminar.pk)
    asked, queued = [], []
    for person in entering:
        (asked if person.state == SignUp.State.UNCONFIRMED else queued).append(person)
    for person in asked:
        trail.record(
            "signup.entered",
            obj_kind="signup",
            obj_uuid=person.uuid,
            to_state=person.state,
            request_id=requests.get(person.uuid),
        )
        notices.confirm_address(person)
    queued = settle(queued, seminar, now=now, actor=actor, verb="signup.entered", requests=requests)
    # Written after filling: before it, this write would make others wait too, and hide a missing lock.
    Seminar.objects.filter(pk=seminar.pk).update(next_queue_number=F("next_queue_number") + len(entering))
    return asked + queued


def settle(
    newcomers: Sequence[SignUp],
    seminar: Seminar,
    *,
    now: datetime,
    actor,
    verb: str,
    requests: Mapping[UUID, str | None] = EMPTY,
) -> list[SignUp]:
    """Fill with these newcomers in the queue, and tell what came of each by one event and one mail.

    `requests`: the request that brought somebody, by the sign-up's uuid, where it is not the one under way.
    """
    promoted = {each.pk: each for each in fill(seminar, now=now, newcomers=newcomers)} if newcomers else {}
    told = [promoted.get(each.pk, each) for each in newcomers]
    for person in told:
        trail.record(
            verb,
            obj_kind="signup",
            obj_uuid=person.uuid,
            actor=actor,
            to_state=person.state,
            request_id=requests.get(person.uuid),
        )
        if person.state == SignUp.State.CONFIRMED:
            notices.confirmed(person)
        elif person.if_full == SignUp.IfFull.NEITHER:
            end(person, SignUp.Ended.NO_PLACE, actor=None, now=now)
            notices.no_place(person)
        else:
            notices.waiting(person)
    return told

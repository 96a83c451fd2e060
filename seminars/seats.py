"""The only writer of seats. Everybody enters as waiting; fill() promotes in order under the seminar's lock.

Lock first, count later: PostgreSQL takes a statement's snapshot before it waits for the lock, so a count in
the locking statement, or one read earlier, sees the hall as it was before the last place went. READ COMMITTED
is needed for the same reason. On SQLite the transaction is IMMEDIATE and the lock clause is left out.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars import notices
from seminars.companies import company_key, fold_email
from seminars.models import AttendanceOption, Seminar, SignUp

STATEMENT_VERSION = "2026-11"
CORRECTION_TIME = timedelta(minutes=30)


class SeatError(Exception):
    """Something the person may not do now; the text is fit for the page."""


class SignUpClosed(SeatError):
    pass


class AlreadySignedUp(SeatError):
    """For the organiser's screens only: towards the public every address gets the same answer."""


class CompanyFull(SeatError):
    pass


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


@transaction.atomic
def sign_up(seminar: Seminar, *, option: AttendanceOption, details: Details) -> None:
    """Put a visitor into the queue and fill. The mail says what came of it; the caller learns nothing.

    An address that is signed up already gets that told by mail, at most once an hour, and no second row.
    Raises SignUpClosed outside the sign-up window, by the database's clock.
    """
    seminar, now = _locked(seminar)
    if not seminar.takes_sign_ups_at(now):
        raise SignUpClosed(_("Sign-up for this seminar is closed."))
    existing = _live_at(seminar, details.email)
    if existing:
        notices.already_signed_up(existing, at=now)
    else:
        _enter(seminar, option, details, source=SignUp.Source.WEB, actor=None, now=now)


@transaction.atomic
def add_by_hand(seminar: Seminar, *, option: AttendanceOption, details: Details, actor) -> SignUp:
    """Sign somebody up who telephoned: the same queue and the same mail, also outside the sign-up window.

    Raises AlreadySignedUp for an address with a live sign-up, SignUpClosed once the seminar has begun or is
    off.
    """
    seminar, now = _locked(seminar)
    if seminar.state != Seminar.State.SCHEDULED or now >= seminar.starts_at:
        raise SignUpClosed(_("The seminar has begun or does not take place: nobody can be added."))
    if _live_at(seminar, details.email):
        raise AlreadySignedUp(_("This address is signed up for the seminar already."))
    return _enter(seminar, option, details, source=SignUp.Source.OFFICE, actor=actor, now=now)


@transaction.atomic
def cancel(sign_up: SignUp, *, actor=None, ended: str = SignUp.Ended.BY_PARTICIPANT) -> bool:
    """Give the place back and fill. Returns False where it was over already: a second press does no harm.

    Raises SignUpClosed once the seminar has started.
    """
    seminar, now = _locked(sign_up.seminar)
    sign_up = _again(sign_up, seminar)
    if not sign_up.is_live:
        return False
    if now >= seminar.starts_at:
        raise SignUpClosed(_("The seminar has started: a sign-up can no longer be cancelled."))
    _end(sign_up, ended, actor=actor, now=now)
    notices.cancelled(sign_up)
    fill(seminar, now=now)
    return True


@transaction.atomic
def correct_details(
    sign_up: SignUp, *, name: str, company: str, company_type: str, phone: str, question: str
) -> SignUp:
    """Change what somebody typed, in the first 30 minutes. The place and its number stay.

    Raises SignUpClosed when the time is over, CompanyFull when a place would move to a company that has all
    of its own.
    """
    seminar, now = _locked(sign_up.seminar)
    sign_up = _again(sign_up, seminar)
    if not can_correct_at(sign_up, now):
        raise SignUpClosed(_("Details can be corrected for 30 minutes after signing up. Please write to us."))
    key = company_key(company, sign_up.email)
    moves = key != sign_up.company_key
    if moves and _holds_seat(sign_up) and not _company_has_room(seminar, key, now):
        raise CompanyFull(
            _("That company has all its places for this seminar. Your details stay as they were.")
        )
    values = {
        "name": name,
        "company": company,
        "company_type": company_type,
        "phone": phone,
        "question": question,
    }
    changed = [field for field, value in values.items() if getattr(sign_up, field) != value]
    if changed:
        for field in changed:
            setattr(sign_up, field, values[field])
        sign_up.company_key = key
        sign_up.details_changed_at = now
        sign_up.save(update_fields=[*changed, "company_key", "details_changed_at"])
        trail.record("signup.corrected", obj_kind="signup", obj_uuid=sign_up.uuid, changed=changed)
    if moves:
        fill(seminar, now=now)
    return sign_up


@transaction.atomic
def change_places(
    seminar: Seminar, *, capacities: dict[int, int | None], company_cap: int | None, actor
) -> int:
    """Set the places of each way to attend (by primary key) and per company, then fill.

    None is no limit. Returns how many were promoted. Going below the number confirmed throws nobody out; no
    place is given until enough have come free.
    """
    seminar, now = _locked(seminar)
    changed = []
    for option in _options(seminar):
        if option.pk in capacities and option.capacity != capacities[option.pk]:
            option.capacity = capacities[option.pk]
            option.save(update_fields=["capacity"])
            changed.append(f"capacity of {option.uuid}")
    if seminar.company_cap != company_cap:
        seminar.company_cap = company_cap
        seminar.save(update_fields=["company_cap"])
        changed.append("company_cap")
    if not changed:
        return 0
    trail.record(
        "seminar.places_changed", obj_kind="seminar", obj_uuid=seminar.uuid, actor=actor, changed=changed
    )
    return len(fill(seminar, now=now))


@transaction.atomic
def refill(seminar: Seminar) -> int:
    """End the offers that ran out and give their places on. Returns how many were promoted."""
    seminar, now = _locked(seminar)
    _expire_offers(seminar, now)
    return len(fill(seminar, now=now))


def refill_all() -> None:
    """From the clock: every coming seminar, each in its own transaction. Safe to run twice or late."""
    for seminar in Seminar.objects.upcoming().filter(state=Seminar.State.SCHEDULED):
        refill(seminar)


def mark_held() -> None:
    """From the clock: what was scheduled and is over was held. Safe to run twice or late."""
    for seminar in Seminar.objects.past().filter(state=Seminar.State.SCHEDULED):
        _mark_held(seminar)


@transaction.atomic
def _mark_held(seminar):
    seminar, now = _locked(seminar)
    if seminar.state == Seminar.State.SCHEDULED and seminar.ends_at <= now:
        seminar.state = Seminar.State.HELD
        seminar.save(update_fields=["state"])
        trail.record(
            "seminar.held",
            obj_kind="seminar",
            obj_uuid=seminar.uuid,
            from_state=Seminar.State.SCHEDULED,
            to_state=Seminar.State.HELD,
        )


def fill(seminar: Seminar, *, now: datetime, newcomer: SignUp | None = None) -> list[SignUp]:
    """Promote waiting people in order of their numbers while places last; returns the promoted.

    The caller holds the seminar's lock. A company with all its places is skipped and never holds up those
    behind it; its places are counted across all ways to attend. One mail for each promotion.
    """
    if seminar.state != Seminar.State.SCHEDULED or now >= seminar.starts_at:
        return []
    options = {
        option.pk: option for option in _options(seminar) if option.state == AttendanceOption.State.OPEN
    }
    by_option, by_company = _taken(seminar, now)
    free = {
        pk: float("inf") if option.capacity is None else option.capacity - by_option[pk]
        for pk, option in options.items()
    }
    promoted = []
    if not any(places > 0 for places in free.values()):
        return promoted
    cap = float("inf") if seminar.company_cap is None else seminar.company_cap
    full = [key for key, count in by_company.items() if count >= cap]
    waiting = seminar.sign_ups.filter(state=SignUp.State.WAITING).exclude(company_key__in=full)
    for person in waiting.order_by("queue_number").iterator(chunk_size=200):
        if not any(places > 0 for places in free.values()):
            break
        option = _seat_for(person, options, free)
        if option is None or by_company[person.company_key] >= cap:
            continue
        free[option.pk] -= 1
        by_company[person.company_key] += 1
        promoted.append((person, option))
    return [_promote(person, option, seminar, now, newcomer) for person, option in promoted]


def can_correct_at(sign_up: SignUp, instant: datetime) -> bool:
    in_time = instant < sign_up.created_at + CORRECTION_TIME and instant < sign_up.seminar.starts_at
    return sign_up.is_live and in_time


def _locked(seminar):
    """Lock the seminar and read the database's clock: the first query of every change."""
    seminar = (
        Seminar.objects.select_for_update(of=("self",), no_key=True).annotate(now=Now()).get(pk=seminar.pk)
    )
    return seminar, seminar.now


def _again(sign_up, seminar):
    sign_up = SignUp.objects.select_related("option").get(pk=sign_up.pk)
    sign_up.seminar = seminar
    return sign_up


def _options(seminar):
    """The ways to attend, read once after the lock."""
    if not hasattr(seminar, "locked_options"):
        seminar.locked_options = list(AttendanceOption.objects.filter(seminar=seminar))
    return seminar.locked_options


def _live_at(seminar, email):
    return seminar.sign_ups.live().select_related("option").filter(email_key=fold_email(email)).first()


def _occupied(now):
    return Q(state=SignUp.State.CONFIRMED) | Q(state=SignUp.State.OFFERED, held_until__gt=now)


def _taken(seminar, now):
    """Places taken per option and per company, in one query."""
    rows = (
        seminar.sign_ups.filter(_occupied(now))
        .order_by()
        .values_list("option_id", "company_key")
        .annotate(people=Count("pk"))
    )
    by_option, by_company = Counter(), Counter()
    for option, key, people in rows:
        by_option[option] += people
        by_company[key] += people
    return by_option, by_company


def _company_has_room(seminar, key, now):
    if seminar.company_cap is None:
        return True
    return seminar.sign_ups.filter(_occupied(now), company_key=key).count() < seminar.company_cap


def _holds_seat(sign_up):
    return sign_up.state in {SignUp.State.CONFIRMED, SignUp.State.OFFERED}


def _seat_for(person, options, free):
    if free.get(person.option_id, 0) > 0:
        return options[person.option_id]
    if person.if_full == SignUp.IfFull.ONLINE:
        return next((option for pk, option in options.items() if option.is_online and free[pk] > 0), None)
    return None


def _enter(seminar, option, details, *, source, actor, now):
    option = next((each for each in _options(seminar) if each.pk == option.pk), None)
    if option is None or option.state != AttendanceOption.State.OPEN:
        raise SignUpClosed(_("This way to attend is no longer open. Please choose another."))
    person = SignUp.objects.create(
        seminar=seminar,
        option=option,
        queue_number=seminar.next_queue_number,
        if_full=details.if_full,
        name=details.name,
        company=details.company,
        company_key=company_key(details.company, details.email),
        company_type=details.company_type,
        email=details.email.strip(),
        email_key=fold_email(details.email),
        phone=details.phone,
        question=details.question,
        language=details.language,
        promotion_consent=details.promotion_consent,
        statement_version=STATEMENT_VERSION,
        consented_at=now,
        source=source,
        created_at=now,
        anonymise_on=seminar.anonymise_on,
    )
    promoted = {each.pk: each for each in fill(seminar, now=now, newcomer=person)}
    Seminar.objects.filter(pk=seminar.pk).update(next_queue_number=F("next_queue_number") + 1)
    person = promoted.get(person.pk, person)
    trail.record(
        "signup.entered", obj_kind="signup", obj_uuid=person.uuid, actor=actor, to_state=person.state
    )
    if person.state == SignUp.State.CONFIRMED:
        notices.confirmed(person)
    elif person.if_full == SignUp.IfFull.NEITHER:
        _end(person, SignUp.Ended.NO_PLACE, actor=None, now=now)
        notices.no_place(person)
    else:
        notices.waiting(person)
    return person


def _promote(person, option, seminar, now, newcomer):
    person.seminar, person.option = seminar, option
    person.state, person.confirmed_at = SignUp.State.CONFIRMED, now
    if newcomer is not None and person.pk == newcomer.pk:
        # The entry itself reports it: one event and one mail for one change.
        person.save(update_fields=["option", "state", "confirmed_at"])
        return person
    person.revision += 1
    person.save(update_fields=["option", "state", "confirmed_at", "revision"])
    trail.record(
        "signup.promoted",
        obj_kind="signup",
        obj_uuid=person.uuid,
        from_state=SignUp.State.WAITING,
        to_state=SignUp.State.CONFIRMED,
    )
    notices.promoted(person)
    return person


def _end(person, ended, *, actor, now):
    came_from = person.state
    person.state, person.ended, person.ended_at = SignUp.State.CANCELLED, ended, now
    person.revision += 1
    person.save(update_fields=["state", "ended", "ended_at", "revision"])
    trail.record(
        "signup.cancelled",
        obj_kind="signup",
        obj_uuid=person.uuid,
        actor=actor,
        from_state=came_from,
        to_state=SignUp.State.CANCELLED,
    )


def _expire_offers(seminar, now):
    for person in seminar.sign_ups.filter(state=SignUp.State.OFFERED, held_until__lte=now):
        person.state, person.ended_at = SignUp.State.EXPIRED, now
        person.revision += 1
        person.save(update_fields=["state", "ended_at", "revision"])
        notices.offer_expired(person)

"""Who gets a place: fill() alone promotes, in order, under the seminar's lock."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q

from portal.audit import trail
from seminars import notices
from seminars.models import AttendanceOption, Seminar, SignUp
from seminars.seats.locking import options_of


def fill(seminar: Seminar, *, now: datetime, newcomers: Sequence[SignUp] = ()) -> list[SignUp]:
    """Promote waiting people in order of their numbers while places last; returns the promoted.

    The caller holds the seminar's lock. A company with all its places is skipped and never holds up those
    behind it; its places are counted across all ways to attend. Who was put first by the organiser comes
    before all numbers and past the cap. One mail for each promotion. Where a place must be accepted, it is
    offered; not to newcomers, who are asking for it at this moment.
    """
    if seminar.state != Seminar.State.SCHEDULED or now >= seminar.starts_at:
        return []
    # What moved online takes nobody new, and gives its places to those who wait for it.
    options = {option.pk: option for option in options_of(seminar) if not option.is_cancelled}
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
    waiting = seminar.sign_ups.filter(state=SignUp.State.WAITING)
    waiting = waiting.filter(_could_sit(options, free)).exclude(company_key__in=full, goes_first=False)
    for person in waiting.order_by("-goes_first", "queue_number").iterator(chunk_size=200):
        if not any(places > 0 for places in free.values()):
            break
        option = _seat_for(person, options, free)
        if option is None or (by_company[person.company_key] >= cap and not person.goes_first):
            continue
        free[option.pk] -= 1
        by_company[person.company_key] += 1
        promoted.append((person, option))
    asking = {each.pk for each in newcomers}
    return [_promote(person, option, seminar, now, person.pk in asking) for person, option in promoted]


def _could_sit(options, free):
    """Who asked for what has room: a long list for a full hall is not read for a free place online."""
    with_room = [pk for pk, places in free.items() if places > 0]
    asked_for_it = Q(option__in=with_room)
    if any(options[pk].is_online for pk in with_room):
        return asked_for_it | Q(if_full=SignUp.IfFull.ONLINE)
    return asked_for_it


def _occupied(now):
    return Q(state=SignUp.State.CONFIRMED) | Q(state=SignUp.State.OFFERED, held_until__gt=now)


def _taken(seminar, now):
    """Places taken per option and per company, in one query. A cancelled session counts for no company."""
    off = {each.pk for each in options_of(seminar) if each.is_cancelled}
    rows = (
        seminar.sign_ups.filter(_occupied(now))
        .order_by()
        .values_list("option_id", "company_key")
        .annotate(people=Count("pk"))
    )
    by_option, by_company = Counter(), Counter()
    for option, key, people in rows:
        by_option[option] += people
        by_company[key] += 0 if option in off else people
    return by_option, by_company


def taken_at(seminar: Seminar, option: AttendanceOption, now: datetime) -> int:
    return seminar.sign_ups.filter(_occupied(now), option=option).count()


def company_has_room(seminar: Seminar, key: str, now: datetime) -> bool:
    if seminar.company_cap is None:
        return True
    taken = seminar.sign_ups.filter(_occupied(now), company_key=key)
    return taken.exclude(option__state=AttendanceOption.State.CANCELLED).count() < seminar.company_cap


def holds_seat(sign_up: SignUp) -> bool:
    return sign_up.state in {SignUp.State.CONFIRMED, SignUp.State.OFFERED}


def _seat_for(person, options, free):
    if free.get(person.option_id, 0) > 0:
        return options[person.option_id]
    if person.if_full == SignUp.IfFull.ONLINE:
        return next((option for pk, option in options.items() if option.is_online and free[pk] > 0), None)
    return None


def _promote(person, option, seminar, now, is_newcomer):
    person.seminar, person.option = seminar, option
    if option.offer_hours and not is_newcomer:
        person.state = SignUp.State.OFFERED
        person.held_until = min(now + timedelta(hours=option.offer_hours), seminar.starts_at)
    else:
        person.state, person.confirmed_at = SignUp.State.CONFIRMED, now
    fields = ["option", "state", "confirmed_at", "held_until"]
    if is_newcomer:
        # The caller reports it: one event and one mail for one change.
        person.save(update_fields=fields)
        return person
    person.revision += 1
    person.save(update_fields=[*fields, "revision"])
    trail.record(
        "signup.promoted",
        obj_kind="signup",
        obj_uuid=person.uuid,
        from_state=SignUp.State.WAITING,
        to_state=person.state,
    )
    (notices.offered if person.state == SignUp.State.OFFERED else notices.promoted)(person)
    return person

"""What the organiser does to one person's seat. Places and numbers still come from fill() alone."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from portal.texts import localized
from seminars import notices
from seminars.models import AttendanceOption, Seminar, SignUp
from seminars.seats import locking
from seminars.seats.filling import fill, holds_seat, taken_at
from seminars.seats.refusals import NoPlace, SeatError, SignUpClosed


@transaction.atomic
def put_first(sign_up: SignUp, *, adds_place: bool, actor) -> SignUp:
    """Put somebody before everybody who waits, whatever the company's cap; the next free place is theirs.

    With `adds_place` a full option gets one place more, in the same change, so that it is theirs at once: a
    hall is enlarged, never oversold. Raises SeatError for somebody who does not wait.
    """
    seminar, now = _running(sign_up)
    person = locking.again(sign_up, seminar)
    if person.state != SignUp.State.WAITING:
        raise SeatError(_("Only somebody on the waiting list can be put first."))
    person.goes_first = True
    person.save(update_fields=["goes_first"])
    changed = ["goes_first"]
    option = _option(seminar, person.option_id)
    if option is None or option.is_cancelled:
        raise SeatError(_("This way to attend is cancelled, and that is final."))
    taken = taken_at(seminar, option, now)
    if adds_place and option.capacity is not None and taken >= option.capacity:
        option.capacity = taken + 1
        option.save(update_fields=["capacity"])
        changed.append(f"capacity of {option.uuid}")
    trail.record("signup.put_first", obj_kind="signup", obj_uuid=person.uuid, actor=actor, changed=changed)
    fill(seminar, now=now)
    return locking.again(person, seminar)


@transaction.atomic
def move(sign_up: SignUp, *, option: AttendanceOption, actor) -> SignUp:
    """Move somebody to another way to attend: a seat to a free seat, a waiting person into its queue.

    Raises NoPlace where a seat would be lost because the other way is full, SignUpClosed where it is not
    open, SeatError for a sign-up that is over.
    """
    seminar, now = _running(sign_up)
    person = locking.again(sign_up, seminar)
    if not person.is_live:
        raise SeatError(_("This sign-up is over: it cannot be moved."))
    target = _open_option(seminar, option.pk)
    if target.pk == person.option_id:
        return person
    full = target.capacity is not None and taken_at(seminar, target, now) >= target.capacity
    if holds_seat(person) and full:
        raise NoPlace(
            _("“%(option)s” is full. Nobody was moved. Add a place there first, then move the person.")
            % {"option": localized(target, "label")}
        )
    person.option = target
    person.revision += 1
    person.save(update_fields=["option", "revision"])
    trail.record("signup.moved", obj_kind="signup", obj_uuid=person.uuid, actor=actor, changed=["option"])
    came_up = {each.pk: each for each in fill(seminar, now=now, newcomers=[person])}
    person = came_up.get(person.pk, person)
    person.seminar = seminar
    if person.pk in came_up:
        notices.promoted(person)
    elif person.state != SignUp.State.UNCONFIRMED:
        notices.moved(person)
    return person


def _running(sign_up):
    seminar, now = locking.locked(sign_up.seminar)
    if seminar.state != Seminar.State.SCHEDULED or now >= seminar.starts_at:
        raise SignUpClosed(
            _("The seminar has begun or does not take place: places are not changed any more.")
        )
    return seminar, now


def _option(seminar, pk):
    return next((each for each in locking.options_of(seminar) if each.pk == pk), None)


def _open_option(seminar, pk):
    option = _option(seminar, pk)
    if option is None or option.state != AttendanceOption.State.OPEN:
        raise SignUpClosed(_("This way to attend is no longer open. Please choose another."))
    return option

"""Who came: ticked off at the door or by the organiser, or taken from the online platform's list.

The only writer of attendance and of door links. What is said twice changes nothing: the first time stands.
"""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import dates
from portal.audit import trail
from portal.database_clock import database_now
from seminars import certificates
from seminars.models import AttendanceOption, DoorLink, Seminar, SignUp


class NotItsDay(Exception):
    """Nobody can have come yet, or the seminar does not take place; the sentence says which."""


def refusal(seminar: Seminar, now: datetime) -> str | Promise:
    """Why nobody can be ticked off now; empty from the first minute of the seminar's day in Hong Kong on.

    There is no last day: lists of the platform and sheets of paper come in later.
    """
    if seminar.state == Seminar.State.POSTPONED:
        return _("The seminar is postponed: people can be ticked off from its new day on.")
    if seminar.state == Seminar.State.CANCELLED:
        return _("The seminar is cancelled: nobody is ticked off.")
    if now < day_begins(seminar):
        day = dates.day_and_weekday(seminar.starts_at)
        return _("People can be ticked off from the day of the seminar on: %(day)s.") % {"day": day}
    return ""


def day_begins(seminar: Seminar) -> datetime:
    """The first minute of its day in Hong Kong: doors open before seminars start."""
    return datetime.combine(dates.local(seminar.starts_at).date(), time(), tzinfo=dates.HONG_KONG)


def _require_its_day(seminar):
    words = refusal(seminar, database_now())
    if words:
        raise NotItsDay(words)


@transaction.atomic
def check_in(sign_up: SignUp, *, witness: str, actor=None, minutes: int | None = None) -> bool:
    """Write down that somebody with a place came. False where that stood there already, or for others.

    Raises NotItsDay.
    """
    _require_its_day(sign_up.seminar)
    came = SignUp.objects.filter(pk=sign_up.pk, state=SignUp.State.CONFIRMED, attended_at=None).update(
        attended_at=timezone.now(), attended_by=witness, attended_minutes=minutes
    )
    if came:
        _note("signup.attended", sign_up, actor)
    return bool(came)


@transaction.atomic
def take_back(sign_up: SignUp, *, actor=None) -> bool:
    """Somebody was ticked off by mistake. A certificate that was issued for it ends."""
    taken = SignUp.objects.filter(pk=sign_up.pk, attended_at__isnull=False).update(
        attended_at=None, attended_by="", attended_minutes=None
    )
    if taken:
        _note("signup.attendance_taken_back", sign_up, actor)
        certificates.withdraw(sign_up, actor=actor)
    return bool(taken)


@transaction.atomic
def take_over(seminar: Seminar, minutes: dict[UUID, int | None], *, actor) -> int:
    """Write down who was online and how long, by sign-up; returns how many are new.

    Whoever was ticked off already keeps that and gets only the minutes. Raises NotItsDay.
    """
    _require_its_day(seminar)
    people = seminar.sign_ups.filter(state=SignUp.State.CONFIRMED, uuid__in=list(minutes))
    new, known, now = [], [], timezone.now()
    for person in people:
        person.attended_minutes = minutes[person.uuid]
        if person.attended_at is None:
            person.attended_at, person.attended_by = now, SignUp.Witness.PLATFORM
            new.append(person)
        else:
            known.append(person)
    SignUp.objects.bulk_update(
        new + known, ["attended_at", "attended_by", "attended_minutes"], batch_size=200
    )
    if new or known:
        trail.record(
            "seminar.attendance_imported",
            obj_kind="seminar",
            obj_uuid=seminar.uuid,
            actor=actor,
            to_state=str(len(new)),
        )
    return len(new)


def has_doors(seminar: Seminar, now: datetime) -> bool:
    """Is there still a day on which helpers could use a link? They may be sent theirs long before."""
    is_on = seminar.state in {Seminar.State.SCHEDULED, Seminar.State.HELD}
    return is_on and dates.local(now).date() <= dates.local(seminar.ends_at).date()


@transaction.atomic
def open_door(option: AttendanceOption, *, actor) -> DoorLink:
    """A new link for the helpers; the one before stops working. Raises NotItsDay after its last day."""
    if not has_doors(option.seminar, database_now()):
        raise NotItsDay(_("The seminar is over or off: there is no door any more."))
    close_door(option, actor=actor)
    door = DoorLink.objects.create(option=option, made_at=timezone.now(), made_by=actor)
    trail.record("seminar.door_opened", obj_kind="seminar", obj_uuid=option.seminar.uuid, actor=actor)
    return door


@transaction.atomic
def close_door(option: AttendanceOption, *, actor) -> bool:
    closed = option.door_links.filter(revoked_at=None).update(revoked_at=timezone.now())
    if closed:
        trail.record("seminar.door_closed", obj_kind="seminar", obj_uuid=option.seminar.uuid, actor=actor)
    return bool(closed)


def _note(verb, sign_up, actor):
    trail.record(verb, obj_kind="signup", obj_uuid=sign_up.uuid, actor=actor)

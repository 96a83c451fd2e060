"""Who came: ticked off at the door or by the organiser, or taken from the online platform's list.

The only writer of attendance and of door links. What is said twice changes nothing: the first time stands.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.audit import trail
from seminars import certificates
from seminars.models import AttendanceOption, DoorLink, Seminar, SignUp


@transaction.atomic
def check_in(sign_up: SignUp, *, witness: str, actor=None, minutes: int | None = None) -> bool:
    """Write down that somebody with a place came. False where that stood there already, or for others."""
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

    Whoever was ticked off already keeps that and gets only the minutes.
    """
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


@transaction.atomic
def open_door(option: AttendanceOption, *, actor) -> DoorLink:
    """A new link for the helpers; the one before stops working."""
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

"""The mails about a change: one row per person in the person's language, sent a minute later.

What a mail says is looked at again when it leaves: whoever gave the place back hears nothing, and what has
changed once more is told as it is then.
"""

from datetime import datetime

from portal.mail import kinds, outbox
from portal.mail.models import Message
from seminars import calendars, links
from seminars.models import AttendanceOption, Seminar, SeminarChange, SignUp
from seminars.samples import Sample, draw, veiled

Kind = SeminarChange.Kind
# Which later changes make a mail untrue, apart from the state that it speaks of.
DATED = (Kind.CHANGED, Kind.RESCHEDULED, Kind.POSTPONED)
STATES_TOLD = {
    Kind.CHANGED: Seminar.State.SCHEDULED,
    Kind.RESCHEDULED: Seminar.State.SCHEDULED,
    Kind.POSTPONED: Seminar.State.POSTPONED,
    Kind.MOVED_ONLINE: Seminar.State.SCHEDULED,
    Kind.GOES_AHEAD: Seminar.State.SCHEDULED,
    Kind.CANCELLED: Seminar.State.CANCELLED,
}
OPTION_STATES_TOLD = {
    Kind.MOVED_ONLINE: AttendanceOption.State.MOVED_ONLINE,
    Kind.OPTION_CANCELLED: AttendanceOption.State.CANCELLED,
}
TAKEN_OUT_OF_DIARIES = {Kind.POSTPONED, Kind.CANCELLED, Kind.OPTION_CANCELLED}
PUT_INTO_DIARIES = {Kind.CHANGED, Kind.RESCHEDULED, Kind.MOVED_ONLINE}
# What is off goes out before everything else.
PRIORITIES = {Kind.CANCELLED: 10, Kind.OPTION_CANCELLED: 10, Kind.POSTPONED: 10, Kind.MOVED_ONLINE: 15}


def tell(made: SeminarChange, seminar: Seminar, concerned: list[AttendanceOption], *, note: dict) -> int:
    """Queue the mails of a change; returns to how many people. Writing them twice is harmless."""
    people = _people(seminar, concerned, made.kind)
    recipients = [
        outbox.Recipient(f"{_keys_of(made)}{person.uuid}", person.email, person.language, person.uuid)
        for person in people
    ]
    outbox.put_many(
        f"seminar.{made.kind}",
        recipients=recipients,
        template=_template(made.kind),
        context=_context(seminar, made.before["seminar"]["starts_at"], note),
        not_before=made.undo_until,
        expires_at=None if made.kind in TAKEN_OUT_OF_DIARIES else seminar.ends_at,
    )
    return len(recipients)


def withdraw(made: SeminarChange) -> bool:
    return outbox.withdraw(_keys_of(made))


def samples(
    kind: str,
    seminar: Seminar,
    options: list[AttendanceOption],
    concerned: list[AttendanceOption],
    *,
    old_start: datetime,
    note: dict,
) -> tuple[Sample, ...]:
    """What people would get, for objects to which the change has been applied in memory only."""
    after = {option.pk: option for option in options}

    def places(person):
        person.seminar, person.option = seminar, after[person.option_id]
        return {**_places(person), "status": veiled(links.address_of(person))}

    return draw(
        _people(seminar, concerned, kind),
        template=_template(kind),
        context=_context(seminar, old_start, note),
        places=places,
    )


def _people(seminar, concerned, kind):
    states = [SignUp.State.CONFIRMED]
    if kind != Kind.GOES_AHEAD:
        states += [SignUp.State.WAITING, SignUp.State.OFFERED]
    people = seminar.sign_ups.filter(option__in=concerned, state__in=states).exclude(email="")
    return list(people.order_by("queue_number"))


def _keys_of(made):
    return f"seminar.{made.kind}:{made.uuid}:"


def _template(kind):
    return f"seminars/emails/changes/{kind}"


def _context(seminar, old_start, note):
    return {"seminar": seminar, "old_start": old_start, "note": note}


def _places(sign_up):
    return {
        "name": sign_up.name,
        "place": calendars.where(sign_up.seminar, sign_up.option),
        "form": links.sign_up_form(sign_up),
    }


def _sign_up(message):
    return SignUp.objects.select_related("seminar", "option").get(uuid=message.about)


def _links(message: Message) -> dict[str, str]:
    sign_up = _sign_up(message)
    return {**_places(sign_up), "status": links.address_of(sign_up)}


def _still_due(kind):
    def still_due(message: Message) -> bool:
        sign_up = _sign_up(message)
        if not sign_up.is_live:
            return False
        told = STATES_TOLD.get(kind, sign_up.seminar.state)
        option_told = OPTION_STATES_TOLD.get(kind)
        option_is_as_told = (
            sign_up.option.state == option_told if option_told else not sign_up.option.is_cancelled
        )
        # The last way to attend went off with the seminar: that is what the cancellation tells.
        as_told = option_is_as_told or kind == Kind.CANCELLED
        return as_told and sign_up.seminar.state == told and not _is_overtaken(message, kind)

    return still_due


def _is_overtaken(message, kind):
    """Only the newest date is told."""
    if kind not in DATED:
        return False
    made = SeminarChange.objects.get(uuid=message.key.split(":")[1])
    later = SeminarChange.objects.standing().filter(seminar=made.seminar_id, pk__gt=made.pk, kind__in=DATED)
    return later.exists()


def _calendar(method):
    def attachments(message: Message) -> list[kinds.Attachment]:
        sign_up = _sign_up(message)
        if sign_up.state != SignUp.State.CONFIRMED:
            return []
        return [calendars.attachment(sign_up, method=method)]

    return attachments


def register() -> None:
    for kind in Kind:
        attachments = {}
        if kind in TAKEN_OUT_OF_DIARIES:
            attachments = {"attachments": _calendar("CANCEL")}
        elif kind in PUT_INTO_DIARIES:
            attachments = {"attachments": _calendar("REQUEST")}
        kinds.register(
            kinds.Kind(
                f"seminar.{kind}",
                still_due=_still_due(kind),
                links=_links,
                priority=PRIORITIES.get(kind, 20),
                label=kind.label,
                **attachments,
            )
        )

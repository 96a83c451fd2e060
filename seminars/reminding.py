"""Mails that go because a time has come: the link to join, reminders, and a word to those who still wait.

Nothing is queued ahead. The clock looks which times have come and queues what is not there yet. A row's
key holds what the mail says (the start, the link), so that a moved start or a new link is another mail, and
the old one is no longer due. A time that passed while clock or mail stood still is made up for only as long
as the mail is of use.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import dates
from portal.database_clock import database_now
from portal.mail import kinds, outbox
from portal.mail.models import Message
from seminars import availability, calendars, joining, links, weather
from seminars.models import Seminar, SignUp

LINK, DAY, HOUR, STILL_WAITING = (
    *("signup.link", "signup.reminder_day", "signup.reminder_hour"),
    "signup.still_waiting",
)
# Who gets the link this shortly before or after a reminder is reminded by it.
CLOSE = timedelta(hours=2)
# Times are set at most a week ahead of the start.
LOOK_AHEAD = timedelta(days=8)


@dataclass(frozen=True)
class Plan:
    """One mail of a seminar, whose time has come."""

    kind: str
    due_at: datetime
    expires_at: datetime
    template: str
    state: str  # whom it concerns


def queue_due() -> int:
    """From the clock, each minute: queue what is due; returns how many mails. Safe to run twice or late."""
    now = database_now()
    coming = Seminar.objects.upcoming(now).filter(
        state=Seminar.State.SCHEDULED, starts_at__lte=now + LOOK_AHEAD
    )
    return sum(_queue(seminar, now) for seminar in coming.prefetch_related("options"))


def link_at_once(sign_up: SignUp) -> None:
    """Somebody has just got a place, in the caller's transaction: send the link now if its time has come."""
    if not joining.link_of(sign_up.option):
        return
    for plan in _due_plans(sign_up.seminar, database_now()):
        if plan.kind == LINK:
            _put(plan, sign_up.seminar, [sign_up])


@transaction.atomic
def _queue(seminar, now):
    queued = 0
    for plan in _due_plans(seminar, now):
        people = list(_concerned(plan, seminar))
        known = dict(
            Message.objects.filter(
                kind=plan.kind, about__in=seminar.sign_ups.order_by().values("uuid")
            ).values_list("key", "state")
        )
        keys = {_key(plan.kind, person): person for person in people}
        missing = [person for key, person in keys.items() if key not in known]
        if missing:
            _put(plan, seminar, missing)
        # Not sent while the start was another or the seminar was off, and now as it was.
        again = [key for key in keys if known.get(key) == Message.State.SUPPRESSED]
        queued += len(missing) + (outbox.revive(again) if again else 0)
    return queued


def _due_plans(seminar, now) -> Iterator[Plan]:
    for plan in _plans(seminar):
        if plan.due_at <= now < plan.expires_at:
            yield plan


def _plans(seminar):
    start, has_place = seminar.starts_at, SignUp.State.CONFIRMED
    yield Plan(LINK, joining.opens_at(seminar), seminar.ends_at, "link", has_place)
    day = (start - timedelta(hours=24), start - timedelta(hours=12))
    if seminar.reminds_day_before:
        yield Plan(DAY, *day, "reminder", has_place)
        yield Plan(STILL_WAITING, *day, "still_waiting", SignUp.State.WAITING)
    if seminar.reminds_hour_before:
        yield Plan(HOUR, start - timedelta(hours=1), start, "reminder", has_place)


def _concerned(plan, seminar) -> Iterator[SignUp]:
    options = {option.pk: option for option in seminar.options.all()}
    for option in options.values():
        option.seminar = seminar
    open_ones = [pk for pk, option in options.items() if not option.is_cancelled]
    people = seminar.sign_ups.filter(state=plan.state, option__in=open_ones)
    if plan.kind != LINK:
        # The mail that gave the place, or the number in the queue, was reminder enough.
        people = people.filter(**{_SINCE[plan.state]: plan.due_at})
    close = abs(joining.opens_at(seminar) - plan.due_at) <= CLOSE
    for person in people.order_by("queue_number"):
        person.seminar, person.option = seminar, options[person.option_id]
        has_link = bool(joining.link_of(person.option))
        if plan.kind == LINK and not has_link:
            continue
        if plan.kind in {DAY, HOUR} and close and has_link:
            continue
        yield person


_SINCE = {SignUp.State.CONFIRMED: "confirmed_at__lt", SignUp.State.WAITING: "created_at__lt"}


def _put(plan, seminar, people: Iterable[SignUp]):
    outbox.put_many(
        plan.kind,
        recipients=[
            outbox.Recipient(_key(plan.kind, person), person.email, person.language, person.uuid)
            for person in people
        ],
        template=f"seminars/emails/{plan.template}",
        context={"seminar": seminar},
        not_before=plan.due_at,
        expires_at=plan.expires_at,
    )


def _key(kind, sign_up):
    """What the mail says: to which address, for which start and, where it carries one, with which link."""
    link = joining.link_of(sign_up.option) if kind == LINK else ""
    mark = joining.mark_of(link, sign_up.email_key)
    return f"{kind}:{sign_up.uuid}:{sign_up.seminar.starts_at:%Y%m%d%H%M}:{mark}"


def _sign_up(message):
    return SignUp.objects.select_related("seminar", "option__seminar").get(uuid=message.about)


def _still_due(*states):
    def still_due(message: Message) -> bool:
        sign_up = _sign_up(message)
        takes_place = sign_up.seminar.state == Seminar.State.SCHEDULED and not sign_up.option.is_cancelled
        return takes_place and sign_up.state in states and message.key == _key(message.kind, sign_up)

    return still_due


def _is_held(message: Message) -> bool:
    return weather.is_held(_sign_up(message).option)


def _places(message: Message) -> dict[str, str]:
    """What differs from person to person, and what no table may hold."""
    sign_up = _sign_up(message)
    queue = availability.queue_of(sign_up)
    return {
        "name": sign_up.name,
        "place": calendars.where(sign_up.seminar, sign_up.option),
        "status": links.address_of(sign_up),
        "link": joining.link_of(sign_up.option),
        "joining": _how_to_join(sign_up),
        "position": str(queue.position) if queue else "",
    }


def _how_to_join(sign_up):
    now = database_now()
    link = joining.visible_link(sign_up, now)
    if link:
        return _("Join here. The link is meant for you alone:") + "\n" + link
    if not joining.is_joined_online(sign_up.option):
        return _(
            "Please come a few minutes early. At the door, show the code on your own page or give your name."
        )
    opens = joining.opens_at(sign_up.seminar)
    if opens > now:
        return _("The link to join comes in a mail of its own: %(moment)s.") % {"moment": dates.full(opens)}
    return _("The link to join comes in a mail of its own.")


def register() -> None:
    has_place = _still_due(SignUp.State.CONFIRMED)
    waits = _still_due(SignUp.State.WAITING)
    for code, still_due, priority, label in (
        (LINK, has_place, 30, gettext_lazy("Link to join a seminar")),
        (HOUR, has_place, 35, gettext_lazy("Reminder an hour before a seminar")),
        (DAY, has_place, 60, gettext_lazy("Reminder a day before a seminar")),
        (STILL_WAITING, waits, 60, gettext_lazy("Word to those who still wait for a place")),
    ):
        kinds.register(
            kinds.Kind(
                code,
                still_due=still_due,
                is_held=_is_held,
                links=_places,
                priority=priority,
                label=label,
            )
        )

"""What goes out once a seminar was held: the word about materials and survey, and when certificates begin.

An organiser starts either; the clock then acts for everybody who is ticked off, also for those who are
ticked off later. For a minute nothing leaves, so that a slip of the hand can be taken back.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.audit import trail
from portal.database_clock import database_now
from portal.mail import kinds, outbox
from portal.mail.models import Message
from seminars import links, materials
from seminars.changes import UNDO_TIME
from seminars.models import Seminar, SignUp
from seminars.samples import Preview, draw, veiled
from seminars.seats import locking

FOLLOW_UP, TEMPLATE = "signup.follow_up", "seminars/emails/follow_up"
# Who is ticked off even later is written to by hand.
LASTS = timedelta(days=60)


class NotYet(Exception):
    """A sentence for the organiser: what is missing before this can be sent."""


def attended(seminar: Seminar):
    """Who came and can still be written to."""
    return had_a_place(seminar).filter(attended_at__isnull=False)


def had_a_place(seminar: Seminar):
    """Who may be ticked off still, and can be written to."""
    return seminar.sign_ups.filter(state=SignUp.State.CONFIRMED).exclude(email="").order_by("queue_number")


@transaction.atomic
def set_terms(seminar: Seminar, *, survey_link: str, certificate_minutes: int | None, actor) -> bool:
    """The survey, and how long somebody must have been online for a certificate. False: as it was.

    Raises materials.Cancelled.
    """
    seminar, _now = locking.locked(seminar)
    materials.demand_not_cancelled(seminar)
    wanted = {"survey_link": survey_link, "certificate_minutes": certificate_minutes}
    changed = [name for name, value in wanted.items() if getattr(seminar, name) != value]
    if changed:
        _write(seminar, "seminar.after_changed", actor, **wanted)
    return bool(changed)


@transaction.atomic
def start_follow_up(seminar: Seminar, *, actor) -> None:
    """Raises NotYet where the seminar is not over, or nothing is there to send. A second start: no change."""
    seminar, now = locking.locked(seminar)
    _demand_something_to_send(seminar, now)
    if seminar.follow_up_at is None:
        _write(seminar, "seminar.follow_up_started", actor, follow_up_at=now + UNDO_TIME)


def preview_follow_up(seminar: Seminar) -> Preview:
    """The mail as it would leave now. Raises NotYet like the start."""
    _demand_something_to_send(seminar, database_now())

    def places(person):
        person.seminar = seminar
        return {**_places_of(person), "status": veiled(links.address_of(person))}

    found = draw(
        attended(seminar),
        template=TEMPLATE,
        context={"seminar": seminar, "materials": materials.ready(seminar.materials.all())},
        places=places,
        later=had_a_place(seminar),
    )
    return Preview(FOLLOW_UP, found)


@transaction.atomic
def stop_follow_up(seminar: Seminar, *, actor) -> None:
    """Whoever has not had the mail yet does not get it."""
    seminar, _now = locking.locked(seminar)
    if seminar.follow_up_at is not None:
        _write(seminar, "seminar.follow_up_stopped", actor, follow_up_at=None)


@transaction.atomic
def start_certificates(seminar: Seminar, *, actor) -> None:
    """Raises NotYet where the seminar is not over. Started already: no change."""
    seminar, now = locking.locked(seminar)
    demand_held(seminar, now)
    if seminar.certificates_at is None:
        _write(seminar, "seminar.certificates_started", actor, certificates_at=now + UNDO_TIME)


@transaction.atomic
def stop_certificates(seminar: Seminar, *, actor) -> None:
    """Nobody gets a certificate from now on; those that were issued stand."""
    seminar, _now = locking.locked(seminar)
    if seminar.certificates_at is not None:
        _write(seminar, "seminar.certificates_stopped", actor, certificates_at=None)


def _demand_something_to_send(seminar, now):
    demand_held(seminar, now)
    if not seminar.survey_link and not materials.ready(seminar.materials.all()):
        raise NotYet(
            _("Add a material or the address of a survey first. Files must have been checked for viruses.")
        )


def demand_held(seminar: Seminar, now: datetime) -> None:
    """Raises NotYet for a seminar that is not over, or was off."""
    if seminar.state not in {Seminar.State.SCHEDULED, Seminar.State.HELD}:
        raise NotYet(_("The seminar did not take place."))
    if seminar.ends_at > now:
        raise NotYet(_("The seminar is not over yet."))


def _write(seminar, verb, actor, **values):
    for name, value in values.items():
        setattr(seminar, name, value)
    seminar.save(update_fields=list(values))
    trail.record(verb, obj_kind="seminar", obj_uuid=seminar.uuid, actor=actor, changed=list(values))


def queue_due() -> int:
    """From the clock, each minute: the word to everybody who is ticked off and has not had it.

    Returns how many mails were queued. Safe to run twice or late.
    """
    now = database_now()
    started = Seminar.objects.held(now).filter(follow_up_at__lte=now, follow_up_at__gt=now - LASTS)
    return sum(_queue(seminar, now) for seminar in started)


@transaction.atomic
def _queue(seminar: Seminar, now: datetime) -> int:
    people = {f"{FOLLOW_UP}:{person.uuid}": person for person in attended(seminar)}
    rows = Message.objects.filter(kind=FOLLOW_UP, about__in=attended(seminar).order_by().values("uuid"))
    known = {key: (state, ends) for key, state, ends in rows.values_list("key", "state", "expires_at")}
    missing = [(key, person) for key, person in people.items() if key not in known]
    shown = materials.ready(seminar.materials.all()) if missing else ()
    outbox.put_many(
        FOLLOW_UP,
        recipients=[outbox.Recipient(key, each.email, each.language, each.uuid) for key, each in missing],
        template=TEMPLATE,
        context={"seminar": seminar, "materials": shown},
        not_before=seminar.follow_up_at,
        expires_at=seminar.follow_up_at + LASTS,
    )
    # Stopped, or ticked off by mistake for a while, and now as it was.
    again = [key for key, (state, ends) in known.items() if state == Message.State.SUPPRESSED and ends > now]
    return len(missing) + (outbox.revive(again) if again else 0)


def _still_due(message: Message) -> bool:
    sign_up = SignUp.objects.select_related("seminar").get(uuid=message.about)
    seminar = sign_up.seminar
    is_told = seminar.follow_up_at is not None and seminar.was_held
    return is_told and sign_up.state == SignUp.State.CONFIRMED and bool(sign_up.attended_at and sign_up.email)


def _places(message: Message) -> dict[str, str]:
    return _places_of(SignUp.objects.select_related("seminar").get(uuid=message.about))


def _places_of(sign_up):
    return {"name": sign_up.name, "status": links.address_of(sign_up), "survey": sign_up.seminar.survey_link}


def register() -> None:
    kinds.register(
        kinds.Kind(
            FOLLOW_UP,
            still_due=_still_due,
            links=_places,
            priority=70,
            label=gettext_lazy("Materials and survey"),
        )
    )
    clock.register("seminars.after", queue_due, every=timedelta(minutes=1))

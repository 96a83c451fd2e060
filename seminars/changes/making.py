from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.audit import trail
from seminars import rundowns
from seminars.changes import telling
from seminars.changes.kinds import ADDRESS, LABEL, VENUE, Change
from seminars.changes.moves import ChangeRefused, require_newest
from seminars.models import Seminar, SeminarChange, WeatherWatch
from seminars.seats.keeping import keep_until_date_of
from seminars.seats.locking import locked, options_of

UNDO_TIME = timedelta(seconds=60)
# What a change may overwrite, and taking it back restores. A link to join is no part of it: it is a secret.
OF_SEMINAR = (
    *("state", "starts_at", "ends_at", "sign_up_closes_at", "previous_start", "personal_data_until"),
    *VENUE,
)
OF_OPTION = ("state", *LABEL, *ADDRESS)


@transaction.atomic
def make(seminar: Seminar, change: Change, *, actor, seen: int | None = None) -> SeminarChange:
    """Do it: state, event, notices and calendar revision at once.

    `seen` is the revision of the seminar that the person looked at; raises Stale where there is a newer one,
    and ChangeRefused where the change is not allowed.
    """
    seminar, now = locked(seminar)
    require_newest(seminar, seen)
    options = options_of(seminar)
    change.check(seminar, options, now)
    concerned = change.concerned(seminar, options)
    before = _snapshot(seminar, options)
    change.apply(seminar, options)
    _save(seminar, options, before)
    made = SeminarChange.objects.create(
        seminar=seminar,
        option_id=change.option_id,
        kind=change.told_as(seminar, before["seminar"]["state"]),
        before=before,
        made_at=now,
        made_by=actor,
        undo_until=now + UNDO_TIME,
    )
    if change.decides:
        _settle_watches(seminar, made, actor=actor, now=now)
    made.people = telling.tell(made, seminar, concerned, note=change.note)
    made.save(update_fields=["people"])
    _record(f"seminar.{made.kind}", made, seminar, actor, came_from=before["seminar"]["state"])
    return made


@transaction.atomic
def undo(made: SeminarChange, *, actor) -> None:
    """Take a change back before its mails leave: nobody ever hears of it.

    Raises ChangeRefused once a mail has begun to leave, a minute has passed, or another change came on top.
    A second press does no harm.
    """
    seminar, now = locked(made.seminar)
    made = SeminarChange.objects.get(pk=made.pk)
    if made.undone_at:
        return
    is_newest = not seminar.changes.standing().filter(pk__gt=made.pk).exists()
    if now >= made.undo_until or not is_newest or not telling.withdraw(made):
        raise ChangeRefused(_("It is too late to take this back: the mails are on their way."))
    options = options_of(seminar)
    current = _snapshot(seminar, options)
    _restore(seminar, made.before["seminar"], OF_SEMINAR)
    for option in options:
        _restore(option, made.before["options"].get(str(option.pk), {}), OF_OPTION)
    _save(seminar, options, current)
    made.undone_at = now
    made.save(update_fields=["undone_at"])
    # A watch that a newer warning has opened in the meantime stays the only one.
    made.decided.exclude(option__watches__outcome=WeatherWatch.Outcome.OPEN).update(
        outcome=WeatherWatch.Outcome.OPEN, closed_at=None, decided_by=None, change=None
    )
    _record("seminar.change_undone", made, seminar, actor, came_from=current["seminar"]["state"])


def _snapshot(seminar, options):
    return {
        "seminar": {name: getattr(seminar, name) for name in OF_SEMINAR},
        "options": {str(each.pk): {name: getattr(each, name) for name in OF_OPTION} for each in options},
    }


def _restore(row, values, names):
    for name in names:
        if name in values:
            setattr(row, name, row._meta.get_field(name).to_python(values[name]))


def _save(seminar, options, before):
    """The revision rises with every change, so that people's calendars and older pages notice it."""
    seminar.revision += 1
    seminar.save(update_fields=[*OF_SEMINAR, "revision"])
    if any(getattr(seminar, name) != before["seminar"][name] for name in ("ends_at", "personal_data_until")):
        keep_until_date_of(seminar)
    if seminar.starts_at != before["seminar"]["starts_at"]:
        rundowns.follow(seminar, old_start=before["seminar"]["starts_at"])
    for option in options:
        known = before["options"][str(option.pk)]
        if any(getattr(option, name) != known[name] for name in OF_OPTION):
            option.save(update_fields=[*OF_OPTION, "join_link"])


def _settle_watches(seminar, made, *, actor, now):
    watches = WeatherWatch.objects.filter(option__seminar=seminar, outcome=WeatherWatch.Outcome.OPEN)
    if made.option_id and made.kind != SeminarChange.Kind.CANCELLED:
        watches = watches.filter(option_id=made.option_id)
    watches.update(outcome=WeatherWatch.Outcome.DECIDED, closed_at=now, change=made, decided_by=actor)


def _record(verb, made, seminar, actor, *, came_from):
    trail.record(
        verb,
        obj_kind="seminar",
        obj_uuid=seminar.uuid,
        actor=actor,
        from_state=came_from,
        to_state=seminar.state,
        changed=[made.kind, *([f"option {made.option.uuid}"] if made.option_id else [])],
    )

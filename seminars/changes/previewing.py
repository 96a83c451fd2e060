from portal.database_clock import database_now
from seminars.changes import telling
from seminars.changes.kinds import Change
from seminars.models import AttendanceOption, Seminar
from seminars.samples import Preview


def preview(seminar: Seminar, change: Change) -> Preview:
    """What the change would tell whom. Nothing is saved. Raises ChangeRefused like the change itself."""
    seminar = Seminar.objects.get(pk=seminar.pk)
    options = list(AttendanceOption.objects.filter(seminar=seminar))
    change.check(seminar, options, database_now())
    concerned = change.concerned(seminar, options)
    old_start, old_state = seminar.starts_at, seminar.state
    change.apply(seminar, options)
    kind = change.told_as(seminar, old_state)
    found = telling.samples(kind, seminar, options, concerned, old_start=old_start, note=change.note)
    return Preview(kind, found)

"""The history of what was written: the only writer of AnswerRevision and ProjectRevision.

One person's saves within five minutes are one row, because a page saves by itself while somebody writes. It
saves a slip of the hand, too: what takes a passage out of a text never replaces the row that has the passage.
"""

from datetime import timedelta

from applications.models import AnswerRevision, ProjectRecord, ProjectRevision, SectionAnswers
from applications.questions import answers

MERGE_WITHIN = timedelta(minutes=5)
# The most characters that may go from one text in the course of writing on.
MOST_CUT = 40


def keep_answers(row: SectionAnswers) -> None:
    place = {"application_id": row.application_id, "section_uid": row.section_uid}
    if not _says_anew(row.data, {}) and not AnswerRevision.objects.filter(**place).exists():
        return  # nothing was answered yet
    _keep(AnswerRevision, place, row.data, row)


def keep_project(record: ProjectRecord) -> None:
    place = {"application_id": record.application_id, "project_uuid": record.uuid}
    _keep(ProjectRevision, place, record.entered, record)


def begin_projects(records: list[ProjectRecord]) -> None:
    """The first row of each of several new records, in one statement."""
    ProjectRevision.objects.bulk_create(
        ProjectRevision(
            application_id=record.application_id,
            project_uuid=record.uuid,
            version=record.version,
            data=record.entered,
            changed_by_id=record.changed_by_id,
            started_at=record.changed_at,
            changed_at=record.changed_at,
        )
        for record in records
    )


def note_removal(record: ProjectRecord, *, user, at) -> None:
    """What the record said stays readable."""
    ProjectRevision.objects.create(
        application_id=record.application_id,
        project_uuid=record.uuid,
        version=record.version + 1,
        data=record.entered,
        is_removal=True,
        changed_by=user,
        started_at=at,
        changed_at=at,
    )


def _keep(model, place, data, row):
    newest = model.objects.filter(**place).order_by("-id").first()
    if newest and not _says_anew(data, newest.data):
        return
    mergeable = (
        newest
        and newest.changed_by_id == row.changed_by_id
        and row.changed_at - newest.started_at < MERGE_WITHIN
        and not cuts(newest.data, data)
    )
    if mergeable:
        newest.data, newest.version, newest.changed_at = data, row.version, row.changed_at
        newest.save(update_fields=["data", "version", "changed_at"])
        return
    model.objects.create(
        **place,
        version=row.version,
        data=data,
        changed_by_id=row.changed_by_id,
        started_at=row.changed_at,
        changed_at=row.changed_at,
    )


def _says_anew(data, before):
    """A question that the form asks since, with nothing answered yet, is no change."""
    return any(answers.differ(before.get(key), data.get(key)) for key in {**before, **data})


def cuts(before: dict, after: dict) -> bool:
    """Is a passage of some length gone from one of the texts?"""
    return any(
        _cut(answers.plain(value), answers.plain(after.get(key))) > MOST_CUT for key, value in before.items()
    )


def _cut(before, after):
    """How much of `before` stands neither at the beginning nor at the end of `after`."""
    if before == after:
        return 0
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return len(before) - start - end


def _shared(one, other):
    """How many characters both begin with; halving compares long texts by the piece, not by the character."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

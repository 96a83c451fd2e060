"""The only writer of a seminar's and an option's state, and of changed dates and places.

Every change takes the seminar's lock first (`seats.locking.locked`), writes its event and queues its notices
in the same transaction. The notices wait for a minute, in which the change can be taken back.
"""

from seminars.changes.kinds import (
    CancelOption,
    CancelSeminar,
    ChangeFacts,
    GoAhead,
    MoveOnline,
    Postpone,
    Reschedule,
)
from seminars.changes.making import UNDO_TIME, make, undo
from seminars.changes.moves import ChangeRefused, Stale, require_newest
from seminars.changes.passing import mark_held
from seminars.changes.previewing import Preview, preview

__all__ = [
    "UNDO_TIME",
    "CancelOption",
    "CancelSeminar",
    "ChangeFacts",
    "ChangeRefused",
    "GoAhead",
    "MoveOnline",
    "Postpone",
    "Preview",
    "Reschedule",
    "Stale",
    "make",
    "mark_held",
    "preview",
    "require_newest",
    "undo",
]

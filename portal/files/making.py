"""Files that the worker makes for a row that waits for one: it comes to the row once, and goes with it."""

from django.db import transaction
from django.db.models import Model, QuerySet

from portal.files import intake
from portal.files.models import StoredFile


def settle(waiting: QuerySet, stored: StoredFile | None, **fields) -> bool:
    """Give the row its file. Where it was withdrawn, or another worker was faster, the file goes again.

    `waiting` finds the row as long as it waits for its file; `fields` are written with it.
    """
    if waiting.update(file=stored, **fields):
        return True
    if stored:
        intake.remove(stored, user=None)
    return False


@transaction.atomic
def forget(row: Model) -> bool:
    """Delete the row, and with it the file that it may have by now."""
    file = row.file
    row.delete()
    if file:
        intake.remove(file, user=None)
    return True

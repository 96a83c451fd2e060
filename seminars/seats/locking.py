"""The seminar's lock, and what may be read only behind it.

Lock first, count later: PostgreSQL takes a statement's snapshot before it waits for the lock, so a count in
the locking statement, or one read earlier, sees the hall as it was before the last place went. READ COMMITTED
is needed for the same reason. On SQLite the transaction is IMMEDIATE and the lock clause is left out.
"""

from datetime import datetime

from django.db.models.functions import Now

from seminars.models import AttendanceOption, Seminar, SignUp


def locked(seminar: Seminar) -> tuple[Seminar, datetime]:
    """Lock the seminar and read the database's clock: the first query of every change."""
    seminar = (
        Seminar.objects.select_for_update(of=("self",), no_key=True).annotate(now=Now()).get(pk=seminar.pk)
    )
    return seminar, seminar.now


def again(sign_up: SignUp, seminar: Seminar) -> SignUp:
    sign_up = SignUp.objects.select_related("option").get(pk=sign_up.pk)
    sign_up.seminar = seminar
    return sign_up


def options_of(seminar: Seminar) -> list[AttendanceOption]:
    """The ways to attend, read once after the lock."""
    if not hasattr(seminar, "locked_options"):
        seminar.locked_options = list(AttendanceOption.objects.filter(seminar=seminar))
    return seminar.locked_options

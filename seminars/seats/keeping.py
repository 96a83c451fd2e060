"""Until when personal data of those who signed up is kept."""

from seminars.models import Seminar


def keep_until_date_of(seminar: Seminar) -> None:
    """Let the dates of all sign-ups follow the seminar's; the caller holds the lock.

    Else people would be forgotten so many months after a day on which nothing took place, and for a seminar
    that is put off for long, before it takes place.
    """
    seminar.sign_ups.exclude(email="").update(anonymise_on=seminar.anonymise_on)

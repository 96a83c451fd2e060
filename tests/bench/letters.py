"""A mail of the organiser to 5,000 people: rendered and queued, by statements and in the time it takes."""

import time

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from seminars import letters
from seminars.models import Letter
from tests.bench.rows import upcoming_seminar
from tests.seminars.makers import make_crowd

PEOPLE = 5_000


class Undone(Exception):
    pass


def measure(report):
    """In a transaction that is taken back: what is measured later finds the demonstration as it was."""
    try:
        with transaction.atomic():
            _measure(report)
            raise Undone
    except Undone:
        pass


def _measure(report):
    seminar = upcoming_seminar()
    make_crowd(seminar, PEOPLE)
    texts = {f"subject_{code}": "Demo" for code in ("en", "zh_hant", "zh_hans")}
    letter = Letter(**texts, **{name.replace("subject", "body"): "{name}, {place}" for name in texts})
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        people = letters.readers(seminar.sign_ups.filter(company=f"Crowd {PEOPLE} Limited"))
        letters.send(seminar, people, letter, actor=None)
    took = time.perf_counter() - begun
    inserts = [each for each in queries if 'INTO "mail_message"' in each["sql"]]
    print(f"  ({len(people)} mails queued in {took:.1f} s with {len(inserts)} bulk inserts)")
    report.bar("letters, people who are left out", PEOPLE - len(people), 0, hard=True)
    report.bar("letters, statements but for the bulk inserts", len(queries) - len(inserts), 40, hard=True)

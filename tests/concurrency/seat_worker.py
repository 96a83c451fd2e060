"""One of several processes that press on the same seminar; started by test_seats.

Reads its orders as one JSON line, says `ready`, begins on the next line, and answers with what went wrong.
"""

import json
import os
import random
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django
from django.conf import settings


def unlocked(seminar):
    """The negative control: the same code without the lock must oversell, else the test sees nothing."""
    from django.db.models.functions import Now

    from seminars.models import Seminar

    found = Seminar.objects.annotate(now=Now()).get(pk=seminar.pk)
    # The unique queue number would stop most of the others: a second fence, not the one under test.
    found.next_queue_number = random.randrange(1, 2**31)
    return found, found.now


def attempt(seminar, order):
    from seminars import seats
    from seminars.models import SignUp
    from tests.seminars.makers import details

    if order["do"] == "cancel":
        seats.cancel(SignUp.objects.select_related("seminar").get(pk=order["pk"]))
    else:
        option = seminar.options.get(mode=order["option"])
        seats.sign_up(seminar, option=option, details=details(order["who"], order["company"]))


def main():
    orders = json.loads(sys.stdin.readline())
    if orders["mode"] == "deferred":
        settings.DATABASES["default"]["OPTIONS"].update(transaction_mode="DEFERRED", timeout=0.2)
    django.setup()
    from django.db import DatabaseError, connection

    from seminars.models import Seminar
    from seminars.seats import locking

    if orders["mode"] == "unlocked":
        locking.locked = unlocked
    seminar = Seminar.objects.get(pk=orders["seminar"])
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    problems = []
    for order in orders["orders"]:
        try:
            attempt(seminar, order)
        except DatabaseError as error:
            problems.append(f"{type(error).__name__}: {error}")
    print(json.dumps(problems), flush=True)


if __name__ == "__main__":
    main()

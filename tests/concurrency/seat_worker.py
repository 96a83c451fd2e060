"""Several processes that press on the same seminar at the same moment; started by test_seats.

Loads Django once, reads the orders of each process as one JSON line, forks, and answers with what went wrong.
"""

import json
import multiprocessing
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
    """Do what is ordered. An answer that says no is an answer; only a fault is raised."""
    from seminars import changes, seats
    from tests.seminars.makers import details

    try:
        if order["do"] == "cancel":
            seats.cancel(sign_up_of(order))
        elif order["do"] == "accept":
            seats.accept(sign_up_of(order))
        elif order["do"] == "refill":
            seats.refill_all()
        elif order["do"] == "decide":
            decide(seminar, order)
        else:
            option = seminar.options.get(mode=order["option"])
            seats.sign_up(seminar, option=option, details=details(order["who"], order["company"]))
    except (seats.OfferOver, changes.Stale) as refusal:
        print(refusal, file=sys.stderr)


def sign_up_of(order):
    from seminars.models import SignUp

    return SignUp.objects.select_related("seminar").get(pk=order["pk"])


def decide(seminar, order):
    from portal.accounts.models import User
    from seminars import changes

    kind = getattr(changes, order["what"])
    option_id = None if kind is changes.Postpone else seminar.options.get(mode="hong_kong").pk
    actor = User.objects.get(pk=order["actor"])
    changes.make(seminar, kind(option_id=option_id), actor=actor, seen=seminar.revision)


def prepare(mode):
    from seminars.changes import making
    from seminars.seats import locking

    if mode == "deferred":
        settings.DATABASES["default"]["OPTIONS"].update(transaction_mode="DEFERRED", timeout=0.2)
    if mode == "unlocked":
        locking.locked = making.locked = unlocked


def work(seminar_pk, orders, start, problems):
    """One process: connects, waits for all others, then does its orders."""
    from django.db import DatabaseError, connection

    from seminars.models import Seminar

    seminar = Seminar.objects.get(pk=seminar_pk)
    connection.ensure_connection()
    start.wait(60)
    for order in orders:
        try:
            attempt(seminar, order)
        except DatabaseError as error:
            problems.append(f"{type(error).__name__}: {error}")


def main():
    asked = json.loads(sys.stdin.readline())
    django.setup()
    prepare(asked["mode"])
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(len(asked["orders"]))
    with fork.Manager() as manager:
        problems = manager.list()
        processes = [
            fork.Process(target=work, args=(asked["seminar"], orders, start, problems))
            for orders in asked["orders"]
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        ended = [f"ended with {process.exitcode}" for process in processes if process.exitcode]
        print(json.dumps([*problems, *ended]))


if __name__ == "__main__":
    main()

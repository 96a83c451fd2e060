"""Many processes at one seminar: nothing oversold, nobody forgotten, no mail twice."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from portal.mail.models import Message
from seminars.models import Seminar, SignUp
from tests.seminars.makers import make_seminar

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES, ATTEMPTS, CAPACITY, CAP, COMPANIES = 8, 400, 100, 3, 60


def press(seminar, orders, *, mode="normal"):
    """Hand the orders out to 8 processes that begin at the same moment; returns what went wrong in them."""
    asked = {
        "mode": mode,
        "seminar": seminar.pk,
        "orders": [orders[number::PROCESSES] for number in range(PROCESSES)],
    }
    ended = subprocess.run(
        [sys.executable, "-m", "tests.concurrency.seat_worker"],
        cwd=settings.BASE_DIR,
        input=json.dumps(asked) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        timeout=180,
        check=True,
    )
    return json.loads(ended.stdout)


def newcomers(count=ATTEMPTS):
    return [
        {
            "do": "sign_up",
            "who": f"p{number}",
            "company": f"c{number % COMPANIES}",
            "option": "online" if number % 2 else "hong_kong",
        }
        for number in range(count)
    ]


def hall(**fields):
    """100 places in two halves; the cap counts across them."""
    return make_seminar(**{"online": CAPACITY // 2, "venue": CAPACITY // 2, "cap": CAP, **fields})


def per_company(seminar):
    confirmed = seminar.sign_ups.filter(state="confirmed")
    return Counter(confirmed.values_list("company_key", flat=True))


def eligible_waiting(seminar):
    """People on the list for whom there is a place: there must be none, ever."""
    taken = Counter(seminar.sign_ups.filter(state="confirmed").values_list("option_id", flat=True))
    free = {option.pk for option in seminar.options.all() if taken[option.pk] < option.capacity}
    full = [key for key, people in per_company(seminar).items() if people >= seminar.company_cap]
    waiting = seminar.sign_ups.filter(state="waiting", option__in=free)
    return list(waiting.exclude(company_key__in=full))


def assert_in_order(seminar):
    counts = Counter(seminar.sign_ups.filter(state="confirmed").values_list("option__mode", flat=True))
    capacities = dict(seminar.options.values_list("mode", "capacity"))
    assert all(people <= capacities[mode] for mode, people in counts.items()), counts
    assert max(per_company(seminar).values(), default=0) <= seminar.company_cap
    assert eligible_waiting(seminar) == []
    numbers = list(seminar.sign_ups.values_list("queue_number", flat=True))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def assert_one_mail_per_change(seminar):
    # Each sign-up: one mail for the entry, one for each later change; its revision counts them.
    sent = Counter(Message.objects.values_list("about", flat=True))
    revisions = dict(seminar.sign_ups.values_list("uuid", "revision"))
    assert sent == Counter(revisions)


def test_four_hundred_attempts_fill_a_hundred_places_exactly():
    seminar = hall()
    assert press(seminar, newcomers()) == []
    assert seminar.sign_ups.filter(state="confirmed").count() == CAPACITY
    assert seminar.sign_ups.filter(state="waiting").count() == ATTEMPTS - CAPACITY
    assert_in_order(seminar)
    assert_one_mail_per_change(seminar)


@pytest.mark.postgres
def test_signing_up_and_cancelling_at_once_keeps_every_rule():
    seminar = hall(online=20, venue=20, cap=1)
    assert press(seminar, newcomers(70)) == []
    cancels = [{"do": "cancel", "pk": pk} for pk in seminar.sign_ups.values_list("pk", flat=True)[:30]]
    more = [{**each, "who": f"later-{each['who']}"} for each in newcomers(40)]
    # Every cancellation comes twice, as from a double click.
    mixed = [order for three in zip(cancels, more, cancels, strict=False) for order in three]
    assert press(seminar, mixed) == []
    assert seminar.sign_ups.filter(state="cancelled").count() == 30
    assert_in_order(seminar)
    assert_one_mail_per_change(seminar)


@pytest.mark.postgres
def test_one_address_twenty_times_is_one_person():
    seminar = hall()
    assert press(seminar, newcomers(1) * 20) == []
    assert list(seminar.sign_ups.values_list("state", "revision")) == [("confirmed", 1)]
    assert Message.objects.filter(kind="signup.confirmed").count() == 1
    assert Message.objects.exclude(kind="signup.confirmed").count() <= 2


@pytest.mark.postgres
def test_without_the_lock_it_oversells():
    """The tests above are worth something only if they can see the fault that the lock prevents."""
    oversold = []
    while len(oversold) < 3 and not any(oversold):
        seminar = hall()
        press(seminar, newcomers(200), mode="unlocked")
        oversold.append(max(0, seminar.sign_ups.filter(state="confirmed").count() - CAPACITY))
    assert any(oversold), oversold


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's own way to begin a transaction")
def test_sqlite_without_immediate_fails_sign_ups():
    """Why the portal refuses to start on SQLite without transaction_mode IMMEDIATE."""
    seminar = hall()
    problems = press(seminar, newcomers(160), mode="deferred")
    assert problems and all("locked" in problem for problem in problems)
    assert SignUp.objects.count() < 160
    assert Seminar.objects.count() == 1

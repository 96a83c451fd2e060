"""Threads of one process at one seminar: they share transactions, and each hears its own answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.mail.models import Message
from seminars import seats
from seminars.seats import turns
from tests.seminars.makers import details, make_seminar

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

THREADS, EACH, PLACES = 8, 6, 20


def test_threads_share_transactions_and_every_form_is_settled_once(monkeypatch):
    taken, really = [], turns.sign_up_together
    seminar = make_seminar(online=PLACES, cap=None)
    elsewhere = make_seminar().options.first()
    option, start = seminar.options.get(mode="online"), Barrier(THREADS)

    def counted(seminar, newcomers):
        taken.append(len(newcomers))
        really(seminar, newcomers)

    def send(number):
        refused = 0
        try:
            start.wait(20)
            for form in range(EACH):
                # The last form of every thread asks for what the seminar does not have.
                asked = elsewhere if form == EACH - 1 else option
                typed = details(f"p{number}x{form}", f"c{number}")
                try:
                    seats.sign_up_in_turn(seminar, option=asked, details=typed)
                except seats.SignUpClosed:
                    refused += 1
        finally:
            connection.close()
        return refused

    monkeypatch.setattr(turns, "sign_up_together", counted)
    with ThreadPoolExecutor(THREADS) as threads:
        refused = list(threads.map(send, range(THREADS)))

    people = THREADS * (EACH - 1)
    assert refused == [1] * THREADS
    assert max(taken) > 1
    assert seminar.sign_ups.filter(state="confirmed").count() == PLACES
    assert seminar.sign_ups.filter(state="waiting").count() == people - PLACES
    numbers = seminar.sign_ups.order_by("queue_number").values_list("queue_number", flat=True)
    assert list(numbers) == list(range(1, people + 1))
    assert Message.objects.values("to").distinct().count() == Message.objects.count() == people

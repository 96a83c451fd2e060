"""A full house: 500 people for 50 places at once, some of them twice, some giving their place back."""

import random
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

import psycopg
from django.db import connection
from django.db.models import Count, Max

from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.models import User
from portal.audit.models import Event
from seminars import links, seats
from seminars.models import SignUp
from tests.bench.browsing import Browser
from tests.bench.rows import upcoming_seminar, url

PEOPLE, PLACES, CAP, COMPANIES = 500, 50, 3, 200
TWICE, CANCELS = 100, 60
CONNECTIONS = 32
FLOOR_CONNECTIONS, FLOOR_SECONDS = 16, 3
State = SignUp.State


def measure(report, where):
    seminar = empty_hall()
    option = seminar.options.first()
    floor = hot_row_rate(where) if where else None
    crowd = Crowd(report.address, seminar, option)
    crowd.run()
    seated = seminar.sign_ups.filter(state=State.CONFIRMED)
    per_company = seated.values("company_key").annotate(people=Count("pk")).aggregate(most=Max("people"))
    p99 = statistics.quantiles(crowd.seconds, n=100, method="inclusive")[-1] * 1000
    rate = len(crowd.seconds) / crowd.took
    print(
        f"  ({len(crowd.seconds)} forms of {PEOPLE} people and {len(crowd.leaving)} cancellations over "
        f"{CONNECTIONS} connections in {crowd.took:.1f} s)"
    )
    known = seminar.sign_ups.values("email_key").distinct().count()
    taken = list(seated_over_time(seminar))
    report.bar("crowd, most who had a place at any moment", max(taken), PLACES, hard=True)
    report.bar("crowd, seats that events and rows tell apart", abs(taken[-1] - seated.count()), 0, hard=True)
    report.bar("crowd, places left free at the end", PLACES - seated.count(), 0, hard=True)
    report.bar("crowd, people who were lost", PEOPLE - known, 0, hard=True)
    report.bar("crowd, most of one company", per_company["most"], CAP, hard=True)
    report.bar("crowd, forms not taken", len(crowd.refused), 0, hard=True)
    if crowd.refused:
        print("       answers: " + ", ".join(map(str, sorted(set(crowd.refused)))))
    report.bar("crowd, p99 of a sign-up", p99, 1000, unit=" ms")
    if floor:
        report.bar("crowd, rate of one hot row against that of sign-ups", floor / rate, 20)
    report.ahead("crowd, sign-ups in a second", rate)


def empty_hall():
    """The upcoming seminar with nobody in it; all its places are in its first option."""
    seminar = upcoming_seminar()
    SignUp.objects.filter(seminar=seminar).delete()
    first, *others = seminar.options.all()
    seats.change_places(
        seminar,
        capacities={first.pk: PLACES, **{each.pk: 0 for each in others}},
        company_cap=CAP,
        actor=User.objects.get(email=f"organiser@{DEMO_DOMAIN}"),
    )
    return seminar


class Crowd:
    def __init__(self, address, seminar, option):
        self.address, self.seminar, self.option = address, seminar, option
        self.seconds, self.refused = [], []
        self.leaving = set()
        self.took = 0.0
        self.choosing = threading.Lock()
        self.jobs = SimpleQueue()
        for job in self._jobs():
            self.jobs.put(job)

    def _jobs(self):
        """Numbers of people in the order in which they send; None is a cancellation."""
        order = random.Random(11)
        jobs = [*range(PEOPLE), *order.sample(range(PEOPLE), TWICE), *[None] * CANCELS]
        order.shuffle(jobs)
        return jobs

    def run(self):
        path = url("seminars:sign_up", uuid=self.seminar.uuid)
        people = [Browser(self.address) for _each in range(CONNECTIONS)]
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            # All at once, as a crowd does: one after another, most would be one process's.
            forms = list(threads.map(lambda each: each.form(path), people))
            time.sleep(2.5)  # faster than a person is refused
            begun = time.perf_counter()
            list(threads.map(self._work, people, forms))
            self.took = time.perf_counter() - begun

    def _work(self, browser, form):
        action, fields = form
        while True:
            try:
                number = self.jobs.get_nowait()
            except Empty:
                return
            if number is None:
                self._cancel()
                continue
            seconds, status, _headers, _body = browser.ask(action, fields | self._person(number))
            self.seconds.append(seconds)
            if status != 302:
                self.refused.append(status)

    def _person(self, number):
        # Whoever sends twice writes the address in another way.
        address = f"person{number}@company{number % COMPANIES}.example"
        return {
            "name": f"Demo Person {number}",
            "company": f"Demo Company {number % COMPANIES}",
            "company_type": "factory",
            "option": str(self.option.uuid),
            "email": random.choice([address, address.upper()]),
        }

    def _cancel(self):
        """Somebody with a place gives it back, by the form of the own page."""
        # Only choosing waits for others: a connection that idles for long would be closed.
        with self.choosing:
            seated = self.seminar.sign_ups.filter(state=State.CONFIRMED).exclude(pk__in=self.leaving)
            chosen = seated.order_by("?").first()
            connection.close()
            if chosen is None:
                return
            self.leaving.add(chosen.pk)
        browser = Browser(self.address)
        action, fields = browser.form(links.path_to(chosen, "cancel"))
        _seconds, status, _headers, _body = browser.ask(action, fields)
        if status != 302:
            self.refused.append(status)


def seated_over_time(seminar):
    """How many had a place after each event: they are written under the seminar's lock, one after another."""
    people = seminar.sign_ups.values("uuid")
    events = Event.objects.filter(object_kind="signup", object_uuid__in=people).order_by("pk")
    seated = 0
    for before, after in events.values_list("from_state", "to_state"):
        seated += (after == State.CONFIRMED) - (before == State.CONFIRMED)
        yield seated


def hot_row_rate(where):
    """Transactions a second that update one row and insert one, on the same PostgreSQL without Django."""
    reach = {"host": where.host, "port": where.port or None, "user": "postgres", "dbname": "portal_bench"}
    with psycopg.connect(**reach, autocommit=True) as to:
        to.execute("CREATE TABLE bench_hall (id int PRIMARY KEY, seats int)")
        to.execute("CREATE TABLE bench_seat (id bigserial PRIMARY KEY, hall int)")
        to.execute("INSERT INTO bench_hall VALUES (1, 0)")
    until = time.perf_counter() + FLOOR_SECONDS

    def work(_number):
        done = 0
        with psycopg.connect(**reach) as to:
            while time.perf_counter() < until:
                to.execute("UPDATE bench_hall SET seats = seats + 1 WHERE id = 1")
                to.execute("INSERT INTO bench_seat (hall) VALUES (1)")
                to.commit()
                done += 1
        return done

    with ThreadPoolExecutor(FLOOR_CONNECTIONS) as threads:
        return sum(threads.map(work, range(FLOOR_CONNECTIONS))) / FLOOR_SECONDS

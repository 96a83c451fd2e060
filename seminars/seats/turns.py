"""Together with whoever waits in the same process, before anybody opens a transaction.

In a crowd all threads of a process would wait for the same seminar's lock, one after another, and those that
come meanwhile would take the processor from the one that holds it. So one of them takes the forms of all who
wait by then to the lock, in one transaction, and waiting costs nothing. The lock alone decides who gets a
seat; turns only make its queue short.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import OperationalError

from portal.audit import trail
from seminars.models import AttendanceOption, Seminar
from seminars.seats.entering import Details, Newcomer, sign_up_together

# As long as a process waits for the lock itself.
WAIT_SECONDS = 5
# What one transaction takes: everybody behind it waits for all of it.
MOST_TOGETHER = 16


@dataclass(eq=False)
class WaitingForm:
    """One that waits, and what came of it; nothing until somebody has taken it to the lock."""

    seminar: Seminar
    newcomer: Newcomer
    settled: bool = False
    refusal: Exception | None = field(default_factory=lambda: OperationalError("Nobody settled this form."))
    # Set when it is settled, or when it is this one's turn to take all who wait to the lock.
    called: threading.Event = field(default_factory=threading.Event)


class Desk:
    """Where forms for some seminars queue: a crowd at one rarely meets one at another.

    One form's thread has the turn; it passes it on when its own form is settled.
    """

    def __init__(self):
        self._waiting = deque()
        self._turn_of = None
        self._moving = threading.Lock()

    def join(self, form: WaitingForm) -> None:
        with self._moving:
            self._waiting.append(form)

    def claim(self, form: WaitingForm) -> None:
        """Give it the turn if nobody has it; else it is called when it is settled, or when its turn comes."""
        with self._moving:
            if self._turn_of is None:
                self._call(form)

    def leave(self, form: WaitingForm) -> bool:
        """False: it has the turn, or somebody has taken it to the lock."""
        with self._moving:
            if form is self._turn_of or form not in self._waiting:
                return False
            self._waiting.remove(form)
            return True

    def take(self) -> list[WaitingForm]:
        """The first ones, if they are for one seminar; an address that comes again is known the next time."""
        with self._moving:
            first = self._waiting[0]
            taken = {}
            for form in list(self._waiting)[:MOST_TOGETHER]:
                if form.seminar.pk != first.seminar.pk or form.newcomer.email_key in taken:
                    break
                taken[form.newcomer.email_key] = self._waiting.popleft()
            return list(taken.values())

    def go(self, form: WaitingForm) -> None:
        """Its thread waits no longer, for whatever reason: the turn, where it has it, is the next one's."""
        with self._moving:
            if not form.settled and form in self._waiting:
                self._waiting.remove(form)
            if form is self._turn_of:
                self._turn_of = None
                if self._waiting:
                    self._call(self._waiting[0])

    def _call(self, form):
        self._turn_of = form
        form.called.set()


_desks = tuple(Desk() for _each in range(16))


def sign_up_in_turn(seminar: Seminar, *, option: AttendanceOption, details: Details) -> None:
    """`seats.sign_up` for web forms: settled when it returns, with others or alone.

    Raises like `seats.sign_up`, and OperationalError where the turn takes too long: then nothing was done.
    """
    desk, form = desk_of(seminar), WaitingForm(seminar, Newcomer(option, details, trail.current_request()))
    desk.join(form)
    try:
        desk.claim(form)
        if not form.called.wait(WAIT_SECONDS):
            if desk.leave(form):
                raise OperationalError("The turn at the seminar did not come in time.")
            # It is at the lock already, which is waited for no longer than that.
            form.called.wait()
        while not form.settled:
            _settle(desk.take())
    finally:
        desk.go(form)
    if form.refusal:
        raise form.refusal


def desk_of(seminar: Seminar) -> Desk:
    return _desks[seminar.pk % len(_desks)]


def _settle(forms: Sequence[WaitingForm]):
    """Where anything is in the way of one, nothing is written, and each goes alone."""
    try:
        sign_up_together(forms[0].seminar, [form.newcomer for form in forms])
        _answer(forms, None)
    except OperationalError as error:
        # The lock was not to be had, or the database went away: for all of them.
        _answer(forms, error)
    except Exception as error:
        if len(forms) == 1:
            _answer(forms, error)
        else:
            for form in forms:
                _settle([form])
    finally:
        # Also where the process is told to stop: nobody may wait for what will not come.
        for form in forms:
            form.settled = True
            form.called.set()


def _answer(forms, refusal):
    for form in forms:
        form.refusal = refusal

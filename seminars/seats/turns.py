"""One after another through a process, before anybody opens a transaction.

In a crowd all threads of a process would wait for the same seminar's lock, and those that come meanwhile
would take the processor from the one that holds it: who waits here costs nothing. The lock alone decides who
gets a seat; turns only make its queue short.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from seminars.models import Seminar

# As long as a process waits for the lock itself.
WAIT_SECONDS = 5
# Seminars share some: a crowd at one rarely meets one at another.
_turns = tuple(threading.Lock() for _each in range(16))


@contextmanager
def turn_at(seminar: Seminar) -> Iterator[None]:
    """Wait for those of this process who came before; raises OperationalError where that takes too long."""
    turn = _turns[seminar.pk % len(_turns)]
    if not turn.acquire(timeout=WAIT_SECONDS):
        raise OperationalError("The turn at the seminar did not come in time.")
    try:
        yield
    finally:
        turn.release()

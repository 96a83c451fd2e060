"""The only writer of seats. Everybody enters as waiting; fill() promotes in order under the seminar's lock.

Every door takes the lock first (`locking.locked`), changes what it is about, and then calls fill().
"""

from seminars.seats.correcting import CORRECTION_TIME, can_correct_at, correct_details
from seminars.seats.entering import STATEMENT_VERSION, Details, add_by_hand, sign_up
from seminars.seats.filling import fill
from seminars.seats.leaving import cancel
from seminars.seats.passing import refill, refill_all
from seminars.seats.places import change_places
from seminars.seats.refusals import AlreadySignedUp, CompanyFull, SeatError, SignUpClosed

__all__ = [
    "CORRECTION_TIME",
    "STATEMENT_VERSION",
    "AlreadySignedUp",
    "CompanyFull",
    "Details",
    "SeatError",
    "SignUpClosed",
    "add_by_hand",
    "can_correct_at",
    "cancel",
    "change_places",
    "correct_details",
    "fill",
    "refill",
    "refill_all",
    "sign_up",
]

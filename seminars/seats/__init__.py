"""The only writer of seats. Everybody enters as waiting; fill() promotes in order under the seminar's lock.

Every door takes the lock first (`locking.locked`), changes what it is about, and then calls fill().
"""

from seminars.seats.answering import CONFIRM_TIME, accept, confirm_address, confirm_until
from seminars.seats.correcting import (
    CORRECTION_TIME,
    Corrections,
    can_be_put_right,
    can_correct_at,
    correct_by_hand,
    correct_details,
)
from seminars.seats.entering import STATEMENT_VERSION, Details, add_by_hand, add_many, adding_refusal, sign_up
from seminars.seats.filling import fill
from seminars.seats.leaving import cancel
from seminars.seats.passing import refill, refill_all
from seminars.seats.places import change_places, places_refusal
from seminars.seats.reaching import ask_for_address, send_link, take_address
from seminars.seats.recognising import merge_companies, separate_company
from seminars.seats.refusals import (
    AlreadySignedUp,
    CompanyFull,
    NoPlace,
    NotInvited,
    OfferOver,
    SeatError,
    SignUpClosed,
)
from seminars.seats.steering import move, put_first
from seminars.seats.turns import sign_up_in_turn

__all__ = [
    "CONFIRM_TIME",
    "CORRECTION_TIME",
    "STATEMENT_VERSION",
    "AlreadySignedUp",
    "CompanyFull",
    "Corrections",
    "Details",
    "NoPlace",
    "NotInvited",
    "OfferOver",
    "SeatError",
    "SignUpClosed",
    "accept",
    "add_by_hand",
    "add_many",
    "adding_refusal",
    "ask_for_address",
    "can_be_put_right",
    "can_correct_at",
    "cancel",
    "change_places",
    "confirm_address",
    "confirm_until",
    "correct_by_hand",
    "correct_details",
    "fill",
    "merge_companies",
    "move",
    "places_refusal",
    "put_first",
    "refill",
    "refill_all",
    "send_link",
    "separate_company",
    "sign_up",
    "sign_up_in_turn",
    "take_address",
]

"""Work for the visitor's browser, for days on which programs flood a form: only with settings.PROOF_OF_WORK.

The browser looks for a number; checking it costs one hash. The number counts for one opened form and one
address, so a double click repeats it harmlessly, and a flood has to work for every address. Whoever has no
JavaScript waits instead, and so few of one network may do so that a flood gains nothing.
"""

import hashlib

from portal import limits

# Some 16,000 hashes: about a second on a phone of some years ago.
BITS = 14
WAIT_SECONDS = 30
WAITING_PER_NETWORK, WINDOW_SECONDS = 5, 600


def is_done(stamp: str, address: str, answer: str) -> bool:
    if not answer.isdecimal() or len(answer) > 12:
        return False
    digest = hashlib.sha256(f"{stamp}\n{address}\n{answer}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - BITS) == 0


def wait_instead(network: str) -> int:
    """Count one form that waited; 0: take it, otherwise seconds until this network may wait again."""
    return limits.hit("forms.waited", network, limit=WAITING_PER_NETWORK, window=WINDOW_SECONDS)

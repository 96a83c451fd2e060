"""The route matrix: every address of ours, asked by everybody, with every method (quality bar SEC-01).

To add rows, write `tests/access/routes_<app>.py` with `ROUTES = [Route(...), ...]` and, where addresses need
objects, `def build(world)`, which sets attributes on the world for the rows' `kwargs`:

    def build(world):
        world.application = start(world.company, by=world.user("owner"))

    ROUTES = [
        Route("cases:queue", get=office("officer", "auditor")),
        Route("applications:section", lambda w: {"application": w.application.uuid, "section": "a"},
              get=company("owner submitter colleague viewer"),
              post=company("owner submitter colleague", denied="viewer")),
    ]

`get` and `post` say for each person of WHO what happens. A method that a route does not name must be refused,
with 405 to whoever may use the other one; that is asked of FEW only. A daily run asks a sample of those who
fare alike, `make audit` asks everybody. `expect()` is the general form behind
`public`, `members`, `company` and `office`. A name may have several rows (a right link, a wrong link). An
address without a row fails the test. Run: pytest tests/access -q -k "rows_say or has_a_row"
"""

import zlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

COMPANY = "owner submitter colleague viewer"
STAFF = "officer organiser editor assessor auditor releaser record_checker root"
WHO = tuple(f"anonymous {COMPANY} removed outsider newcomer {STAFF} closed unenrolled unconfirmed".split())
NOBODY = "anonymous closed"  # whoever is not signed in
FEW = ("anonymous", "owner", "outsider", "officer", "root", "unenrolled")

OPEN = "open"  # the page, or the form again with its errors
MOVED = "moved"  # sent on to another page of ours
ANSWERED = "answered"  # one of the two: it did its work
REFUSED = "refused"  # anything but that
OWN = "own"  # a step of one's own account: whatever stage it is in, but never an error of ours
READY = "open or 503"
SIGN_IN, ENROL, CONFIRM = "sign in", "enrol", "confirm"
DENIED, HIDDEN, METHOD, GONE = "denied", "hidden", "method", "gone"
OPENS = {200, 201, 202, 204, 206, 400, 409, 422}
CODES = {403: DENIED, 404: HIDDEN, 405: METHOD, 410: GONE, 429: "limited"}


def expect(rest: str | None = None, **groups: str) -> dict[str, str]:
    """`expect(DENIED, open="officer root", sign_in=NOBODY)`: outcome -> people, and `rest` for the others."""
    found: dict[str, str] = {}
    for outcome, people in groups.items():
        for person in people.split():
            if person not in WHO or person in found:
                raise ValueError(f"{person} is unknown or named twice")
            found[person] = outcome.replace("_", " ")
    missing = [person for person in WHO if person not in found]
    if missing and rest is None:
        raise ValueError(f"Nothing is said about {', '.join(missing)}")
    return found | dict.fromkeys(missing, rest)


def public(outcome: str = OPEN) -> dict[str, str]:
    return expect(outcome)


def members(outcome: str = OPEN) -> dict[str, str]:
    """Everybody who is signed in, staff or not."""
    return expect(outcome, sign_in=NOBODY)


def company(may: str, *, denied: str = "", outcome: str = OPEN, staff: str = "") -> dict[str, str]:
    """Own company only: strangers find nothing, colleagues with too small a role are refused."""
    return expect(HIDDEN, **{outcome: f"{may} {staff}"}, denied=denied, sign_in=NOBODY)


def office(*roles: str, outcome: str = OPEN) -> dict[str, str]:
    """Staff with one of the roles, and superusers."""
    may = " ".join(dict.fromkeys([*roles, "root"]))
    return expect(DENIED, **{outcome: may}, sign_in=NOBODY, enrol="unenrolled", confirm="unconfirmed")


@dataclass(frozen=True)
class Route:
    name: str
    kwargs: Callable[[SimpleNamespace], dict] = field(default=lambda world: {})
    get: dict[str, str] | None = None
    post: dict[str, str] | None = None
    data: Callable[[SimpleNamespace], dict] = field(default=lambda world: {})
    people: tuple[str, ...] = WHO

    def asked(self, method: str) -> tuple[str, ...]:
        return self.people if getattr(self, method) else FEW

    def sampled(self, method: str) -> list[str]:
        """Two of those who are kept out, one of all others who fare alike: which, the address decides.

        Where all fare alike, a few speak for everybody.
        """
        ways = defaultdict(list)
        for person in self.asked(method):
            ways[self.expected(method, person)].append(person)
        if len(ways) == 1:
            return [person for person in FEW if person in self.people]
        turn = zlib.crc32(f"{self.name} {method}".encode())
        return sorted(
            {
                people[(turn + each) % len(people)]
                for way, people in ways.items()
                for each in range(_sample(way))
            }
        )

    def expected(self, method: str, person: str) -> str:
        if said := getattr(self, method):
            return said[person]
        other = self.post if method == "get" else self.get
        # Who may not come in learns nothing about methods, or learns it first: both are refusals.
        return METHOD if other[person] in {OPEN, MOVED, ANSWERED} else REFUSED


def _sample(outcome):
    """Of a door that should be shut, more are asked than of one that should open or says who is there."""
    return 2 if outcome in {DENIED, HIDDEN} else 1


def outcome_of(response) -> str:
    status = response.status_code
    if status in OPENS:
        return OPEN
    if status in {301, 302, 303, 307, 308}:
        target = response["Location"]
        if "/account/login/" in target:
            return SIGN_IN
        if "/account/2fa/totp/activate/" in target:
            return ENROL
        return CONFIRM if "reauthenticate/" in target else MOVED
    return CODES.get(status, str(status))


def agrees(expected: str, found: str) -> bool:
    if expected == ANSWERED:
        return found in {OPEN, MOVED}
    if expected == REFUSED:
        return found not in {OPEN, MOVED} and not found.isdigit()
    if expected == OWN:
        return not found.isdigit()
    if expected == READY:
        return found in {OPEN, "503"}
    return expected == found

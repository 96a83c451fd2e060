"""Asks the Observatory which warnings are in force. Anything but a good answer is "unknown", never "none".

The keys of `warnsum` are families of warnings; what counts is in `code`. A family may still be listed after
its warning was cancelled. The announcement before signal no. 8 stands in `warningInfo` only, and "extreme
conditions" in neither: of those a person must know.
"""

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
import structlog
from django.conf import settings

from seminars.models import WarningFeed, WeatherTrigger

log = structlog.get_logger(__name__)
Problem = WarningFeed.Problem
T = WeatherTrigger

TIMEOUT = (3, 5)  # to connect, and between two pieces of the answer
LONGEST = 10  # seconds for the whole answer
LARGEST = 256 * 1024
OLDEST = timedelta(minutes=15)
EIGHT_OR_ABOVE = {"TC8NE", "TC8SE", "TC8SW", "TC8NW", "TC9", "TC10"}
# family -> code -> the triggers that it means; black is more than red
FAMILIES = {
    "WTCSGNL": {"TC1": set(), "TC3": set(), **{code: {T.TYPHOON_8} for code in EIGHT_OR_ABOVE}},
    "WRAIN": {"WRAINA": set(), "WRAINR": {T.RED_RAIN}, "WRAINB": {T.BLACK_RAIN, T.RED_RAIN}},
}
TRIGGERS_OF = {"WTCSGNL": {T.TYPHOON_8}, "WRAIN": {T.RED_RAIN, T.BLACK_RAIN}}
# Families that no rule of ours speaks of.
OTHERS = {
    *("WFIRE", "WL", "WFNTSA", "WTS", "WMSGNL", "WHOT", "WCOLD", "WFROST", "WTMW", "WTCPRE8"),
}
ANNOUNCEMENT = "WTCPRE8"
FROM_SUMMARY = {T.TYPHOON_8, T.RED_RAIN, T.BLACK_RAIN}


class FeedTrouble(Exception):
    def __init__(self, problem):
        super().__init__(problem)
        self.problem = problem


@dataclass
class Reading:
    """What one look said: in force since when, taken down when, and of what it says nothing."""

    in_force: dict[str, datetime] = field(default_factory=dict)
    lowered: dict[str, datetime] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=lambda: {T.EXTREME})
    problem: str = ""


def ask(now: datetime, *, with_announcement: bool) -> Reading:
    """Look now. Takes seconds and a network, so never inside a transaction or a page. Raises nothing."""
    reading = Reading()
    try:
        _read_summary(_fetch("warnsum"), reading, now)
    except FeedTrouble as trouble:
        reading.problem = trouble.problem
        reading.unknown |= FROM_SUMMARY
    if with_announcement:
        try:
            _read_announcement(_fetch("warningInfo"), reading, now)
        except FeedTrouble as trouble:
            reading.problem = reading.problem or trouble.problem
            reading.unknown.add(T.PRE_TYPHOON_8)
    if reading.problem:
        log.warning("observatory_not_understood", problem=reading.problem)
    return reading


def _fetch(kind) -> dict:
    """One answer of the configured host and no other: redirects are not followed."""
    until = time.monotonic() + LONGEST
    try:
        with requests.get(
            settings.OBSERVATORY_URL,
            params={"dataType": kind, "lang": "en"},
            headers={"Accept": "application/json", "Cache-Control": "no-cache"},
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code != 200:
                raise FeedTrouble(Problem.REFUSED)
            if _is_old(answer.headers):
                raise FeedTrouble(Problem.STALE)
            body = b""
            for part in answer.iter_content(16 * 1024):
                body += part
                if len(body) > LARGEST:
                    raise FeedTrouble(Problem.NOT_DATA)
                if time.monotonic() > until:
                    raise FeedTrouble(Problem.UNREACHABLE)
    except requests.RequestException as failure:
        raise FeedTrouble(Problem.UNREACHABLE) from failure
    try:
        data = json.loads(body)
    except ValueError as failure:
        raise FeedTrouble(Problem.NOT_DATA) from failure
    if not isinstance(data, dict):
        raise FeedTrouble(Problem.NOT_DATA)
    return data


def _is_old(headers):
    """A cache on the way may go on answering for a server that is gone."""
    try:
        age = timedelta(seconds=int(headers.get("Age", "0")))
        made = headers.get("Date")
        since = datetime.now(UTC) - parsedate_to_datetime(made) if made else timedelta()
    except (TypeError, ValueError, OverflowError):
        return False
    return max(age, since) > OLDEST


def _read_summary(data, reading, now):
    for family, entry in data.items():
        if family in OTHERS:
            continue
        if family not in FAMILIES:
            # A family we have never heard of may be one of ours under a new name.
            reading.problem = Problem.UNKNOWN_CODE
            reading.unknown |= FROM_SUMMARY
            continue
        if not isinstance(entry, dict):
            raise FeedTrouble(Problem.NOT_DATA)
        _read_entry(family, entry, reading, now)
    reading.unknown -= set(reading.in_force)


def _read_entry(family, entry, reading, now):
    code, ours = entry.get("code"), TRIGGERS_OF[family]
    changed = _instant(entry.get("updateTime"), now)
    if "CANCEL" in (code, entry.get("actionCode")):
        reading.lowered |= dict.fromkeys(ours, changed)
        return
    if code not in FAMILIES[family]:
        reading.problem = Problem.UNKNOWN_CODE
        reading.unknown |= ours
        return
    issued = _instant(entry.get("issueTime"), now)
    means = FAMILIES[family][code]
    reading.in_force |= dict.fromkeys(means, issued)
    # A lower signal of the family stands where the higher one stood: since it was issued.
    reading.lowered |= dict.fromkeys(ours - means, issued)


def _read_announcement(data, reading, now):
    details = data.get("details", [])
    if not isinstance(details, list) or not all(isinstance(each, dict) for each in details):
        raise FeedTrouble(Problem.NOT_DATA)
    for each in details:
        if each.get("warningStatementCode") == ANNOUNCEMENT:
            reading.in_force[T.PRE_TYPHOON_8] = _instant(each.get("updateTime"), now)


def _instant(text, now):
    """An instant that makes no sense must not hide a warning: then it is now."""
    try:
        moment = datetime.fromisoformat(text)
        return min(moment, now) if moment.tzinfo else now
    except (TypeError, ValueError):
        return now

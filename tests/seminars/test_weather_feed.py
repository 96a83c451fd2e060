"""Answers of the Observatory's real shape, and everything that is none: unknown is never "no warning"."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from portal.dates import HONG_KONG
from seminars.weather import feed
from tests.services.observatory import entry

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=HONG_KONG)
ISSUED = "2026-09-01T09:40:00+08:00"
LATER = "2026-09-01T10:58:00+08:00"
EVERYTHING = {"typhoon_8", "red_rain", "black_rain", "extreme"}


def ask(announcement=False):
    return feed.ask(NOW, with_announcement=announcement)


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("summary", "in_force"),
    [
        ({}, set()),
        (entry("WTCSGNL", "TC1"), set()),
        (entry("WTCSGNL", "TC3", action="REISSUE"), set()),
        *(
            (entry("WTCSGNL", code), {"typhoon_8"})
            for code in ("TC8NE", "TC8SE", "TC8SW", "TC8NW", "TC9", "TC10")
        ),
        (entry("WRAIN", "WRAINA"), set()),
        (entry("WRAIN", "WRAINR"), {"red_rain"}),
        (entry("WRAIN", "WRAINB", action="EXTEND", expireTime=LATER), {"red_rain", "black_rain"}),
        (
            entry("WTCSGNL", "TC8NE") | entry("WRAIN", "WRAINB") | entry("WTS", "WTS"),
            EVERYTHING - {"extreme"},
        ),
        (entry("WTCSGNL", "CANCEL", action="CANCEL"), set()),
        (entry("WTCSGNL", "TC8NE", action="CANCEL"), set()),
        (entry("WFIRE", "WFIRER") | entry("WL", "WL") | entry("WTMW", "WTMW"), set()),
    ],
)
def test_what_is_in_force(observatory, summary, in_force):
    observatory.says(summary)
    reading = ask()
    assert (set(reading.in_force), reading.problem, reading.unknown) == (in_force, "", {"extreme"})
    assert observatory.asked == [{"dataType": "warnsum", "lang": "en"}]


def test_times_of_hoisting_and_of_taking_down(observatory):
    observatory.says(entry("WTCSGNL", "TC8NE", issued=ISSUED, updated=LATER))
    assert ask().in_force == {"typhoon_8": at(ISSUED)}
    observatory.says(entry("WTCSGNL", "TC3", issued=LATER))
    assert ask().lowered["typhoon_8"] == at(LATER), "a lower signal says since when the higher one is down"
    observatory.says(entry("WTCSGNL", "CANCEL", issued=ISSUED, updated=LATER, action="CANCEL"))
    assert ask().lowered == {"typhoon_8": at(LATER)}
    observatory.says(entry("WRAIN", "WRAINR", issued=LATER))
    assert ask().lowered == {"black_rain": at(LATER)}
    observatory.says(entry("WTCSGNL", "TC9", issued="yesterday"))
    assert ask().in_force == {"typhoon_8": NOW}, "a time that makes no sense hides no warning"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"summary": b"<!doctype html><title>Maintenance</title>"}, "not_data"),
        ({"summary": b""}, "not_data"),
        ({"summary": b"[]"}, "not_data"),
        ({"summary": {"WTCSGNL": "TC8NE"}}, "not_data"),
        ({"summary": b" " * (feed.LARGEST + 1)}, "not_data"),
        ({"summary": {}, "status": 500}, "refused"),
        ({"summary": {}, "status": 302, "headers": {"Location": "http://elsewhere.example/"}}, "refused"),
        ({"summary": {}, "headers": {"Age": "3600"}}, "stale"),
        (
            {
                "summary": {},
                "headers": {"Date": format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)},
            },
            "stale",
        ),
    ],
)
def test_anything_else_is_unknown(observatory, answer, problem):
    observatory.says(answer.pop("summary"), **answer)
    reading = ask()
    assert (reading.problem, reading.in_force, reading.unknown) == (problem, {}, EVERYTHING)


def test_codes_that_we_do_not_know_are_unknown_and_hide_nothing_else(observatory):
    observatory.says(entry("WTCSGNL", "TC8X") | entry("WRAIN", "WRAINB"))
    reading = ask()
    assert reading.problem == "unknown_code"
    assert set(reading.in_force) == {"black_rain", "red_rain"} and reading.unknown == {"typhoon_8", "extreme"}
    observatory.says(entry("WSOMETHING", "X") | entry("WTCSGNL", "TC9"))
    reading = ask()
    assert set(reading.in_force) == {"typhoon_8"} and reading.unknown == EVERYTHING - {"typhoon_8"}


def test_silence_and_a_dead_server_are_unknown(observatory, monkeypatch, settings):
    monkeypatch.setattr(feed, "TIMEOUT", (0.2, 0.2))
    observatory.ready.clear()
    assert (ask().problem, ask().unknown) == ("unreachable", EVERYTHING)
    observatory.ready.set()
    settings.OBSERVATORY_URL = "http://127.0.0.1:9/"
    assert ask().problem == "unreachable"


def test_announcement_before_signal_8_stands_in_the_other_data(observatory):
    details = [
        {"warningStatementCode": "WTCSGNL", "subtype": "TC3", "contents": ["…"], "updateTime": ISSUED},
        {"warningStatementCode": "WTCPRE8", "contents": ["…"], "updateTime": ISSUED},
    ]
    observatory.says(entry("WTCSGNL", "TC3"), {"details": details})
    assert ask().in_force == {}, "not asked where no rule speaks of it"
    assert ask(announcement=True).in_force == {"pre_typhoon_8": at(ISSUED)}
    observatory.says({}, {})
    assert ask(announcement=True).problem == ""
    observatory.says({}, b"<html>")
    reading = ask(announcement=True)
    assert (reading.problem, reading.unknown) == ("not_data", {"extreme", "pre_typhoon_8"})

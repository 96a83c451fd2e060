"""What search engines are told in each state: words of schema.org, and only those that go together."""

import re
from datetime import timedelta

import pytest

from portal import dates
from seminars import structured
from seminars.models import AttendanceOption, Seminar

pytestmark = pytest.mark.django_db
PATH = "/en/events/demo-seminar/"
ADDRESS = f"http://localhost:8000{PATH}"
# All members of the two enumerations; "Cancelled" with two l, as schema.org spells it.
STATUSES = {
    f"https://schema.org/Event{word}"
    for word in ("Scheduled", "Postponed", "Rescheduled", "MovedOnline", "Cancelled")
}
MODES = {f"https://schema.org/{word}EventAttendanceMode" for word in ("Online", "Offline", "Mixed")}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\+08:00")
ONLINE = {"@type": "VirtualLocation", "url": ADDRESS}
HALL = {
    "@type": "Place",
    "name": "Demo Hall",
    "address": {"@type": "PostalAddress", "streetAddress": "1 Demo Street, Kowloon", "addressCountry": "HK"},
}


@pytest.fixture(autouse=True)
def host(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"


def event(seminar, *, options=None, **columns):
    """The event of a seminar with these columns and these states of its two options."""
    for mode, state in (options or {}).items():
        seminar.options.filter(mode=mode).update(state=state)
    Seminar.objects.filter(pk=seminar.pk).update(**columns)
    data = structured.event_of(Seminar.objects.get(pk=seminar.pk), path=PATH, lead="What it is about.")
    said = data["eventStatus"]
    assert set(said if isinstance(said, list) else [said]) <= STATUSES
    assert data["eventAttendanceMode"] in MODES
    assert {each["@type"] for each in data["location"]} <= {"Place", "VirtualLocation"}
    for name in {"startDate", "endDate", "previousStartDate"} & set(data):
        assert INSTANT.fullmatch(data[name])
    return data


def told(data):
    """(status, mode, is an earlier start named), without the words that all share."""
    said = data["eventStatus"]
    words = [
        each.removeprefix("https://schema.org/Event") for each in (said if isinstance(said, list) else [said])
    ]
    mode = data["eventAttendanceMode"].removeprefix("https://schema.org/").removesuffix("EventAttendanceMode")
    return "+".join(words), mode, "previousStartDate" in data


def test_whole_event_of_a_seminar_as_it_was_announced(seminar):
    assert event(seminar) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Demo seminar",
        "startDate": dates.iso(seminar.starts_at),
        "endDate": dates.iso(seminar.ends_at),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [ONLINE, HALL],
        "url": ADDRESS,
        "isAccessibleForFree": True,
        "description": "What it is about.",
        "inLanguage": ["yue", "en"],
    }


EARLIER = timedelta(days=7)


@pytest.mark.parametrize(
    ("state", "has_earlier_start", "expected"),
    [
        ("scheduled", False, ("Scheduled", "Mixed", False)),
        ("scheduled", True, ("Rescheduled", "Mixed", True)),
        ("postponed", False, ("Postponed", "Mixed", False)),
        # Put off once more: which of the old dates is meant, nobody could say.
        ("postponed", True, ("Postponed", "Mixed", False)),
        ("cancelled", False, ("Cancelled", "Mixed", False)),
        ("cancelled", True, ("Cancelled", "Mixed", False)),
        ("held", False, ("Scheduled", "Mixed", False)),
        ("held", True, ("Rescheduled", "Mixed", True)),
    ],
)
def test_status_of_each_state_and_the_earlier_start_with_rescheduled_alone(
    seminar, state, has_earlier_start, expected
):
    earlier = seminar.starts_at - EARLIER if has_earlier_start else None
    data = event(seminar, state=state, previous_start=earlier)
    assert told(data) == expected
    assert data["startDate"] == dates.iso(seminar.starts_at), "postponed and cancelled keep the date"
    if expected[2]:
        assert data["previousStartDate"] == dates.iso(seminar.starts_at - EARLIER)


@pytest.mark.parametrize(
    ("online", "hall", "expected", "places"),
    [
        ("open", "open", ("Scheduled", "Mixed", False), [ONLINE, HALL]),
        ("open", "cancelled", ("Scheduled", "Online", False), [ONLINE]),
        ("cancelled", "open", ("Scheduled", "Offline", False), [HALL]),
        ("open", "moved_online", ("MovedOnline", "Online", False), [ONLINE]),
        ("cancelled", "moved_online", ("MovedOnline", "Online", False), [ONLINE]),
        ("cancelled", "cancelled", ("Scheduled", "Mixed", False), [ONLINE, HALL]),
    ],
)
def test_mode_and_places_follow_the_options_that_take_place(seminar, online, hall, expected, places):
    data = event(seminar, options={"online": online, "hong_kong": hall})
    assert (told(data), data["location"]) == (expected, places)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("online", ("Scheduled", "Online", False)), ("hong_kong", ("Scheduled", "Offline", False))],
)
def test_seminar_with_one_option_only(seminar, mode, expected):
    seminar.options.exclude(mode=mode).delete()
    assert told(event(seminar)) == expected


def test_new_date_and_online_at_once_says_both(seminar):
    earlier = seminar.starts_at - EARLIER
    data = event(seminar, options={"hong_kong": "moved_online"}, previous_start=earlier)
    assert told(data) == ("Rescheduled+MovedOnline", "Online", True)
    assert data["previousStartDate"] == dates.iso(earlier)


def test_hall_that_moved_while_another_stays_open_is_no_move_of_the_event(seminar):
    AttendanceOption.objects.create(
        seminar=seminar,
        mode="guangdong",
        label_en="Demo Centre",
        label_zh_hant="示範中心",
        label_zh_hans="示范中心",
        address_en="2 Demo Road,\nDongguan",
    )
    data = event(seminar, options={"hong_kong": "moved_online"})
    assert told(data) == ("Scheduled", "Mixed", False)
    assert data["location"] == [
        ONLINE,
        {
            "@type": "Place",
            "name": "Demo Centre",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "2 Demo Road, Dongguan",
                "addressCountry": "CN",
            },
        },
    ]

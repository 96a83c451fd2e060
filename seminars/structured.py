"""The facts of a seminar for search engines: a schema.org Event as JSON-LD."""

from portal import dates
from portal.addresses import whole
from portal.texts import localized
from seminars.models import AttendanceOption, Seminar

BASE = "https://schema.org/"
LANGUAGES = {"putonghua": "cmn", "cantonese": "yue", "english": "en"}
RESCHEDULED = BASE + "EventRescheduled"
State = Seminar.State


def event_of(seminar: Seminar, *, path: str, lead: str, organisers=()) -> dict:
    """What the page says, in the active language. `path` is the page's own."""
    status, options = status_of(seminar), _options(seminar)
    data = {
        "@context": BASE.rstrip("/"),
        "@type": "Event",
        "name": localized(seminar, "title").text,
        "startDate": dates.iso(seminar.starts_at),
        "endDate": dates.iso(seminar.ends_at),
        "eventStatus": status,
        "eventAttendanceMode": BASE + _mode(options),
        "location": _locations(options, path),
        "url": whole(path),
        "isAccessibleForFree": True,
    }
    if lead:
        data["description"] = lead
    # The one explains the other: no other status goes with it, and that status says nothing without it.
    if RESCHEDULED in status:
        data["previousStartDate"] = dates.iso(seminar.previous_start)
    if seminar.languages_of_delivery:
        data["inLanguage"] = [LANGUAGES[code] for code in seminar.languages_of_delivery if code in LANGUAGES]
    if organisers:
        data["organizer"] = [
            {"@type": "Organization", "name": localized(each, "name").text} for each in organisers
        ]
    return data


def status_of(seminar: Seminar) -> str | list[str]:
    """Two of them where a seminar was moved in time and online."""
    if seminar.state == State.CANCELLED:
        return BASE + "EventCancelled"
    if seminar.state == State.POSTPONED:
        return BASE + "EventPostponed"
    found = []
    if seminar.previous_start:
        found.append(RESCHEDULED)
    options = _options(seminar)
    was_moved = any(option.state == AttendanceOption.State.MOVED_ONLINE for option in options)
    if was_moved and all(option.takes_place_online for option in options):
        found.append(BASE + "EventMovedOnline")
    return found[0] if len(found) == 1 else found or BASE + "EventScheduled"


def _options(seminar):
    """Those that take place; of a cancelled seminar those that were announced."""
    options = list(seminar.options.all())
    return [each for each in options if not each.is_cancelled] or options


def _mode(options):
    online = {option.takes_place_online for option in options}
    if online == {True}:
        return "OnlineEventAttendanceMode"
    return "OfflineEventAttendanceMode" if online == {False} else "MixedEventAttendanceMode"


def _locations(options, path):
    """A hall that moved online is at the same place as those who were there before: said once."""
    found = [_location(option, path) for option in options]
    return [each for number, each in enumerate(found) if each not in found[:number]]


def _location(option, path):
    if option.takes_place_online:
        # Where one hears how to join: the link itself is for people with a place.
        return {"@type": "VirtualLocation", "url": whole(path)}
    region = "HK" if option.mode == AttendanceOption.Mode.HONG_KONG else "CN"
    return {
        "@type": "Place",
        "name": localized(option, "label").text,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": " ".join(localized(option, "address").text.split()),
            "addressCountry": region,
        },
    }

"""Calendar files: one for everybody, and a personal one in mails (REQUEST without RSVP, later CANCEL)."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from icalendar import Calendar, Event, vCalAddress, vText

from portal.addresses import whole
from portal.mail.kinds import Attachment
from portal.texts import localized
from seminars.models import AttendanceOption, Seminar, SeminarPage, SignUp

# Part of every entry's UID: it must never change, or calendars show the seminar twice.
UID_DOMAIN = "portal.example"


def public(seminar: Seminar) -> bytes:
    """The seminar as anybody may add it: no names, no link to join."""
    calendar = _calendar("PUBLISH")
    event = _event(seminar, f"seminar-{seminar.uuid}", sequence=seminar.revision)
    event.add("location", localized(seminar, "venue").text)
    calendar.add_component(event)
    return calendar.to_ical()


def feed(pages: Iterable[SeminarPage], name: str) -> bytes:
    """All published seminars of one language, to subscribe to; each entry leads to its page."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for page in pages:
        seminar = page.seminar
        # The same UID as in the file of one seminar: who has both sees one entry.
        event = _event(seminar, f"seminar-{seminar.uuid}", sequence=seminar.revision)
        event.add("location", localized(seminar, "venue").text)
        event.add("url", whole(page.url))
        calendar.add_component(event)
    return calendar.to_ical()


def personal(sign_up: SignUp, *, method: str) -> bytes:
    """One person's entry. The UID stays; the sequence number rises with the sign-up and with the seminar."""
    seminar = sign_up.seminar
    with translation.override(sign_up.language):
        calendar = _calendar(method)
        event = _event(seminar, f"signup-{sign_up.uuid}", sequence=seminar.revision + sign_up.revision)
        event.add("location", where(seminar, sign_up.option))
        event.add("description", _description(seminar))
        organiser = vCalAddress(f"mailto:{seminar.enquiry_email or settings.DEFAULT_FROM_EMAIL}")
        organiser.params["CN"] = vText(localized(seminar, "enquiry_name").text)
        event.add("organizer", organiser, encode=0)
        if method != "PUBLISH":  # a published entry invites nobody
            attendee = vCalAddress(f"mailto:{sign_up.email}")
            attendee.params["CN"] = vText(sign_up.name)
            attendee.params["PARTSTAT"] = vText("ACCEPTED" if method == "REQUEST" else "DECLINED")
            attendee.params["RSVP"] = vText("FALSE")
            event.add("attendee", attendee, encode=0)
        session_is_off = sign_up.option.is_cancelled
        if session_is_off and seminar.state == Seminar.State.SCHEDULED:
            event["summary"] = vText(
                gettext("Cancelled: %(title)s") % {"title": localized(seminar, "title").text}
            )
        if session_is_off or method == "CANCEL":
            event["status"] = "CANCELLED"
        calendar.add_component(event)
        return calendar.to_ical()


def _description(seminar):
    """Without the link to the own page: colleagues can often read each other's diaries."""
    who = [localized(seminar, "enquiry_name").text, seminar.enquiry_telephone, seminar.enquiry_email]
    whom = gettext("Enquiries") + pgettext("after a label in a mail", ": ") + " · ".join(filter(None, who))
    return gettext("The link to your own page, where you can also cancel, is in our mails.") + "\n" + whom


def attachment(sign_up: SignUp, *, method: str) -> Attachment:
    """The entry for a mail, which names the same method as the file."""
    return Attachment(
        "seminar.ics",
        personal(sign_up, method=method),
        f"text/calendar; method={method}; charset=utf-8",
    )


def where(seminar: Seminar, option: AttendanceOption) -> str:
    """Where this person goes: the address of the venue, or how an online seminar is joined."""
    if option.state == AttendanceOption.State.MOVED_ONLINE:
        return gettext("Online, instead of: %(place)s") % {"place": localized(option, "label")}
    address = localized(option, "address").text
    if option.is_online or not address:
        return localized(option, "label").text
    comma = ", " if translation.get_language() == "en" else "，"
    return f"{localized(option, 'label')}{comma}{address}"


def _calendar(method):
    calendar = Calendar()
    calendar.add("prodid", "-//Cleaner Production Partnership Programme portal//Seminars//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(seminar, uid, *, sequence):
    event = Event()
    event.add("uid", f"{uid}@{UID_DOMAIN}")
    title = localized(seminar, "title").text
    event.add("dtstart", seminar.starts_at.astimezone(UTC))
    event.add("dtend", seminar.ends_at.astimezone(UTC))
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("sequence", sequence)
    off = {
        Seminar.State.CANCELLED: gettext("Cancelled: %(title)s"),
        Seminar.State.POSTPONED: gettext("Postponed: %(title)s"),
    }.get(seminar.state)
    # In the title, too: some calendars show a cancelled entry like any other.
    event.add("summary", off % {"title": title} if off else title)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    return event

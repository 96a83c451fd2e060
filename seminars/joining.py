"""The link to join: what it is, who gets it, and from when on.

A link stands in no page, no stored mail and no feed: it is read from the row when it is shown or sent.
"""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from seminars.models import AttendanceOption, Seminar, SignUp


def link_of(option: AttendanceOption) -> str:
    """Where people of this way to attend join; empty while no link is entered, and for a venue.

    A venue that was moved online is joined by its own link or, without one, like the online option.
    """
    if option.is_cancelled:
        return ""
    if option.is_online:
        return option.join_link
    if option.state != AttendanceOption.State.MOVED_ONLINE:
        return ""
    return option.join_link or next(
        (
            each.join_link
            for each in option.seminar.options.all()
            if each.is_online and each.state == AttendanceOption.State.OPEN and each.join_link
        ),
        "",
    )


def is_joined_online(option: AttendanceOption) -> bool:
    return option.is_online or option.state == AttendanceOption.State.MOVED_ONLINE


def opens_at(seminar: Seminar) -> datetime:
    """From this moment on people with a place may have the link."""
    return seminar.starts_at - timedelta(hours=seminar.link_hours_before)


def visible_link(sign_up: SignUp, now: datetime) -> str:
    """The link where this person may have it at this moment, else nothing."""
    seminar = sign_up.seminar
    in_time = opens_at(seminar) <= now < seminar.ends_at
    takes_place = seminar.state == Seminar.State.SCHEDULED
    if not (in_time and takes_place and sign_up.state == SignUp.State.CONFIRMED):
        return ""
    return link_of(sign_up.option)


def mark_of(link: str, address: str) -> str:
    """Tells one link or address from another without giving it away: part of the business key of a mail."""
    return salted_hmac("seminars.join_link", f"{address} {link}", algorithm="sha256").hexdigest()[:12]

"""What of an announced seminar changes only in the office, where people are told of it."""

from datetime import datetime

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from seminars.changes.kinds import ADDRESS, LABEL, VENUE
from seminars.models import AttendanceOption, Seminar

State = Seminar.State
TOLD_OF_SEMINAR = ("starts_at", "ends_at", *VENUE)


def is_announced(seminar: Seminar, now: datetime) -> bool:
    """Is there a page or a mail by which somebody would come at this time and to this place?

    What is over or cancelled may be put right: nobody is on the way there.
    """
    is_coming = seminar.state == State.POSTPONED or (
        seminar.state == State.SCHEDULED and now < seminar.ends_at
    )
    return is_coming and (seminar.pages.filter(live=True).exists() or seminar.sign_ups.live().exists())


def told_of(option: AttendanceOption) -> tuple[str, ...]:
    """The columns that say where it is: the name of a venue is its address to most people."""
    return ("mode", *ADDRESS) if option.is_online else ("mode", *LABEL, *ADDRESS)


def is_same(row: Model, name: str, value) -> bool:
    """Does a form leave it as it is? Its times know no seconds, and its line ends are a browser's."""
    return _as_in_forms(getattr(row, name)) == _as_in_forms(value)


def _as_in_forms(value):
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0)
    return (value or "").replace("\r\n", "\n").strip()


def refusal(seminar: Seminar, name: str, *, may_run: bool) -> SafeString | str:
    """Why this field stays as it is, with the way to the screen where it is changed."""
    if not may_run:
        return _(
            "This seminar is announced, so this stays as it was. An organiser changes date and place in the "
            "office, where everybody who has signed up is told."
        )
    if name == "mode":
        screen, label = "detail", _("Move a venue online, or cancel a way to attend")
    elif seminar.state == State.POSTPONED:
        screen, label = "reschedule", _("Set the new date")
    else:
        screen, label = "change", _("Change the time or place")
    words = _(
        "This seminar is announced, so this stays as it was. Change it in the office, where everybody who "
        "has signed up is told:"
    )
    address = reverse(f"office_seminars:{screen}", kwargs={"uuid": seminar.uuid})
    return format_html('{} <a href="{}">{}</a>', words, address, label)

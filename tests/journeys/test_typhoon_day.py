"""The announced seminar (10:30 to 11:30, decision at 11:00) on four days of bad weather, minute by minute.

People look at pages and press buttons, the clock ticks, the sender sends: what everybody sees and gets is
asserted at each step.
"""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from icalendar import Calendar

from portal import ticking
from portal.accounts.models import Role
from portal.dates import HONG_KONG
from portal.mail import sender
from seminars import drafts, links, seats
from seminars.demo import announced, loading
from seminars.models import AttendanceOption, RundownItem, Seminar, SignUp
from tests.journeys.walking import Walker
from tests.seminars.makers import details
from tests.services.observatory import entry
from tests.services.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

DAY = datetime(2025, 6, 25, tzinfo=HONG_KONG)
PEOPLE = {"ada": "en", "fong": "zh-hant", "wei": "zh-hans"}
PLANNED = ([], "EventScheduled", "CONFIRMED")
UNTIL_THE_START = (["Weather warning in force, decision by 10:30: Online"], "EventScheduled", "CONFIRMED")


def at(clock, day=DAY):
    hour, minute, *second = map(int, clock.split(":"))
    return day + timedelta(hours=hour, minutes=minute, seconds=sum(second))


def stamp(clock):
    return at(clock).isoformat()


class TyphoonDay:
    """The seminar, its people, and what they see and get."""

    def __init__(self, observatory, move_to):
        self.observatory, self.move_to = observatory, move_to
        move_to(at("09:00", DAY - timedelta(days=8)))
        self.organiser = person("organiser", role=Role.ORGANISER)
        loading.load_index()
        self.seminar = Seminar.objects.create(**announced.SEMINAR, link_hours_before=1)
        link = {"join_link": "https://meet.example/room"}
        self.option = AttendanceOption.objects.create(seminar=self.seminar, **announced.OPTION | link)
        for line in announced.RUNDOWN:
            RundownItem.objects.create(seminar=self.seminar, **line)
        for page in drafts.make_drafts(self.seminar, slug=announced.SLUG):
            page.save_revision().publish()
        for name, language in PEOPLE.items():
            seats.sign_up(self.seminar, option=self.option, details=details(name, name, language=language))
        self.minute("09:01", day=DAY - timedelta(days=8))

    def minute(self, clock, summary=None, *, day=DAY, **answer):
        """The clock ticks and the sender sends; returns {(kind of mail, who got it)}."""
        self.move_to(at(clock, day))
        if summary is not None:
            self.observatory.says(summary, **answer)
        before = len(mail.outbox)
        ticking.tick()
        while sender.send_due():
            pass
        self.sent = mail.outbox[before:]
        return sorted((each.to[0].split("@")[0], each.subject) for each in self.sent)

    def walk_in(self):
        """The organiser signs in now: sessions of the office end after a while."""
        return Walker(self.organiser)

    def page(self, prefix="en"):
        answer = Client().get(f"/{prefix}/events/{announced.SLUG}/")
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    def banners(self, prefix="en"):
        return [each.h2.get_text(" ", strip=True) for each in self.page(prefix).select(".cp-banner")]

    def data(self):
        return json.loads(self.page().select_one('script[type="application/ld+json"]').string)

    def entry(self):
        answer = Client().get(f"/en/seminars/{self.seminar.uuid}/seminar.ics")
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        return event

    def state(self):
        """(banners of the page, eventStatus, status in the calendar)"""
        status = self.data()["eventStatus"].removeprefix("https://schema.org/")
        return self.banners(), status, str(self.entry()["status"])

    def calendars(self):
        """{who: (method, status, sequence, UID, start)} of the files in the mails of the last minute."""
        found = {}
        for message in self.sent:
            for part in message.message().walk():
                if part.get_content_type() == "text/calendar":
                    (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
                    method = part.get_param("method")
                    found[message.to[0].split("@")[0]] = (
                        *(method, str(event["status"]), event["sequence"]),
                        *(str(event["uid"]), event["dtstart"].dt),
                    )
        return found

    def own_page(self, name):
        sign_up = SignUp.objects.get(name=f"Demo {name.title()}")
        return Walker.text(Client().get(urlsplit(links.address_of(sign_up)).path))


@pytest.fixture
def day(observatory, move_to):
    return TyphoonDay(observatory, move_to)


def decide(office, place, **typed):
    """See the mails, then press. Returns the text of the preview."""
    address, fields = office.form(*place)
    preview = office.post(address, fields | typed | {"step": "preview"}, expect=200)
    office.post(address, fields | typed | {"step": "confirm"})
    return Walker.text(preview)


def everybody(*subjects):
    """One mail for each, in the order English, 繁體, 简体."""
    return sorted(zip(PEOPLE, subjects, strict=True))


TITLES = (
    "New Phase of Cleaner Production Partnership Programme (2025–2027)",
    "清潔生產伙伴計劃新階段（2025–2027）",
    "清洁生产伙伴计划新阶段（2025–2027）",
)
TITLE = TITLES[0]
LINKS = everybody(
    f"Your link to join: {TITLES[0]}", f"你的參加連結：{TITLES[1]}", f"您的参会链接：{TITLES[2]}"
)
ASKED = [("organiser", f"Weather warning, please decide by 10:30: {TITLE}")]
UNDECIDED = [("organiser", f"Weather warning, still undecided: {TITLE}")]
LIFTED = [("organiser", f"Weather warning taken down: {TITLE}")]
POSTPONED = everybody(
    *(word + title for word, title in zip(("Postponed: ", "延期：", "延期："), TITLES, strict=True))
)
CANCELLED = everybody(
    *(word + title for word, title in zip(("Cancelled: ", "取消：", "取消："), TITLES, strict=True))
)
NEW_DATE = everybody(
    *(word + title for word, title in zip(("New date: ", "新日期：", "新日期："), TITLES, strict=True))
)


def test_signal_8_up_at_0940_and_down_at_1058(day):
    up = entry("WTCSGNL", "TC8NE", issued=stamp("09:40"))
    assert day.minute("09:31", {}) == LINKS, "an hour before, nothing in the way"
    assert day.state() == PLANNED
    assert day.minute("09:41", up) == ASKED
    assert day.state() == UNTIL_THE_START
    assert day.banners("tc") == ["天氣警告生效，將於上午10時30分前決定：網上參加"]
    assert "Weather warning in force" in day.own_page("ada")
    assert day.minute("09:42") == []

    # Somebody telephones: the place is confirmed at once, the link waits.
    office = day.walk_in()
    typed = {
        "name": "Demo Late",
        "company": "Demo Late Limited",
        "company_type": "other",
        "email": "late@late.example",
    }
    address, fields = office.form("office_seminars:add", day.seminar.uuid)
    office.post(address, fields | typed | {"if_full": "waiting_list", "language": "en"})
    assert day.minute("09:46") == [("late", f"You have a place: {TITLE}")]
    assert day.calendars()["late"][:2] == ("REQUEST", "CONFIRMED")

    assert day.minute("10:30") == UNDECIDED
    late = (["Weather warning in force, decision at any moment: Online"], "EventScheduled", "CONFIRMED")
    assert day.state() == late
    assert day.minute("10:31") == []
    down = entry("WTCSGNL", "CANCEL", issued=stamp("09:40"), updated=stamp("10:58"), action="CANCEL")
    # What waited leaves in the minute in which it may.
    assert day.minute("10:59", down) == [("late", f"Your link to join: {TITLE}"), *LIFTED]
    assert day.state() == PLANNED
    assert day.minute("11:00") == [] and day.minute("11:01") == []
    assert day.minute("11:31") == []
    day.seminar.refresh_from_db()
    assert (day.seminar.state, day.seminar.revision) == ("held", 0)


def test_hoisted_at_1105_postponed_and_given_a_new_date(day):
    assert day.minute("09:31", {}) == LINKS
    assert day.minute("11:04") == []
    up = entry("WTCSGNL", "TC8SE", issued=stamp("11:05"))
    assert day.minute("11:06", up) == [("organiser", f"Weather warning, please decide now: {TITLE}")]
    assert day.banners() == ["Weather warning in force, decision at any moment: Online"]

    # Two organisers have the screen open; the first press does it all, the second is told.
    first, second = day.walk_in(), Walker(person("other organiser", role=Role.ORGANISER))
    place = ("office_seminars:weather", day.seminar.uuid, day.option.uuid)
    address, fields = second.form(*place)
    assert "The announced rule is met." in first.read(*place)
    assert "Stay safe." in decide(first, place, decision="postpone", note_en="Stay safe.")
    banner = (["This seminar is postponed"], "EventPostponed", "CANCELLED")
    assert day.state() == banner
    told = Walker.text(second.post(address, fields | {"decision": "cancel"}, expect=409))
    assert "Organiser was quicker: “Postponed”" in told
    assert day.minute("11:06:30") == [], "for a minute it can be taken back"
    assert day.minute("11:07:01") == POSTPONED
    assert {who: found[:2] for who, found in day.calendars().items()} == dict.fromkeys(
        PEOPLE, ("CANCEL", "CANCELLED")
    )
    assert any("Stay safe." in each.body for each in day.sent)
    off = day.calendars()
    assert "此研讨会已延期" in day.own_page("wei")
    assert day.minute("11:31") == [] and day.minute("12:00", {}) == []
    day.seminar.refresh_from_db()
    assert day.seminar.state == "postponed", "not held: it did not take place"

    office = day.walk_in()
    parts = {"day_day": "9", "day_month": "7", "day_year": "2025"}
    closing = {"closing_day_day": "8", "closing_day_month": "7", "closing_day_year": "2025"}
    preview = office.form("office_seminars:reschedule", day.seminar.uuid)
    answer = office.post(preview[0], preview[1] | parts | closing | {"step": "preview"}, expect=200)
    assert f"New date: {TITLE}" in Walker.text(answer)
    office.post(preview[0], preview[1] | parts | closing | {"step": "confirm"})
    data = day.data()
    assert (data["eventStatus"], data["startDate"], data["previousStartDate"]) == (
        "https://schema.org/EventRescheduled",
        "2025-07-09T10:30+08:00",
        "2025-06-25T10:30+08:00",
    )
    assert day.banners() == ["New date: Wednesday 9 July 2025"]
    assert day.minute("12:02") == NEW_DATE
    for who, (method, status, sequence, uid, start) in day.calendars().items():
        assert (method, status, uid) == ("REQUEST", "CONFIRMED", off[who][3])
        assert sequence > off[who][2] and start == at("10:30", datetime(2025, 7, 9, tzinfo=HONG_KONG))


def test_black_rain_at_0800_gone_by_1000(day):
    black = entry("WRAIN", "WRAINB", issued=stamp("08:00"))
    assert day.minute("08:01", black) == ASKED
    assert day.state() == UNTIL_THE_START
    for clock in ("09:31", "09:32", "09:59"):
        assert day.minute(clock) == [], "links and reminders wait"
    red = entry("WRAIN", "WRAINR", issued=stamp("09:58"))
    assert day.minute("10:00", red) == sorted([*LIFTED, *LINKS]), "what waited leaves as soon as it may"
    assert day.state() == PLANNED
    assert day.minute("10:01") == [] and day.minute("11:05") == []
    assert day.data()["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_feed_dead_from_0900_and_a_person_cancels(day):
    assert day.minute("08:59", {}) == []
    for clock, answer in (("09:00", b"<html>Maintenance</html>"), ("09:05", b""), ("09:09", b"<html>")):
        assert day.minute(clock, answer) == []
    lost = [("organiser", f"Weather warnings cannot be read: {TITLE}")]
    assert day.minute("09:10") == lost and day.minute("09:11", {}, status=500) == []
    assert day.state() == PLANNED, "unknown is no warning, and the page says neither"
    office = day.walk_in()
    place = ("office_seminars:weather", day.seminar.uuid, day.option.uuid)
    screen = office.read(*place)
    assert "Whether a warning is in force now is unknown." in screen and "08:59" in screen
    assert "None in the last answer" not in screen
    decide(office, place, decision="cancel")
    # The only session is cancelled, so the seminar is; the links of 09:30 never leave.
    assert day.state() == (["This seminar is cancelled"], "EventCancelled", "CANCELLED")
    assert day.minute("09:13") == CANCELLED
    assert {found[:2] for found in day.calendars().values()} == {("CANCEL", "CANCELLED")}
    for clock in ("09:31", "10:30", "11:31"):
        assert day.minute(clock) == []
    assert "此研討會已取消" in day.own_page("fong")

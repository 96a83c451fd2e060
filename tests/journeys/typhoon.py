"""A day of bad weather for the announced seminar: time passes, and everybody gets mails and looks."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from icalendar import Calendar

from portal import dates, ticking
from portal.accounts.models import Role
from portal.dates import HONG_KONG
from portal.mail import sender
from seminars import drafts, links, seats
from seminars.demo import announced, loading
from seminars.models import AttendanceOption, RundownItem, Seminar, SignUp
from tests.journeys.walking import Walker
from tests.seminars.makers import details
from tests.services.people import person

DAY = datetime(2025, 6, 25, tzinfo=HONG_KONG)
LINK = "https://meet.example/room"
# In the order in which all that stands in three languages is written.
PEOPLE = {"ada": "en", "fong": "zh-hant", "wei": "zh-hans"}
PREFIXES = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}


@dataclass(frozen=True)
class Look:
    """What everybody sees: pages with their banners, structured data, and the entry in calendars."""

    banners: tuple = ((), (), ())
    status: str = "EventScheduled"
    start: str = "2025-06-25T10:30+08:00"
    previous_start: str | None = None
    calendar: tuple = ("CONFIRMED", 0)  # status and sequence
    takes_sign_ups: bool = False  # the window closed the evening before


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
        link = {"join_link": LINK}
        self.option = AttendanceOption.objects.create(seminar=self.seminar, **announced.OPTION | link)
        for line in announced.RUNDOWN:
            RundownItem.objects.create(seminar=self.seminar, **line)
        for page in drafts.make_drafts(self.seminar, slug=announced.SLUG):
            page.save_revision().publish()
        for name, language in PEOPLE.items():
            seats.sign_up(self.seminar, option=self.option, details=details(name, name, language=language))
        assert len(self.minute("09:01", day=DAY - timedelta(days=8))) == len(PEOPLE)
        self.reminded = self.minute("10:31", {}, day=DAY - timedelta(days=1))

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

    def look(self):
        """Page, data, file and feed, which say the same in all languages and on everybody's own page."""
        banners, rest = [], set()
        for name, language in PEOPLE.items():
            prefix = PREFIXES[language]
            page = self._page(f"/{prefix}/events/{announced.SLUG}/")
            banners.append(self._banners(page))
            assert self._banners(self.own_page(name)) == banners[-1]
            data = json.loads(page.select_one('script[type="application/ld+json"]').string)
            assert data["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
            assert [each["@type"] for each in data["location"]] == ["VirtualLocation"]
            file = self._entry(f"/{prefix}/seminars/{self.seminar.uuid}/seminar.ics")
            assert file == self._entry(f"/{prefix}/seminars/seminars.ics")
            assert data["startDate"] == dates.iso(file[2])
            rest.add(
                (
                    data["eventStatus"].removeprefix("https://schema.org/"),
                    *(data["startDate"], data.get("previousStartDate"), file[:2]),
                    bool(page.select(f'a[href="/{prefix}/seminars/{self.seminar.uuid}/sign-up/"]')),
                )
            )
        (same,) = rest
        return Look(tuple(banners), *same)

    def own_page(self, name):
        sign_up = SignUp.objects.get(name=f"Demo {name.title()}")
        return self._page(urlsplit(links.address_of(sign_up)).path)

    @staticmethod
    def _page(address):
        answer = Client().get(address)
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    @staticmethod
    def _banners(page):
        return tuple(each.h2.get_text(" ", strip=True) for each in page.select(".cp-banner"))

    @staticmethod
    def _entry(address):
        (event,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
        return str(event["status"]), event["sequence"], event["dtstart"].dt

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

    def say(self, *sentences):
        """Does the mail of the last minute to each of the three say this, in its language?"""
        bodies = {each.to[0].split("@")[0]: each.body for each in self.sent}
        return all(sentence in bodies[who] for who, sentence in zip(PEOPLE, sentences, strict=True))

    def tells_the_organiser(self, *words):
        (message,) = (each for each in self.sent if each.to[0].startswith("organiser@"))
        return all(word in message.body for word in words)

"""A year of one seminar: copied from the last, filled, written to, held, ticked off, forgotten in time.

Organiser, participants and helpers look at pages and press buttons, the clock ticks, the sender sends. Who
got which mail is asserted at every step, and nobody gets any other.
"""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import retention, ticking
from portal.accounts.models import Role
from portal.dates import HONG_KONG
from portal.mail import sender
from portal.mail.models import Message
from seminars import attendance, drafts, links
from seminars.demo import loading
from seminars.models import AttendanceCertificate, Seminar, SignUp
from tests.bench.browsing import fields_of
from tests.journeys.walking import Walker
from tests.seminars.makers import make_seminar
from tests.services.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

DAY = datetime(2026, 3, 18, tzinfo=HONG_KONG)
PREFIX = {"en": "en", "zh-hant": "tc", "zh-hans": "sc"}
# who: company, way to attend, language; in the order in which they send the form
COMERS = {
    "ada": ("alpha", "hong_kong", "en"),
    "bo": ("alpha", "hong_kong", "zh-hant"),
    "cai": ("alpha", "online", "zh-hans"),
    "dan": ("delta", "hong_kong", "en"),
    "eve": ("epsilon", "online", "zh-hant"),
    "fay": ("phi", "hong_kong", "en"),
}
MAILED_FORMS = """\
姓名\t公司\t電郵\t參加方式\t語言
Demo Gus\tDemo Gamma Limited\tgus@gamma.example\tonline\tEnglish
示範何小文\tDemo Eta Limited\thal@eta.example\tonline\t繁
"""
PLATFORM_LIST = """\
Name (Original Name),User Email,Duration (Minutes)
Eve,EVE@epsilon.example,30
Eve,eve@epsilon.example,45
demo gus,,80
Somebody Else,else@nowhere.example,5
"""


class SeminarYear:
    """The seminar, its people, and which mails left in the last minute."""

    def __init__(self, move_to):
        self.move_to, self.known = move_to, set()
        self.at("10:00", days=-50)
        self.organiser = person("organiser", role=Role.ORGANISER)
        loading.load_index()
        before = DAY - timedelta(days=364)
        self.last_year = make_seminar(
            state="held",
            starts_at=before + timedelta(hours=14, minutes=30),
            ends_at=before + timedelta(hours=16),
            sign_up_opens_at=before - timedelta(days=45),
            sign_up_closes_at=before - timedelta(days=1),
        )
        self.last_year.options.filter(mode="hong_kong").update(offer_hours=24)
        self.last_year.options.filter(mode="online").update(join_link="https://meet.example/last-year")
        drafts.make_drafts(self.last_year, slug="last-year")

    def at(self, clock, *, days=0):
        """The clock ticks and the sender sends; returns sorted (who, kind of mail)."""
        hour, minute = map(int, clock.split(":"))
        self.now = DAY + timedelta(days=days, hours=hour, minutes=minute)
        self.move_to(self.now)
        ticking.tick()
        while sender.send_due():
            pass
        new = Message.objects.filter(state="sent").exclude(pk__in=self.known)
        self.known |= {each.pk for each in new}
        return sorted((each.to.split("@")[0].lower(), each.kind.removeprefix("signup.")) for each in new)

    def walk_in(self):
        """The organiser signs in now: sessions of the office end after a while."""
        return Walker(self.organiser)

    def option(self, mode):
        return self.seminar.options.get(mode=mode)

    def of(self, name):
        return SignUp.objects.select_related("seminar", "option").get(email_key__startswith=f"{name}@")

    def states(self):
        return {each.email_key.split("@")[0]: each.state for each in self.seminar.sign_ups.all()}

    def sign_up(self, name):
        """Read the form, take as long as a person does, send it."""
        company, mode, language = COMERS[name]
        address = f"/{PREFIX[language]}" + reverse("seminars:sign_up", args=[self.seminar.uuid])[3:]
        browser = Client()
        page = BeautifulSoup(browser.get(address).content, "html.parser")
        typed = {
            "name": f"Demo {name.title()}",
            "company": f"Demo {company.title()} Limited",
            "company_type": "factory",
            "email": f"{name}@{company}.example",
            "option": str(self.option(mode).uuid),
            "if_full": "waiting_list",
        }
        self.now += timedelta(seconds=20)
        self.move_to(self.now)
        answer = browser.post(address, fields_of(page.select_one("main form[method=post]")) | typed)
        assert answer.status_code == 302, Walker.text(answer)

    def link_in_mail(self, name, piece):
        """The path and query of the one link with `piece` in it that stands in the person's newest mail."""
        newest = [each for each in mail.outbox if each.to[0].startswith(f"{name}@")][-1]
        (address,) = [each for each in re.findall(r"https?://\S+", newest.body) if piece in each]
        return urlsplit(address)._replace(scheme="", netloc="").geturl()

    def follow(self, name, word):
        """Press the button behind the link to an own page that stands in the person's newest mail."""
        path, browser = self.link_in_mail(name, f"/{word}/"), Client()
        assert browser.get(path).status_code == 200
        return Walker.text(browser.post(path, follow=True))

    def own_page(self, name):
        return Walker.text(Client().get(links.path_to(self.of(name))))

    def leads_to_a_certificate(self, name):
        person = self.of(name)
        page = Client().get(links.path_to(person)).content.decode()
        return links.path_to(person, "certificate") in page


@pytest.fixture
def year(observatory, move_to):
    return SeminarYear(move_to)


def test_year_of_a_seminar(year):
    copied_and_set_up(year)
    filled_by_the_queue(year)
    added_from_mailed_forms(year)
    written_to_those_who_come(year)
    reminded_and_led_in(year)
    ticked_off_at_the_door(year)
    taken_over_from_the_platform(year)
    given_the_materials(year)
    certified(year)
    forgotten_in_time(year)


def copied_and_set_up(year):
    office = year.walk_in()
    when = {"day_day": "18", "day_month": "3", "day_year": "2026", "time": "14:30"}
    office.send("office_seminars:copy", year.last_year.uuid, **when)
    year.seminar = Seminar.objects.exclude(pk=year.last_year.pk).get()
    start = DAY + timedelta(hours=14, minutes=30)
    assert (year.seminar.state, year.seminar.starts_at) == ("scheduled", start)
    assert year.option("hong_kong").offer_hours == 24, "rules are copied"
    assert not year.option("online").join_link and not year.seminar.sign_ups.exists()

    online, hall = year.option("online"), year.option("hong_kong")
    places = {f"capacity_{online.pk}": "4", f"capacity_{hall.pk}": "2", "company_cap": "2"}
    office.send("office_seminars:places", year.seminar.uuid, **places)
    link = {f"link_{online.pk}": "https://meet.example/spring", "hours_before": "24"}
    mails = {"day_before": "on", "hour_before": "on"}
    office.send("office_seminars:mails_before", year.seminar.uuid, **link, **mails)

    page = year.seminar.pages.get(locale__language_code="en")
    assert Client().get(page.url).status_code == 404, "drafts are nobody's business"
    for each in year.seminar.pages.all():
        publish = reverse("wagtailadmin_pages:edit", args=[each.pk])
        answer = office.browser.get(publish)
        form = BeautifulSoup(answer.content, "html.parser").select_one("#page-edit-form")
        office.post(publish, fields_of(form) | {"action-publish": "action-publish"})
    assert Client().get(page.url).status_code == 200
    assert Client().get(reverse("seminars:sign_up", args=[year.seminar.uuid])).status_code == 200


def filled_by_the_queue(year):
    assert year.at("11:00", days=-40) == [], "a copy sends nothing of its own"
    for name in COMERS:
        year.sign_up(name)
    assert year.at("11:05", days=-40) == [
        ("ada", "confirmed"),
        ("bo", "confirmed"),
        ("cai", "waiting"),
        ("dan", "waiting"),
        ("eve", "confirmed"),
        ("fay", "waiting"),
    ]
    listed = year.walk_in().read("office_seminars:sign_ups", year.seminar.uuid)
    assert "waiting: company cap of 2 reached" in listed
    assert "waiting: all places taken, number 2 in the queue" in listed

    # Ada cannot come: her company may have another place, and her chair is offered to the first in its queue.
    Client().post(links.path_to(year.of("ada"), "cancel"))
    assert year.at("11:06", days=-40) == [("ada", "cancelled"), ("cai", "promoted"), ("dan", "offered")]
    # Dan does not answer, Fay does.
    assert year.at("11:30", days=-39) == [("dan", "offer_expired"), ("fay", "offered")]
    assert "The place is yours." in year.follow("fay", "accept")
    assert year.at("11:31", days=-39) == [("fay", "confirmed")]
    assert year.states() == {
        "ada": "cancelled",
        "bo": "confirmed",
        "cai": "confirmed",
        "dan": "expired",
        "eve": "confirmed",
        "fay": "confirmed",
    }


def added_from_mailed_forms(year):
    office = year.walk_in()
    address, fields = office.form("office_seminars:add_many", year.seminar.uuid)
    typed = fields | {"people": MAILED_FORMS, "option": str(year.option("online").uuid)}
    assert "Add 2 people" in Walker.text(office.post(address, typed | {"act": "check"}, expect=200))
    for _ in range(2):
        office.post(address, typed | {"act": "add"}, expect=200)
    assert year.at("11:35", days=-39) == [("gus", "confirmed"), ("hal", "confirmed")]


def written_to_those_who_come(year):
    office = year.walk_in()
    hall = year.option("hong_kong")
    address = f"{office.url('office_seminars:letter', year.seminar.uuid)}?state=confirmed&option={hall.uuid}"
    form = BeautifulSoup(office.browser.get(address).content, "html.parser").select_one("main form")
    typed = {
        "subject_en": "Lift out of order",
        "body_en": "Dear {name},\n\nplease use the stairs to {place}.",
        "subject_zh_hant": "升降機暫停服務",
        "body_zh_hant": "{name}：\n\n請走樓梯到{place}。",
    }
    preview = office.post(address, fields_of(form) | typed | {"step": "preview"}, expect=200)
    page = BeautifulSoup(preview.content, "html.parser")
    assert "2 people are written to." in Walker.text(preview) and "Dear Demo Fay," in Walker.text(preview)
    confirmed = fields_of(page.select_one("main form")) | {"step": "confirm"}
    for _ in range(2):
        office.post(address, confirmed)
    assert year.at("11:35", days=-39) == [], "for a minute it can be taken back"
    assert year.at("11:37", days=-39) == [("bo", "letter"), ("fay", "letter")]
    to_bo = next(each for each in mail.outbox if each.to == ["bo@alpha.example"] and "升降機" in each.subject)
    assert to_bo.body.startswith("Demo Bo：\n\n請走樓梯到示範會堂，九龍示範街1號。")


def reminded_and_led_in(year):
    assert year.at("14:29", days=-1) == []
    assert "meet.example" not in year.own_page("eve")
    online, hall = ["cai", "eve", "gus", "hal"], ["bo", "fay"]
    assert year.at("14:31", days=-1) == sorted(
        [*((name, "link") for name in online), *((name, "reminder_day") for name in hall)]
    )
    assert "https://meet.example/spring" in year.own_page("eve")
    assert "meet.example" not in year.own_page("bo")
    assert year.at("14:32", days=-1) == []
    assert year.at("13:31") == sorted((name, "reminder_hour") for name in online + hall)


def ticked_off_at_the_door(year):
    year.at("14:10")
    office, hall = year.walk_in(), year.option("hong_kong")
    office.post(office.url("office_seminars:door_open", year.seminar.uuid, hall.uuid), {})
    address = re.search(
        r"https?://\S+/door/\S+", office.read("office_seminars:attendance", year.seminar.uuid)
    )
    helper = Client()
    page = BeautifulSoup(helper.get(urlsplit(address[0]).path).content, "html.parser")
    assert "Demo Bo" in page.get_text() and "Demo Fay" in page.get_text()
    assert "Demo Eve" not in page.get_text() and "@" not in page.select_one("main").get_text()
    (by_name,) = page.select(f'main button[formaction*="{year.of("bo").uuid}"]')
    for _ in range(2):  # the network at the door is bad, and the helper presses again
        helper.post(by_name["formaction"], fields_of(by_name.find_parent("form")))
    scanned = helper.get(urlsplit(links.check_in_address(year.of("fay"))).path)
    (form,) = BeautifulSoup(scanned.content, "html.parser").select("main form[method=post]")
    helper.post(form["action"], fields_of(form))
    came = year.seminar.sign_ups.filter(attended_at__isnull=False)
    assert sorted(came.values_list("name", "attended_by")) == [("Demo Bo", "door"), ("Demo Fay", "door")]


def taken_over_from_the_platform(year):
    assert year.at("16:20") == []
    assert Seminar.objects.get(pk=year.seminar.pk).state == "held"
    office = year.walk_in()
    address = office.url("office_seminars:attendance_import", year.seminar.uuid)
    upload = SimpleUploadedFile("participants.csv", PLATFORM_LIST.encode(), "text/csv")
    found = BeautifulSoup(office.post(address, {"list": upload}, expect=200).content, "html.parser")
    assert "One person was found by email address" in found.get_text()
    assert "Somebody Else" in found.get_text()
    (by_name,) = found.select('input[name="confirmed"]')
    office.post(address, fields_of(found.select_one("main form")) | {"confirmed": by_name["value"]})
    assert (year.of("eve").attended_minutes, year.of("gus").attended_minutes) == (75, 80)

    page = BeautifulSoup(
        office.browser.get(office.url("office_seminars:attendance", year.seminar.uuid)).content, "html.parser"
    )
    rows = [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("main tbody tr")
    ]
    assert ["Online", "4", "2", "50%"] in rows and ["Demo Hall", "2", "2", "100%"] in rows


def given_the_materials(year):
    film = {"title_en": "The talk as a film", "link": "https://film.example/spring", "audience": "attendees"}
    office = year.walk_in()
    office.send("office_seminars:material_add", year.seminar.uuid, **film)
    office.send("office_seminars:after_terms", year.seminar.uuid, survey_link="https://survey.example/spring")
    assert "4 people are written to." in office.read("office_seminars:follow_up", year.seminar.uuid)
    office.send("office_seminars:follow_up", year.seminar.uuid)
    assert year.at("16:20") == [], "for a minute it can be taken back"
    assert year.at("16:22") == [(name, "follow_up") for name in ("bo", "eve", "fay", "gus")]
    assert "The talk as a film" in year.own_page("eve") and "film" not in year.own_page("cai")
    page = year.seminar.pages.get(locale__language_code="en")
    assert "film.example" not in Client().get(page.url).content.decode(), "for those who came"


def certified(year):
    office, page = year.walk_in(), year.seminar.pages.get(locale__language_code="en")
    # Eve was online for 75 minutes: too short, until the organiser thinks better of it.
    office.send("office_seminars:after_terms", year.seminar.uuid, certificate_minutes="80")
    assert "3 people are written to." in office.read("office_seminars:certificates", year.seminar.uuid)
    office.send("office_seminars:certificates", year.seminar.uuid)
    assert year.at("16:22") == [], "for a minute it can be taken back"
    assert not year.leads_to_a_certificate("bo")
    assert year.at("16:24") == [(name, "certificate") for name in ("bo", "fay", "gus")]
    assert year.at("16:26") == [], "nobody gets a second one"
    office.send("office_seminars:after_terms", year.seminar.uuid, certificate_minutes="60")
    assert year.at("16:28") == [("eve", "certificate")]

    own, verified = year.link_in_mail("eve", "mine/"), year.link_in_mail("eve", "code=")
    sheet = Walker.text(Client().get(own))
    assert "Demo Eve" in sheet and "75" not in sheet
    assert "D. E." in Walker.text(Client().get(verified)) and "Demo Eve" not in Walker.text(
        Client().get(verified)
    )
    assert year.leads_to_a_certificate("eve")
    assert not year.leads_to_a_certificate("cai"), "Cai did not come"
    assert "Demo Eve" not in Client().get(page.url).content.decode()

    # Gus was somebody else of that name: the tick goes, and with it the certificate.
    code = year.link_in_mail("gus", "code=")
    attendance.take_back(year.of("gus"), actor=year.organiser)
    assert "D. G." not in Walker.text(Client().get(code))
    assert AttendanceCertificate.objects.filter(sign_up__seminar=year.seminar).count() == 3
    assert year.at("16:30") == []


def forgotten_in_time(year):
    assert year.at("03:00", days=360) == []
    retention.run()
    assert year.of("eve").name == "Demo Eve"
    assert year.at("03:00", days=366) == []
    retention.run()
    people = year.seminar.sign_ups.all()
    assert set(people.values_list("name", "email", "phone", "question")) == {("", "", "", "")}
    assert not AttendanceCertificate.objects.exists(), "a certificate goes with the name on it"
    assert "D. E." not in Walker.text(Client().get(year.link_in_mail("eve", "code=")))
    rows = year.walk_in().read("office_seminars:attendance", year.seminar.uuid)
    assert "100%" in rows and "25%" in rows, "the figures stay"

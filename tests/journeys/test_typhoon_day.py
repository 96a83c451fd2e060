"""The announced seminar (10:30 to 11:30, decision at 11:00) on days of bad weather, minute by minute.

People look at pages and press buttons, the clock ticks, the sender sends: at each step every mail is
asserted, and what everybody sees (`Look`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from portal import dates
from portal.accounts.models import Role
from portal.dates import HONG_KONG
from tests.journeys.typhoon import LINK, PEOPLE, Look, TyphoonDay, stamp
from tests.journeys.walking import Walker
from tests.services.observatory import entry
from tests.services.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

NEW_START = datetime(2025, 7, 9, 10, 30, tzinfo=HONG_KONG)
NEW_DAY = NEW_START.replace(hour=0, minute=0)


def under(*banners):
    return tuple((banner,) for banner in banners)


PLANNED = Look()
UNTIL_THE_START = Look(
    under(
        "Weather warning in force, decision by 10:30: Online",
        "天氣警告生效，將於上午10時30分前決定：網上參加",
        "天气警告生效，将在上午10时30分前决定：线上参加",
    )
)
AT_ANY_MOMENT = Look(
    under(
        "Weather warning in force, decision at any moment: Online",
        "天氣警告生效，隨時公布決定：網上參加",
        "天气警告生效，随时公布决定：线上参加",
    )
)
IS_POSTPONED = Look(
    under("This seminar is postponed", "此研討會已延期", "此研讨会已延期"),
    status="EventPostponed",
    calendar=("CANCELLED", 1),
)
HAS_NEW_DATE = Look(
    under(
        "New date: Wednesday 9 July 2025", "新日期：2025年7月9日（星期三）", "新日期：2025年7月9日（星期三）"
    ),
    status="EventRescheduled",
    start=dates.iso(NEW_START),
    previous_start=PLANNED.start,
    calendar=("CONFIRMED", 2),
    takes_sign_ups=True,
)
GOES_AHEAD = Look(
    under("Takes place as announced: Online", "如期舉行：網上參加", "如期举行：线上参加"),
    calendar=("CONFIRMED", 1),
)
IS_CANCELLED = Look(
    under("This seminar is cancelled", "此研討會已取消", "此研讨会已取消"),
    status="EventCancelled",
    calendar=("CANCELLED", 1),
)


@pytest.fixture
def day(observatory, move_to):
    """It has come to the day before, when people are reminded."""
    day = TyphoonDay(observatory, move_to)
    assert day.reminded == REMINDERS
    return day


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
REMINDERS = everybody(f"Reminder: {TITLES[0]}", f"提示：{TITLES[1]}", f"提醒：{TITLES[2]}")
LINKS = everybody(
    f"Your link to join: {TITLES[0]}", f"你的參加連結：{TITLES[1]}", f"您的参会链接：{TITLES[2]}"
)
ASKED = [("organiser", f"Weather warning, please decide by 10:30: {TITLE}")]
UNDECIDED = [("organiser", f"Weather warning, still undecided: {TITLE}")]
LIFTED = [("organiser", f"Weather warning taken down: {TITLE}")]
GOING_AHEAD = everybody(
    f"Takes place as planned: {TITLES[0]}", f"照常舉行：{TITLES[1]}", f"照常举行：{TITLES[2]}"
)
POSTPONED = everybody(
    *(word + title for word, title in zip(("Postponed: ", "延期：", "延期："), TITLES, strict=True))
)
CANCELLED = everybody(
    *(word + title for word, title in zip(("Cancelled: ", "取消：", "取消："), TITLES, strict=True))
)
LOST = [("organiser", f"Weather warnings cannot be read: {TITLE}")]
NEW_DATE = everybody(
    *(word + title for word, title in zip(("New date: ", "新日期：", "新日期："), TITLES, strict=True))
)


def test_signal_8_up_at_0940_and_down_at_1058(day):
    up = entry("WTCSGNL", "TC8NE", issued=stamp("09:40"))
    assert day.look() == replace(PLANNED, takes_sign_ups=True), "the day before"
    assert day.minute("09:31", {}) == LINKS and day.say(LINK, LINK, LINK), "nothing in the way"
    assert day.minute("09:39") == [] and day.look() == PLANNED
    assert day.minute("09:41", up) == ASKED
    assert day.tells_the_organiser(
        *("Wednesday 25 June 2025, 10:30", "Online", "typhoon signal no. 8 or above"),
        *("Please decide by Wednesday 25 June 2025, 10:30", "/en/office/seminars/"),
    )
    assert day.look() == UNTIL_THE_START
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
    assert day.calendars()["late"][:2] == ("REQUEST", "CONFIRMED") and LINK not in day.sent[0].body

    assert day.minute("10:29") == [] and day.look() == UNTIL_THE_START
    assert day.minute("10:30") == UNDECIDED and day.look() == AT_ANY_MOMENT
    assert day.tells_the_organiser("Nobody has decided yet.", "/en/office/seminars/")
    assert day.minute("10:31") == []
    assert day.minute("10:57") == [] and day.look() == AT_ANY_MOMENT
    down = entry("WTCSGNL", "CANCEL", issued=stamp("09:40"), updated=stamp("10:58"), action="CANCEL")
    # What waited leaves in the minute in which it may.
    assert day.minute("10:59", down) == [("late", f"Your link to join: {TITLE}"), *LIFTED]
    assert day.tells_the_organiser("Warning that was in force: typhoon signal no. 8", "as announced")
    assert LINK in next(each.body for each in day.sent if each.to == ["late@late.example"])
    assert day.look() == PLANNED
    assert day.minute("11:00") == [] and day.minute("11:01") == [] and day.look() == PLANNED
    assert day.minute("11:31") == [] and day.look() == PLANNED
    day.seminar.refresh_from_db()
    assert (day.seminar.state, day.seminar.revision) == ("held", 0)


def test_hoisted_at_1105_postponed_and_given_a_new_date(day):
    assert day.minute("09:31", {}) == LINKS
    assert day.minute("11:00") == [] and day.minute("11:04") == [] and day.look() == PLANNED
    up = entry("WTCSGNL", "TC8SE", issued=stamp("11:05"))
    assert day.minute("11:06", up) == [("organiser", f"Weather warning, please decide now: {TITLE}")]
    assert day.tells_the_organiser("The announced time has passed, so please decide at once.")
    assert day.look() == AT_ANY_MOMENT

    # Two organisers have the screen open; the first press does it all, the second is told.
    first, second = day.walk_in(), Walker(person("other organiser", role=Role.ORGANISER))
    place = ("office_seminars:weather", day.seminar.uuid, day.option.uuid)
    address, fields = second.form(*place)
    assert "The announced rule is met." in first.read(*place)
    assert "Stay safe." in decide(first, place, decision="postpone", note_en="Stay safe.")
    assert day.look() == IS_POSTPONED, "at once, a minute before the mails"
    told = Walker.text(second.post(address, fields | {"decision": "cancel"}, expect=409))
    assert "Organiser was quicker: “Postponed”" in told
    assert day.minute("11:06:30") == [], "for a minute it can be taken back"
    assert day.minute("11:07:01") == POSTPONED
    off = day.calendars()
    assert {who: found[:3] for who, found in off.items()} == dict.fromkeys(PEOPLE, ("CANCEL", "CANCELLED", 2))
    assert day.say(
        "This seminar is postponed. It does not take place on this date:",
        "此研討會已延期，不會於以下日期舉行：",
        "此研讨会已延期，不在以下日期举行：",
    )
    assert any("Stay safe." in each.body for each in day.sent)
    assert day.minute("11:31") == [] and day.minute("12:00", {}) == []
    assert day.look() == IS_POSTPONED
    day.seminar.refresh_from_db()
    assert day.seminar.state == "postponed", "not held: it did not take place"

    office = day.walk_in()
    parts = {"day_day": "9", "day_month": "7", "day_year": "2025"}
    closing = {"closing_day_day": "8", "closing_day_month": "7", "closing_day_year": "2025"}
    preview = office.form("office_seminars:reschedule", day.seminar.uuid)
    answer = office.post(preview[0], preview[1] | parts | closing | {"step": "preview"}, expect=200)
    assert f"New date: {TITLE}" in Walker.text(answer) and day.look() == IS_POSTPONED
    office.post(preview[0], preview[1] | parts | closing | {"step": "confirm"})
    assert day.look() == HAS_NEW_DATE
    assert day.minute("12:02") == NEW_DATE
    for who, found in day.calendars().items():
        assert found == ("REQUEST", "CONFIRMED", 3, off[who][3], NEW_START)
    assert day.say("Wednesday 9 July 2025", "2025年7月9日（星期三）", "2025年7月9日（星期三）")

    # The new day has its own mails, and weather of its own.
    assert day.minute("10:31", day=NEW_DAY - timedelta(days=1)) == REMINDERS
    assert day.minute("09:31", day=NEW_DAY) == LINKS
    assert day.minute("11:31", day=NEW_DAY) == []
    over = replace(HAS_NEW_DATE, banners=PLANNED.banners, takes_sign_ups=False)
    assert day.look() == over, "the banner is no news any more, the data keep the earlier date"


def test_black_rain_at_0800_gone_by_1000(day):
    assert day.minute("07:59", {}) == [] and day.look() == PLANNED
    black = entry("WRAIN", "WRAINB", issued=stamp("08:00"))
    assert day.minute("08:01", black) == ASKED
    assert day.tells_the_organiser(
        "a black rainstorm warning signal", "Please decide by Wednesday 25 June 2025, 10:30"
    )
    assert day.look() == UNTIL_THE_START
    for clock in ("09:31", "09:32", "09:59"):
        assert day.minute(clock) == [], "links and reminders wait"
        assert day.look() == UNTIL_THE_START
    red = entry("WRAIN", "WRAINR", issued=stamp("09:58"))
    assert day.minute("10:00", red) == sorted([*LIFTED, *LINKS]), "what waited leaves as soon as it may"
    assert day.say(LINK, LINK, LINK) and day.tells_the_organiser("in force: a black rainstorm warning signal")
    assert day.look() == PLANNED
    for clock in ("10:01", "10:30", "11:00", "11:05", "11:31"):
        assert day.minute(clock) == [] and day.look() == PLANNED
    day.seminar.refresh_from_db()
    assert (day.seminar.state, day.seminar.revision) == ("held", 0)


DEAD = (("09:00", b"<html>Maintenance</html>"), ("09:05", b""), ("09:09", b"<html>"))


def feed_dies(day):
    assert day.minute("08:59", {}) == []
    for clock, answer in DEAD:
        assert day.minute(clock, answer) == [] and day.look() == PLANNED
    assert day.minute("09:10") == LOST
    assert day.tells_the_organiser(
        "09:00", "Whether a warning is in force is unknown.", "/en/office/seminars/"
    )
    assert day.minute("09:11", {}, status=500) == []
    assert day.look() == PLANNED, "unknown is no warning, and the page says neither"


def test_feed_dead_from_0900_and_a_person_cancels(day):
    feed_dies(day)
    office = day.walk_in()
    place = ("office_seminars:weather", day.seminar.uuid, day.option.uuid)
    screen = office.read(*place)
    assert "Whether a warning is in force now is unknown." in screen and "08:59" in screen
    assert "None in the last answer" not in screen
    decide(office, place, decision="cancel")
    # The only session is cancelled, so the seminar is; the links of 09:30 never leave.
    assert day.look() == IS_CANCELLED
    assert day.minute("09:13") == CANCELLED
    assert {who: found[:3] for who, found in day.calendars().items()} == dict.fromkeys(
        PEOPLE, ("CANCEL", "CANCELLED", 2)
    )
    assert day.say(
        "This seminar is cancelled. It does not take place:",
        "此研討會已取消，不會舉行：",
        "此研讨会已取消，不再举行：",
    )
    for clock in ("09:31", "10:30", "11:00", "11:31"):
        assert day.minute(clock) == [] and day.look() == IS_CANCELLED


def test_feed_dead_from_0900_and_nobody_decides(day):
    """A dead feed on a fine day keeps the link from nobody; one alert is enough."""
    feed_dies(day)
    assert day.minute("09:31", b"") == LINKS and day.say(LINK, LINK, LINK)
    for clock in ("09:32", "10:30", "11:00", "11:31"):
        assert day.minute(clock) == [] and day.look() == PLANNED
    day.seminar.refresh_from_db()
    assert (day.seminar.state, day.seminar.revision) == ("held", 0)


def test_feed_dead_from_0900_under_a_warning_that_was_up_before(day):
    """The last good answer stands: what waited goes on waiting until a person decides."""
    assert day.minute("08:41", entry("WTCSGNL", "TC8NE", issued=stamp("08:40"))) == ASKED
    for clock, answer in DEAD:
        assert day.minute(clock, answer) == [] and day.look() == UNTIL_THE_START
    assert day.minute("09:10") == LOST and day.minute("09:31") == []
    assert day.look() == UNTIL_THE_START
    place = ("office_seminars:weather", day.seminar.uuid, day.option.uuid)
    decide(day.walk_in(), place, decision="go_ahead")
    assert day.look() == GOES_AHEAD
    assert day.minute("09:33") == sorted([*GOING_AHEAD, *LINKS])

"""Dates and times as people in Hong Kong read them, in the active language: weekday always, one zone."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS_ZH = "一二三四五六日"
ZONE = {"en": "Hong Kong time", "zh-hant": "香港時間", "zh-hans": "香港时间"}
HOUR = {"zh-hant": "時", "zh-hans": "时"}


def local(moment):
    """Hong Kong time of an instant; dates without a time pass through."""
    return moment.astimezone(HONG_KONG) if isinstance(moment, datetime) else moment


def language_now():
    code = translation.get_language() or "en"
    return code if code in ZONE else "en"


def day(moment):
    """`25 June 2025`, `2025年6月25日`."""
    at = local(moment)
    if language_now() == "en":
        return f"{at.day} {MONTHS_EN[at.month - 1]} {at.year}"
    return f"{at.year}年{at.month}月{at.day}日"


def month(moment):
    """`June 2025`, `2025年6月`."""
    at = local(moment)
    if language_now() == "en":
        return f"{MONTHS_EN[at.month - 1]} {at.year}"
    return f"{at.year}年{at.month}月"


def weekday(moment, *, short=False):
    """`Wednesday`, `Wed`, `星期三`."""
    number = local(moment).weekday()
    if language_now() == "en":
        return WEEKDAYS_EN[number][: 3 if short else None]
    return f"星期{WEEKDAYS_ZH[number]}"


def day_and_weekday(moment, *, short=False):
    """`Wednesday 25 June 2025`, `2025年6月25日（星期三）`."""
    if language_now() == "en":
        return f"{weekday(moment, short=short)} {day(moment)}"
    return f"{day(moment)}（{weekday(moment)}）"


def table_day(moment):
    """For narrow columns: `Wed 25 Jun 2025`, `2025-06-25（三）`."""
    at = local(moment)
    if language_now() == "en":
        return f"{weekday(moment, short=True)} {at.day} {MONTHS_EN[at.month - 1][:3]} {at.year}"
    return f"{at.year}-{at.month:02}-{at.day:02}（{WEEKDAYS_ZH[at.weekday()]}）"


def clock_time(moment):
    """`17:00`, `下午5時`, `晚上11時59分`."""
    at = moment if isinstance(moment, time) else local(moment)
    if language_now() == "en":
        return f"{at.hour:02}:{at.minute:02}"
    hour, minutes = at.hour, f"{at.minute:02}分" if at.minute else ""
    return f"{_part_of_day(at)}{hour - 12 if hour > 12 else hour}{HOUR[language_now()]}{minutes}"


def _part_of_day(at):
    if at.hour == 12:
        return "下午" if at.minute else "中午"
    parts = ((6, "凌晨"), (12, "上午"), (18, "下午"), (24, "晚上"))
    return next(word for before, word in parts if at.hour < before)


def stamp(moment):
    """For histories and tables: `Wed 25 June 2025, 17:00`, `2025年6月25日（星期三）下午5時`."""
    comma = ", " if language_now() == "en" else ""
    return f"{day_and_weekday(moment, short=True)}{comma}{clock_time(moment)}"


def full(moment):
    """For deadlines: `Wednesday 25 June 2025, 17:00, Hong Kong time`."""
    comma = ", " if language_now() == "en" else ""
    zone_comma = ", " if language_now() == "en" else "，"
    return f"{day_and_weekday(moment)}{comma}{clock_time(moment)}{zone_comma}{zone()}"


def zone():
    return ZONE[language_now()]


def iso(moment):
    """What goes into `<time datetime>`; a naive value would be a mistake of ours and is taken as UTC."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    aware = moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
    return aware.astimezone(HONG_KONG).isoformat(timespec="minutes")

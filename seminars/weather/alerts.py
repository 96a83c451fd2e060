"""Mails to the organisers about the weather: each once, in each organiser's language."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal import addresses
from portal.accounts.models import Role, User
from portal.mail import kinds, outbox
from portal.mail.models import Message
from portal.texts import localized
from seminars.models import AttendanceOption, Seminar, WarningFeed, WeatherTrigger, WeatherWatch

ALERT, UNDECIDED, LIFTED, FEED_LOST = (
    *("weather.alert", "weather.undecided", "weather.lifted", "weather.feed_lost"),
)
LABELS = dict(WeatherTrigger.choices)


def opened(watch: WeatherWatch, option: AttendanceOption) -> None:
    _tell(ALERT, watch, option)


def undecided(watch: WeatherWatch, option: AttendanceOption, *, at) -> None:
    """Nobody has decided by `at`: by the start, or by the announced time."""
    _tell(UNDECIDED, watch, option, mark=f":{at:%Y%m%d%H%M}")


def lifted(watch: WeatherWatch, option: AttendanceOption) -> None:
    _tell(LIFTED, watch, option)


def feed_lost(seminar: Seminar, known: WarningFeed) -> None:
    """Once for each seminar and each time the data went missing."""
    for email, language, name in _organisers():
        with translation.override(language):
            context = {
                "name": name,
                "seminar": seminar,
                "title": localized(seminar, "title").text,
                "since": known.failing_since,
                "problem": known.get_problem_display(),
                "url": addresses.page_in(language, "office_seminars:detail", seminar.uuid),
            }
        outbox.put(
            FEED_LOST,
            key=f"{FEED_LOST}:{seminar.uuid}:{known.failing_since:%Y%m%d%H%M}:{email}"[:200],
            to=email,
            language=language,
            template="seminars/emails/weather/feed_lost",
            context=context,
            about=seminar.uuid,
            expires_at=seminar.ends_at,
        )


def _tell(kind, watch, option, mark=""):
    seminar = option.seminar
    for email, language, name in _organisers():
        with translation.override(language):
            context = {
                "name": name,
                "seminar": seminar,
                "watch": watch,
                "title": localized(seminar, "title").text,
                "place": localized(option, "label").text,
                "warnings": [str(LABELS.get(code, code)) for code in watch.codes],
                "effect": option.get_weather_effect_display(),
                "is_urgent": watch.opened_at >= watch.decide_by,
                "url": addresses.page_in(language, "office_seminars:weather", seminar.uuid, option.uuid),
            }
        outbox.put(
            kind,
            key=f"{kind}:{watch.uuid}{mark}:{email}"[:200],
            to=email,
            language=language,
            template=f"seminars/emails/{kind.replace('.', '/')}",
            context=context,
            about=watch.uuid,
            expires_at=seminar.ends_at,
        )


def _organisers():
    """(address, language, name) of everybody who may decide; the Secretariat where there is nobody."""
    people = User.objects.filter(staff_roles__role=Role.ORGANISER, is_active=True).order_by("pk")
    return [(each.email, each.language or "en", each.name) for each in people] or [
        (settings.SECRETARIAT_EMAIL, "en", "")
    ]


def _is_open(message: Message) -> bool:
    return WeatherWatch.objects.filter(uuid=message.about, outcome=WeatherWatch.Outcome.OPEN).exists()


def _is_running(message: Message) -> bool:
    return Seminar.objects.filter(uuid=message.about, state=Seminar.State.SCHEDULED).exists()


def register() -> None:
    for code, still_due, label in (
        (ALERT, _is_open, _("Weather warning: please decide")),
        (UNDECIDED, _is_open, _("Weather warning: nobody has decided yet")),
        (LIFTED, lambda message: not _is_open(message), _("Weather warning taken down")),
        (FEED_LOST, _is_running, _("Weather warnings cannot be read")),
    ):
        kinds.register(kinds.Kind(code, still_due=still_due, priority=5, label=label))

from seminars.models.change import SeminarChange
from seminars.models.option import AttendanceOption, WeatherTrigger
from seminars.models.page import SeminarIndexPage, SeminarPage
from seminars.models.seminar import Organisation, RundownItem, Seminar, Speaker
from seminars.models.sign_up import SignUp
from seminars.models.weather import WarningFeed, WarningSignal, WeatherWatch

__all__ = [
    "AttendanceOption",
    "Organisation",
    "RundownItem",
    "Seminar",
    "SeminarChange",
    "SeminarIndexPage",
    "SeminarPage",
    "SignUp",
    "Speaker",
    "WarningFeed",
    "WarningSignal",
    "WeatherTrigger",
    "WeatherWatch",
]

from seminars.models.after import AttendanceCertificate, AttendanceSheet, SeminarMaterial
from seminars.models.asking import InvitationCode, SeminarQuestion
from seminars.models.change import SeminarChange
from seminars.models.company import CompanyAlias
from seminars.models.door import DoorLink
from seminars.models.letter import Letter
from seminars.models.option import AttendanceOption, WeatherTrigger
from seminars.models.page import SeminarIndexPage, SeminarPage
from seminars.models.seminar import Organisation, RundownItem, Seminar, Speaker
from seminars.models.sign_up import SignUp
from seminars.models.weather import WarningFeed, WarningSignal, WeatherWatch

__all__ = [
    "AttendanceCertificate",
    "AttendanceOption",
    "AttendanceSheet",
    "CompanyAlias",
    "DoorLink",
    "InvitationCode",
    "Letter",
    "Organisation",
    "RundownItem",
    "Seminar",
    "SeminarChange",
    "SeminarIndexPage",
    "SeminarMaterial",
    "SeminarPage",
    "SeminarQuestion",
    "SignUp",
    "Speaker",
    "WarningFeed",
    "WarningSignal",
    "WeatherTrigger",
    "WeatherWatch",
]

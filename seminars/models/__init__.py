from seminars.models.option import AttendanceOption
from seminars.models.page import SeminarIndexPage, SeminarPage
from seminars.models.seminar import Organisation, RundownItem, Seminar, Speaker
from seminars.models.sign_up import SignUp

__all__ = [
    "AttendanceOption",
    "Organisation",
    "RundownItem",
    "Seminar",
    "SeminarIndexPage",
    "SeminarPage",
    "SignUp",
    "Speaker",
]

from portal.database_clock import database_now
from seminars.models import AttendanceOption, SeminarChange, WeatherWatch


def is_held(option: AttendanceOption) -> bool:
    """Do the reminders and links of this way to attend wait?

    They do while a weather warning is to be decided, and while a change of the seminar can still be taken
    back. For `Kind.is_held` of the mails concerned; confirmations and notices of changes never wait for the
    weather.
    """
    if WeatherWatch.objects.filter(option=option, outcome=WeatherWatch.Outcome.OPEN).exists():
        return True
    changes = SeminarChange.objects.standing().filter(seminar=option.seminar_id)
    return changes.filter(undo_until__gt=database_now()).exists()

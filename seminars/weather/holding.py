from seminars.models import AttendanceOption, WeatherWatch


def is_held(option: AttendanceOption) -> bool:
    """Do the reminders and links of this way to attend wait, because a weather warning is to be decided?

    For `Kind.is_held` of the mails concerned. Confirmations and notices of changes never wait for this.
    """
    return WeatherWatch.objects.filter(option=option, outcome=WeatherWatch.Outcome.OPEN).exists()

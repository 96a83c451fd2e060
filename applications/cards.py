"""What other pages show of the rounds."""

from django.template.loader import render_to_string

from applications import rounds


def open_round(request) -> str:
    """The card of the round that takes applications and closes first; empty where there is none."""
    now = rounds.database_now()
    round = rounds.running(now).order_by("closes_at", "pk").first()
    if round is None:
        return ""
    days_left = rounds.days_left(round.closes_at, now=now)
    return render_to_string("applications/open_round.html", {"round": round, "days_left": days_left}, request)


def timetable(request) -> str:
    """The dates of one round, those that are set; a sentence where no round is announced."""
    now = rounds.database_now()
    round = rounds.shown_to_all(now)
    is_open = bool(round) and rounds.is_open(round, now=now)
    return render_to_string("applications/timetable.html", {"round": round, "is_open": is_open}, request)

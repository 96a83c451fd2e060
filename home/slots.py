"""Places on pages that the apps above fill. An app registers a renderer in ready(); else nothing is shown."""

from collections.abc import Callable

OPEN_ROUND = "open_round"
NEXT_SEMINAR = "next_seminar"
CERTIFICATE_CHECK = "certificate_check"
ROUND_TIMETABLE = "round_timetable"

_renderers: dict[str, Callable[..., str]] = {}


def register(name: str, render: Callable[..., str]) -> None:
    """`render(request)` returns safe HTML in the active language, or an empty string for nothing to show.

    On the home page the two cards are `<section class="cp-now" aria-labelledby=...>`; the timetable stands
    below a heading that an editor wrote.
    """
    if name not in (OPEN_ROUND, NEXT_SEMINAR, CERTIFICATE_CHECK, ROUND_TIMETABLE):
        raise ValueError(f"Unknown slot {name!r}")
    _renderers[name] = render


def render(name: str, request) -> str:
    renderer = _renderers.get(name)
    return renderer(request) if renderer else ""

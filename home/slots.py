"""Places on pages that the apps above fill. An app registers a renderer in ready(); else nothing is shown."""

from collections.abc import Callable

OPEN_ROUND = "open_round"
NEXT_SEMINAR = "next_seminar"
CERTIFICATE_CHECK = "certificate_check"

_renderers: dict[str, Callable[..., str]] = {}


def register(name: str, render: Callable[..., str]) -> None:
    """`render(request)` returns safe HTML in the active language, or an empty string for nothing to show.

    On the home page the two cards are `<section class="cp-now" aria-labelledby=...>`.
    """
    if name not in (OPEN_ROUND, NEXT_SEMINAR, CERTIFICATE_CHECK):
        raise ValueError(f"Unknown slot {name!r}")
    _renderers[name] = render


def render(name: str, request) -> str:
    renderer = _renderers.get(name)
    return renderer(request) if renderer else ""

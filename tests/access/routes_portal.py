"""The project's own few addresses."""

from tests.access.engine import MOVED, READY, Route, public

ROUTES = [
    Route("root", get=public(MOVED)),
    Route("healthz", get=public()),
    Route("readyz", get=public(READY)),
    Route("manifest", get=public()),
]

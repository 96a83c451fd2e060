"""What visitors find of the seminars besides pages."""

from tests.access.engine import Route, public

ROUTES = [
    Route("seminars:feed", get=public()),
]

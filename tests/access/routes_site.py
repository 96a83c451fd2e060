"""What search engines ask for; content pages are tested with the site."""

from tests.access.engine import Route, public

ROUTES = [
    Route("robots", get=public()),
    Route("sitemap", get=public()),
]

"""The site's own addresses; its pages answer by Wagtail's rules and are tested in tests/home."""

from tests.access.engine import HIDDEN, OPEN, Route, expect, public

ROUTES = [
    Route("sitemap", get=public()),
    Route("robots", get=public()),
    Route("search:results", get=public()),
    Route("site_map", get=public()),
    Route("enquiry", get=public(), post=public(OPEN)),
    Route("enquiry_sent", get=public()),
    # A set that is not there; tests/home/test_figures.py gets one that is.
    Route("figures_csv", lambda world: {"code": "none"}, get=expect(HIDDEN)),
    # A document that is not there; tests/home/test_site.py gets one that is.
    Route(
        "wagtaildocs_serve",
        lambda world: {"document_id": 1, "document_filename": "none.pdf"},
        get=expect(HIDDEN),
    ),
]

"""WeasyPrint, in the one place that may import it. Without Debian's Pango it cannot be loaded at all."""

import logging
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)
# Ten lines for every page otherwise.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
STYLE = Path(__file__).with_name("copy.css")

try:
    from weasyprint import CSS, HTML
except OSError as failure:  # a system library is missing
    log.warning("pdf_unavailable", failure=str(failure))
    HTML = CSS = None


def is_available() -> bool:
    return HTML is not None


def make(html: str) -> bytes:
    """A tagged PDF of a page of ours. Only call where `is_available()`."""
    return HTML(string=html, url_fetcher=_no_network).write_pdf(
        stylesheets=[CSS(filename=str(STYLE))], pdf_variant="pdf/ua-1"
    )


def _no_network(url, *args, **kwargs):
    raise ValueError(f"A copy needs nothing from elsewhere: {url}")

"""WeasyPrint, in the one place that may load it: at the first PDF, so only the worker pays for it.

A page that wants to know whether PDFs can be made asks `is_expected`, which loads nothing.

Without Debian's Pango it cannot be loaded at all.
"""

import importlib
import importlib.util
import logging
from ctypes.util import find_library
from functools import cache
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)
# Ten lines for every page otherwise.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
STYLE = Path(__file__).with_name("pdf.css")
LIBRARIES = ("pango-1.0", "pangoft2-1.0")


@cache
def is_expected() -> bool:
    """Are the package and the system libraries there? Whether they work, the worker finds out."""
    return importlib.util.find_spec("weasyprint") is not None and all(map(find_library, LIBRARIES))


def is_available() -> bool:
    """Loads the engine, for good."""
    return _engine() is not None


def make(html: str, *, style: Path | None = None) -> bytes:
    """A tagged PDF of a page of ours; `style` follows the common one. Only call where `is_available()`."""
    return make_counted(html, style=style)[0]


def make_counted(html: str, *, style: Path | None = None) -> tuple[bytes, int]:
    """The PDF as `make` gives it, and the number of its pages."""
    engine = _engine()
    sheets = [engine.CSS(filename=str(path)) for path in (STYLE, style) if path]
    counts = []
    content = engine.HTML(string=html, url_fetcher=_no_network).write_pdf(
        stylesheets=sheets,
        pdf_variant="pdf/ua-1",
        finisher=lambda document, _file: counts.append(len(document.pages)),
    )
    return content, counts[0]


@cache
def _engine():
    try:
        return importlib.import_module("weasyprint")
    except OSError as failure:  # a system library is missing
        log.warning("pdf_unavailable", failure=str(failure))
        return None


def _no_network(url, *args, **kwargs):
    raise ValueError(f"A copy needs nothing from elsewhere: {url}")

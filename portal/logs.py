"""Structured logs: one JSON object a line in production, readable lines in development. Nothing personal."""

import re

import structlog

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


def hide_addresses(logger, method, event):
    """Addresses reach a log inside error texts, as in PostgreSQL's `Key (email)=(…) already exists`."""
    return {
        name: ADDRESS.sub("<address>", value) if isinstance(value, str) else value
        for name, value in event.items()
    }


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.UnicodeDecoder(),
]


def configure(*, as_json: bool, level: str = "INFO") -> dict:
    """Set structlog up and return Django's LOGGING."""
    if as_json:
        last = [
            structlog.processors.format_exc_info,
            hide_addresses,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
            )
        ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # These tell every step; Wagtail keeps its history in the database as well.
            "wagtail": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            # It logs paths, and paths hold the tokens of signed links; the middleware logs the same events.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }

"""The test settings with the database as in production: connections are kept, commits are durable."""

from portal.settings.test import *  # noqa: F403

DATABASES["default"] |= {  # noqa: F405
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"options": "-c lock_timeout=5000 -c synchronous_commit=on"},
}
ALLOWED_HOSTS = ["127.0.0.1"]

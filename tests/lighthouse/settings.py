"""The measured portal, and before it what a proxy does to a page: it goes over the line compressed."""

from tests.bench.settings import *  # noqa: F403

MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]  # noqa: F405

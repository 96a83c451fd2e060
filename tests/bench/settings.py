"""Development's settings without its conveniences, on a database of its own, with one bare view."""

import os

from portal import logs
from portal.settings.dev import *

DEBUG = False
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
ROOT_URLCONF = "tests.bench.urls"
# As a proxy does, for browsers alone: what measures times asks for nothing compressed.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", "tests.bench.counting.CountQueries", *MIDDLEWARE]
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
# Every request may come from another network, or the limits per network would end the measurement.
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = 1
# As in production: compressed once, and named by what stands in them. Only ours: Wagtail's own take minutes.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_ROOT = VAR_DIR / "bench" / "static"
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
MEDIA_ROOT = VAR_DIR / "bench" / "media"
PRIVATE_ROOT = VAR_DIR / "bench" / "private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT
MAIL_FOLDER = VAR_DIR / "bench" / "mail"
if os.environ.get("BENCH_CACHE_URL"):
    CACHES = {
        "default": {
            "BACKEND": "portal.caches.PatientRedisCache",
            "LOCATION": os.environ["BENCH_CACHE_URL"],
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }
else:
    CACHES["default"]["LOCATION"] = VAR_DIR / "bench" / "cache"
LOGGING = logs.configure(as_json=True, level="ERROR")

if os.environ.get("BENCH_POSTGRES_HOST"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "portal_bench",
            "HOST": os.environ["BENCH_POSTGRES_HOST"],
            "PORT": os.environ["BENCH_POSTGRES_PORT"],
            "USER": "postgres",
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
                "options": "-c lock_timeout=5000",
            },
        }
    }
else:
    DATABASES["default"]["NAME"] = VAR_DIR / "bench" / "portal.sqlite3"

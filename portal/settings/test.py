import os

from .dev import *

DEBUG = False
DEMO = False
OBSERVATORY_URL = ""
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Tests change rows in transactions that are never committed, of which no kept page would hear.
PAGE_CACHE_SECONDS = 0
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

# With pytest-xdist each process has files and a database of its own; the migrated copy is everybody's.
SHARED_TEST_DIR = VAR_DIR / "test"
ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgres"
TEST_DIR = SHARED_TEST_DIR / ("postgres" if ON_POSTGRES else "") / os.environ.get("PYTEST_XDIST_WORKER", "")
# WhiteNoise warns where its folder is not there.
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = TEST_DIR / "media"
PRIVATE_ROOT = TEST_DIR / "private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT
MAIL_FOLDER = TEST_DIR / "mail"

# TEST_DATABASE=postgres runs the same tests there. tests/services starts the server and tells its own
# subprocesses through these variables where it is.
if ON_POSTGRES:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("TEST_DATABASE_NAME", "portal_test"),
            "HOST": os.environ.get("TEST_POSTGRES_HOST", ""),
            "PORT": os.environ.get("TEST_POSTGRES_PORT", ""),
            "USER": "postgres",
            "OPTIONS": {"options": "-c lock_timeout=5000"},
            "TEST": {"NAME": "portal_test"},
        }
    }
else:
    # A file, so that tests with several processes and the browser see one database.
    DATABASES["default"]["NAME"] = os.environ.get("TEST_DATABASE_NAME", TEST_DIR / "portal.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": TEST_DIR / "portal.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

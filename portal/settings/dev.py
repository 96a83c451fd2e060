import os

from portal import logs

from .base import *

DEBUG = True
DEMO = True
SECRET_KEY = "development-only-" + "x" * 40
# Passkeys need https elsewhere; browsers allow them on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
MFA_ENCRYPTION_KEYS = ["ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE="]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "portal.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
    }
}
# Static files and assets are served from where they lie.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# `make run PORT=…`: links in mails must lead to the port in use.
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
LOGGING = logs.configure(as_json=False)
# Mail is written to files and read at /dev/mail.
MAIL_TRANSPORT = "portal.mail.transports.FolderTransport"
MAIL_FOLDER = VAR_DIR / "mail"

"""What every environment shares. Production reads the environment in production.py and refuses to guess."""

import logging
from datetime import timedelta
from pathlib import Path

from portal.security import STRICT

from .sign_in import *

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "portal",
    "applications",
    "seminars",
    "home",
    "portal.office",
    "portal.files",
    "portal.mail",
    "portal.accounts",
    "portal.audit",
    "portal.search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.RequestLogMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "portal.page_cache.PageCacheMiddleware",
    "portal.security.PortalCSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.languages.ShortLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.RequestSizeMiddleware",
    "portal.middleware.BusyDatabaseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.SessionLimitMiddleware",
    "portal.accounts.middleware.UnsentFormMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.StaffGateMiddleware",
    "home.old_addresses.OldAddressMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
        },
    }
]

# Languages: Django's and Wagtail's own codes inside, short prefixes in addresses (portal/languages.py).
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")]
# The second says what packages leave in English, or say clumsily; `manage.py messages` leaves it alone.
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "locale_of_packages"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
TIME_ZONE = "Asia/Hong_Kong"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [VAR_DIR / "assets"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A round of 8 sections with 10 questions in three languages posts over 1,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Three of the largest files and the other answers of a page; more is refused unread.
MAX_REQUEST_SIZE = 64 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["portal.files.uploading.CuttingUploadHandler"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

# The longest that strangers get a page from the cache; 0 keeps none. What changes a page ends it at once.
PAGE_CACHE_SECONDS = 300

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = "Demonstration Secretariat <secretariat@portal.example>"
# Where the portal writes to the people who run the programme.
SECRETARIAT_EMAIL = "secretariat@portal.example"

WAGTAIL_SITE_NAME = "Cleaner Production Partnership Programme"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False  # would call an outside host
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # avatars would come from an outside host
WAGTAIL_USER_TIME_ZONES = ["Asia/Hong_Kong"]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.rich_text.RichTextArea"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Who may read a closed collection is known by name: a shared password opens it for whoever hears it.
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.papers.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "csv"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.photos.PhotoForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A picture takes four bytes of memory a pixel while its sizes are made.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000

# Shown on every page while the demonstration content is loaded.
DEMO = False
# Forms without an account ask the browser for work: for the days of a flood only.
PROOF_OF_WORK = False
# Where alarms and replies go; shown on pages and in mails, an editor may change it in Wagtail.
SCANNER = None
SCANNER_TIMEOUT = timedelta(seconds=60)

# Weather warnings are asked of this address only, and only near a seminar. Empty: never.
OBSERVATORY_URL = "https://data.weather.gov.hk/weatherAPI/opendata/weather.php"

# Stands on error pages, which ask nothing of the database.
CONTACT_EMAIL = "secretariat@portal.example"
CSRF_FAILURE_VIEW = "portal.accounts.views.unsent.csrf_failure"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": STRICT}
PERMISSIONS_POLICY = {
    feature: []
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "midi")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# Requests are logged when they end; with the start would come the browser's name.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
# The address is unique without regard to case, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# A new translation is a draft until an editor publishes it: published at once, it would show English words
# under a Chinese address. No tree is copied by itself, for the same reason.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Simplified drafts for editors only, from what a person wrote in Traditional; no other host is asked.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "home.simplifying.SimplifiedDraft"}
# Deleting one translation leaves what was translated into the other languages.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

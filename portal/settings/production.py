"""Production: everything comes from the environment, and a missing or malformed value stops the start."""

from urllib.parse import urlsplit

from botocore.config import Config
from cryptography.fernet import Fernet
from django.core.validators import validate_email
from psycopg import IsolationLevel

from portal import logs
from portal.settings import s3 as s3_limits
from portal.settings.reading import Environment

from .base import *

env = Environment()


def is_long(value):
    if len(value) < 50 or len(set(value)) < 5 or value.startswith(("development-only", "django-insecure")):
        return "must be a random text of at least 50 characters"


def names_hosts(value):
    if not value or "*" in value:
        return "must name the hosts, without *"


def is_postgres(value):
    if value["ENGINE"] != "django.db.backends.postgresql" or not value["NAME"]:
        return "must be a postgres:// address with a database name"


def is_redis(value):
    if not value.startswith(("redis://", "rediss://")):
        return "must be a redis:// or rediss:// address"


def is_smtp(value):
    if "smtp" not in value.get("EMAIL_BACKEND", "") or not value.get("EMAIL_HOST"):
        return "must be an smtp://, smtp+tls:// or smtp+ssl:// address with a host"


def is_address(value):
    validate_email(value.rpartition("<")[2].rstrip("> "))


def is_scanner(value):
    host, _, port = value.rpartition(":")
    if not value.startswith("/") and not (host and port.isdecimal()):
        return "must be the path of clamd's socket or host:port"


def are_keys(value):
    for key in value:
        Fernet(key)


def is_origin(value):
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.netloc or parts.path not in {"", "/"} or parts.query:
        return "must be https://host without a path"


def is_http(value):
    if not value.startswith(("https://", "http://")):
        return "must begin with https://"


def one_of(*choices):
    return lambda value: None if value in choices else f"must be {' or '.join(choices)}"


def is_count(value):
    if value < 0:
        return "must be 0 or more"


DEBUG = False
DEMO = False
# portal.wsgi runs our own checks first and refuses to serve where one fails.
REFUSE_UNSAFE_START = True

SECRET_KEY = env.read("SECRET_KEY", accept=is_long)
MFA_ENCRYPTION_KEYS = env.read("MFA_ENCRYPTION_KEYS", "list", accept=are_keys)
ALLOWED_HOSTS = env.read("ALLOWED_HOSTS", "list", accept=names_hosts)
BASE_URL = env.read("BASE_URL", accept=is_origin)
TRUSTED_PROXY_COUNT = env.read("TRUSTED_PROXY_COUNT", "int", default=1, accept=is_count)

database = env.read("DATABASE_URL", "db_url", accept=is_postgres) or {}
DATABASES = {
    "default": {
        **database,
        "CONN_MAX_AGE": 0,  # the pool keeps the connections
        "OPTIONS": {
            **database.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": env.read("DATABASE_POOL", "int", default=8), "timeout": 10},
            "isolation_level": IsolationLevel.READ_COMMITTED,
            "options": "-c lock_timeout=5000",
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "portal.caches.PatientRedisCache",
        "LOCATION": env.read("CACHE_URL", accept=is_redis),
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

# Some S3-compatible stores refuse the checksums that boto3 sends since 1.36; S3_CHECKSUMS=when_supported
# turns them on where the store can take them.
checksums = env.read(
    "S3_CHECKSUMS", default="when_required", accept=one_of("when_required", "when_supported")
)
s3 = {
    "endpoint_url": env.read("S3_ENDPOINT_URL", default=None, accept=is_http),
    "region_name": env.read("S3_REGION", default="us-east-1"),
    "access_key": env.read("S3_ACCESS_KEY"),
    "secret_key": env.read("S3_SECRET_KEY"),
    "default_acl": None,
    "file_overwrite": False,
    "client_config": Config(
        **s3_limits.PATIENCE,
        signature_version="s3v4",
        s3={"addressing_style": env.read("S3_ADDRESSING", default="path", accept=one_of("path", "virtual"))},
        request_checksum_calculation=checksums,
        response_checksum_validation=checksums,
    ),
    "transfer_config": s3_limits.TRANSFER,
}
STORAGES = {
    # Editors' images and documents. The proxy serves /media/ from this bucket: pages name no other host.
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **s3,
            "bucket_name": env.read("S3_MEDIA_BUCKET"),
            "custom_domain": f"{urlsplit(BASE_URL or '').netloc}/media",
        },
    },
    "private": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **s3,
            "bucket_name": env.read("S3_PRIVATE_BUCKET"),
            "querystring_expire": 60,
            # What is read goes to disk above this: an archive of a case is as large as the case.
            "max_memory_size": 2 * 1024 * 1024,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
for name, value in (env.read("EMAIL_URL", "email_url", accept=is_smtp) or {}).items():
    if name not in {"EMAIL_BACKEND", "OPTIONS"}:
        globals()[name] = value
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read("DEFAULT_FROM_EMAIL", accept=is_address)
SECRETARIAT_EMAIL = CONTACT_EMAIL = env.read("SECRETARIAT_EMAIL", accept=is_address)
SCANNER = env.read("CLAMD", accept=is_scanner)
PROOF_OF_WORK = env.read("PROOF_OF_WORK", "bool", default=False)
OBSERVATORY_URL = env.read("OBSERVATORY_URL", default=OBSERVATORY_URL, accept=is_http)

env.finish()

WAGTAILADMIN_BASE_URL = BASE_URL.rstrip("/")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

SECURE_SSL_REDIRECT = True
# Load balancers ask for these without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# The prefix makes browsers refuse a cookie that another host of the domain tried to plant.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

LOGGING = logs.configure(as_json=True, level=env.read("LOG_LEVEL", default="INFO"))

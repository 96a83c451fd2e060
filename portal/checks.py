"""System checks of settings that would lose, leak or oversell if they were wrong."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, connections
from psycopg import IsolationLevel

from portal.accounts.demo import DEMO_DOMAIN
from portal.accounts.models import User

UNSHARED_CACHES = ("locmem.LocMemCache", "filebased.FileBasedCache", "dummy.DummyCache")


@register()
def sqlite_takes_its_lock_first(app_configs=None, **kwargs):
    return [
        Error(
            f"The SQLite database '{alias}' does not take its lock when a transaction begins.",
            hint='Set "transaction_mode": "IMMEDIATE" in its OPTIONS: without it half of a burst fails.',
            id="portal.E001",
        )
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"].endswith("sqlite3")
        and database.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE"
    ]


@register()
def private_store_is_not_served(app_configs=None, **kwargs):
    options = settings.STORAGES.get("private", {}).get("OPTIONS", {})
    if "location" not in options or "endpoint_url" in options:
        return []
    private = Path(options["location"]).resolve()
    served = [settings.STATIC_ROOT, settings.MEDIA_ROOT, *settings.STATICFILES_DIRS]
    return [
        Error(
            f"Applicants' files ({private}) lie inside a folder that is served ({folder}).",
            hint="Move STORAGES['private'] out of STATIC_ROOT, MEDIA_ROOT and STATICFILES_DIRS.",
            id="portal.E002",
        )
        for folder in served
        if folder and private.is_relative_to(Path(folder).resolve())
    ]


@register()
def mail_has_a_sender(app_configs=None, **kwargs):
    address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> ")
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if address and address != "webmaster@localhost":
        return []
    return [
        Error(
            "Mail has no sender address.",
            hint="Set DEFAULT_FROM_EMAIL to an address of the Secretariat.",
            id="portal.E003",
        )
    ]


@register(deploy=True)
def cache_is_shared(app_configs=None, **kwargs):
    if not settings.CACHES["default"]["BACKEND"].endswith(UNSHARED_CACHES):
        return []
    return [
        Error(
            "The cache is not shared between processes, so rate limits do not hold.",
            hint="Set CACHE_URL to a Redis or Valkey server.",
            id="portal.E004",
        )
    ]


@register(deploy=True)
def files_are_scanned(app_configs=None, **kwargs):
    if settings.SCANNER:
        return []
    return [
        Error(
            "There is no virus scanner for uploaded files.",
            hint="Set CLAMD to clamd's socket or host:port.",
            id="portal.E005",
        )
    ]


@register(Tags.database, deploy=True)
def no_demo_accounts(app_configs=None, databases=None, **kwargs):
    if not databases:
        return []
    try:
        count = User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}").count()
    except DatabaseError:
        # Not migrated or not there: others say so.
        return []
    if not count:
        return []
    return [
        Error(
            f"{count} demonstration accounts exist; everybody knows their password.",
            hint="Start production with an empty database, or delete these accounts.",
            id="portal.E006",
        )
    ]


@register()
def counts_see_what_others_committed(app_configs=None, **kwargs):
    """After a lock the count must see the commit that released it: READ COMMITTED, nothing else."""
    return [
        Error(
            f"The database '{alias}' does not run at READ COMMITTED, so full seminars could be oversold.",
            hint="Remove isolation_level and default_transaction_isolation from its OPTIONS.",
            id="portal.E007",
        )
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"].endswith("postgresql") and not is_read_committed(database)
    ]


def is_read_committed(database):
    options = database.get("OPTIONS", {})
    level = options.get("isolation_level", IsolationLevel.READ_COMMITTED)
    asked = str(options.get("options", ""))
    return level == IsolationLevel.READ_COMMITTED and "default_transaction_isolation" not in asked


OURS = (
    sqlite_takes_its_lock_first,
    private_store_is_not_served,
    mail_has_a_sender,
    cache_is_shared,
    files_are_scanned,
    no_demo_accounts,
    counts_see_what_others_committed,
)


def problems_at_start() -> list[Error]:
    """What keeps production from serving; asked once by each web process before the first request."""
    found = [problem for check in OURS for problem in check(databases=["default"])]
    connections.close_all()
    return found

"""The test database: migrated once, and put back as it was after every test that commits.

Django empties the tables after such a test; ours refuse that (audit events are final) and would lose what
the migrations wrote. So a pristine copy is kept and put back, on SQLite by its backup function, on PostgreSQL
as a template database. On SQLite the copy also serves later runs, named by a digest of what it was made from;
where migrations were added since, only those are run.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

PACKAGES = ("portal", "home", "applications", "seminars")
TEMPLATE = "portal_pristine"
# Held from before the migrations until their copy is there: other test processes wait for that instead.
making = []


def made_from():
    """Every migration of ours, and the versions of all dependencies, with what stands in each."""
    files = [path for package in PACKAGES for path in (settings.BASE_DIR / package).rglob("migrations/*.py")]
    return {
        str(path.relative_to(settings.BASE_DIR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted([*files, settings.BASE_DIR / "requirements.txt"])
    }


def pristine_file():
    digest = hashlib.sha256(json.dumps(made_from()).encode()).hexdigest()[:16]
    return settings.SHARED_TEST_DIR / f"pristine-{digest}.sqlite3"


def earlier_file():
    """A copy made from nothing but what is still the same, and fewer migrations; None if there is none."""
    now = made_from().items()
    for copy in settings.SHARED_TEST_DIR.glob("pristine-*.sqlite3"):
        before = copy.with_suffix(".json")
        if before.exists() and json.loads(before.read_text()).items() <= now:
            return copy
    return None


def database_file():
    return Path(connection.creation._get_test_db_name())


def prepare():
    """Before Django makes the test database."""
    if connection.vendor == "sqlite":
        settings.TEST_DIR.mkdir(parents=True, exist_ok=True)
        for leftover in settings.TEST_DIR.glob(f"{database_file().name}*"):
            leftover.unlink()
        lock = (settings.SHARED_TEST_DIR / "pristine.lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        if pristine_file().exists():
            lock.close()
            shutil.copyfile(pristine_file(), database_file())
        else:
            making.append(lock)
            if earlier_file():
                shutil.copyfile(earlier_file(), database_file())


def keep():
    """After Django made and migrated it."""
    if connection.vendor == "sqlite":
        if not pristine_file().exists():
            for old in settings.SHARED_TEST_DIR.glob("pristine-*.*"):
                old.unlink(missing_ok=True)
            copy_into(pristine_file())
            pristine_file().with_suffix(".json").write_text(json.dumps(made_from()))
        while making:
            making.pop().close()
    else:
        name = connection.settings_dict["NAME"]
        connections.close_all()
        administer(f'DROP DATABASE IF EXISTS "{TEMPLATE}"', f'CREATE DATABASE "{TEMPLATE}" TEMPLATE "{name}"')


def copy_into(file):
    """Copy the SQLite test database; `file` appears whole or not at all, whoever else makes it now."""
    partial = file.with_suffix(f".{os.getpid()}")
    partial.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(partial)])
    partial.replace(file)


def restore():
    if connection.vendor == "sqlite":
        put_back(pristine_file())
    else:
        name = connection.settings_dict["NAME"]
        connections.close_all()
        administer(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"',
        )


def put_back(file):
    """Make the SQLite test database what `file` is; its readers keep their path."""
    connections.close_all()
    source, target = sqlite3.connect(file), sqlite3.connect(connection.settings_dict["NAME"])
    with source, target:
        source.backup(target)
    source.close()
    target.close()


def administer(*statements):
    where = connection.settings_dict
    with psycopg.connect(
        host=where["HOST"], port=where["PORT"] or None, user=where["USER"], dbname="postgres", autocommit=True
    ) as server:
        for statement in statements:
            server.execute(statement)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    if connection.vendor == "postgresql":
        server = request.getfixturevalue("postgres_server")
        for where in (settings.DATABASES["default"], connection.settings_dict):
            where["HOST"], where["PORT"] = server.host, server.port
    prepare()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        keep()
    os.environ["TEST_DATABASE_NAME"] = str(connection.settings_dict["NAME"])
    TransactionTestCase._fixture_teardown = lambda case: restore()

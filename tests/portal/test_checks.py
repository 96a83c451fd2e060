import pytest
from psycopg import IsolationLevel

from portal import checks
from tests.services.people import person

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "x"}


def ids(problems):
    return [problem.id for problem in problems]


def test_the_settings_in_use_pass():
    assert checks.sqlite_takes_its_lock_first() == []
    assert checks.private_store_is_not_served() == []
    assert checks.mail_has_a_sender() == []
    assert checks.counts_see_what_others_committed() == []


@pytest.mark.parametrize("options", [{}, {"transaction_mode": "DEFERRED"}, {"transaction_mode": "EXCLUSIVE"}])
def test_sqlite_that_does_not_take_its_lock_first_is_refused(monkeypatch, settings, options):
    monkeypatch.setitem(settings.DATABASES, "default", {**SQLITE, "OPTIONS": options})

    assert ids(checks.sqlite_takes_its_lock_first()) == ["portal.E001"]


@pytest.mark.parametrize("served", ["STATIC_ROOT", "MEDIA_ROOT", "STATICFILES_DIRS"])
def test_a_private_store_inside_a_served_folder_is_refused(settings, tmp_path, served):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "served" / "private"},
        },
    }
    setattr(settings, served, [tmp_path / "served"] if served == "STATICFILES_DIRS" else tmp_path / "served")

    assert ids(checks.private_store_is_not_served()) == ["portal.E002"]


@pytest.mark.parametrize("sender", ["", "webmaster@localhost", "Secretariat", "Secretariat <>"])
def test_mail_without_a_sender_address_is_refused(settings, sender):
    settings.DEFAULT_FROM_EMAIL = sender

    assert ids(checks.mail_has_a_sender()) == ["portal.E003"]


@pytest.mark.parametrize("kind", ["locmem.LocMemCache", "filebased.FileBasedCache", "dummy.DummyCache"])
def test_a_cache_that_is_not_shared_is_refused_in_production(settings, kind):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{kind}"}}

    assert ids(checks.cache_is_shared()) == ["portal.E004"]


def test_a_shared_cache_passes(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}

    assert checks.cache_is_shared() == []


@pytest.mark.parametrize(("scanner", "expected"), [(None, ["portal.E005"]), ("/run/clamd.ctl", [])])
def test_production_needs_a_scanner(settings, scanner, expected):
    settings.SCANNER = scanner

    assert ids(checks.files_are_scanned()) == expected


@pytest.mark.django_db
def test_demo_accounts_are_refused_in_production():
    user = person("mei")
    user.email = "mei@company.example"
    user.save()
    assert checks.no_demo_accounts(databases=["default"]) == []

    user.email = "officer@Demo.Example"
    user.save()

    assert ids(checks.no_demo_accounts(databases=["default"])) == ["portal.E006"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, []),
        ({"isolation_level": IsolationLevel.READ_COMMITTED}, []),
        ({"isolation_level": IsolationLevel.REPEATABLE_READ}, ["portal.E007"]),
        ({"isolation_level": IsolationLevel.SERIALIZABLE}, ["portal.E007"]),
        ({"options": "-c default_transaction_isolation=repeatable\\ read"}, ["portal.E007"]),
        ({"options": "-c lock_timeout=5000"}, []),
    ],
)
def test_only_read_committed_passes(monkeypatch, settings, options, expected):
    monkeypatch.setitem(settings.DATABASES, "default", {**POSTGRES, "OPTIONS": options})

    assert ids(checks.counts_see_what_others_committed()) == expected


def test_every_check_is_registered(manage):
    """Through manage.py, in a process whose settings are wrong in every way that development allows."""
    answer = manage("check", "--deploy", "--database", "default")

    assert "portal.E004" in answer.stderr
    assert "portal.E005" in answer.stderr

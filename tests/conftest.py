import gc
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from tests.services import MARK, REQUIRE_ALL, missing

pytest_plugins = [
    "tests.services.database",
    "tests.services.postgres",
    "tests.services.people",
    "tests.services.smtp",
    "tests.services.seaweed",
    "tests.services.clamd",
    "tests.services.browser",
    "tests.services.shared_cache",
    "tests.services.moved_time",
    "tests.services.observatory",
    "tests.services.proxy",
    "tests.services.edge",
]
ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgres"
# Kinds that a plain run leaves out; `-m` asks for them.
ON_REQUEST = ("audit", "bench")

# Test files that take minutes go first, so that no process is left with one at the end. Those that wait for
# nothing go before the journeys, for which one process loads the demonstration while the others wait.
LONG = ("access/", "journeys/test_provider", "journeys/", "concurrency/", "faults/")

# What these folders test depends on the database, so they run on both. Where the fault lies in another part,
# once a day on SQLite is enough, and `make audit` does it on PostgreSQL.
ON_BOTH = {"concurrency", "faults"}
FAULTS_ELSEWHERE = {
    *("test_full_disk", "test_scanner_away", "test_smtp", "test_smtp_at_reminders"),
    *("test_storage", "test_store_cut"),
}
# Long ways through the whole portal: daily on the database of production, on SQLite in `make audit`.
DAILY_ON_POSTGRES = {
    *("test_client_gone", "test_killed_submit", "test_wrong_clock"),
    *("test_round_to_verification", "test_seminar_year", "test_typhoon_day"),
}

waiting_for_postgres = []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out the long kinds unless asked for, and what needs PostgreSQL."""
    asked = config.getoption("markexpr")
    left_out = []
    for item in items:
        if item.path.parent.name in ON_BOTH and item.path.stem not in FAULTS_ELSEWHERE:
            item.add_marker("both_databases")
        if item.path.stem in DAILY_ON_POSTGRES and not ON_POSTGRES:
            item.add_marker("audit")
            waiting_for_postgres.append(item.nodeid)
        names = {mark.name for mark in item.iter_markers()}
        if "postgres" in names and not ON_POSTGRES:
            waiting_for_postgres.append(item.nodeid)
            left_out.append(item)
        elif any(kind in names and kind not in asked for kind in ON_REQUEST):
            left_out.append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        unwanted = set(left_out)
        items[:] = [item for item in items if item not in unwanted]


def _turn(item):
    return next((turn for turn, place in enumerate(LONG) if place in item.nodeid), len(LONG))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session):
    """Put long files first, now that pytest-randomly and pytest-django have had their say.

    What is loaded by now stays to the end: to look through it for garbage again and again takes long.
    """
    session.items.sort(key=_turn)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_sessionfinish(session):
    """Under pytest-xdist the notice is written by another process than the one that ran the tests."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = {"missing": missing, "postgres": waiting_for_postgres}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    not_run = getattr(node, "workeroutput", {}).get("not_run", {"missing": {}, "postgres": []})
    missing.update(not_run["missing"])
    waiting_for_postgres[:] = sorted({*waiting_for_postgres, *not_run["postgres"]})


def pytest_terminal_summary(terminalreporter):
    lines = []
    if waiting_for_postgres:
        result = os.environ.get("POSTGRES_RUN", "not run; make test runs them")
        lines.append(f"{len(waiting_for_postgres)} tests that need PostgreSQL: {result}")
    if missing and not REQUIRE_ALL:
        if ON_POSTGRES:
            (settings.SHARED_TEST_DIR / "postgres-missing").write_text("\n".join(missing.values()))
        for part, reason in missing.items():
            lines.append(f"NOT TESTED, {part}: {reason}")
            lines += [
                f"    {report.nodeid}"
                for report in terminalreporter.stats.get("skipped", [])
                if f"{MARK}{part}" in str(report.longrepr)
            ]
    if lines:
        terminalreporter.section("what this run did not test")
        for line in lines:
            terminalreporter.write_line(line, yellow=True, bold=True)


@pytest.fixture(autouse=True)
def empty_cache():
    """Rate limits and used codes of one test are nobody else's."""
    cache.clear()


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language active in the thread; no test inherits it from the one before."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def manage():
    """`manage("check", "--deploy", env={...})` runs manage.py in its own process, on the test database."""

    def run(*arguments, env=None, settings_module="portal.settings.test", timeout=120, **options):
        # Set for the browser's sake in this process only.
        inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={**inherited, "DJANGO_SETTINGS_MODULE": settings_module, **(env or {})},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            **options,
        )

    return run

